"""Forms that take whoever reads for a man, where a language has another one for a woman.

Only those that cannot be meant otherwise: a word of address with a masculine adjective right after
it. Words that somebody says, in quotation marks, are theirs.
"""

import re

_TO_ONE = "أنت|كنت|لست|زلت|كن|ابقَ|ابق|تكون|أكون|تبقى|أنك|إنك|لأنك|تجعلك|يجعلك"
_OF_A_MAN = (
    "آسف|آمن|بطيء|جاهز|جديد|حذر|حزين|خائف|راض[ٍي]|سعيد|صادق|غاضب|غني|فخور|قادر|قلق|قوي|لطيف|متأخر"
    "|متأكد|متزوج|متعب|متفرغ|متوتر|محتاج|مدعو|مريض|مستعجل|مستعد|مستيقظ|مشغول|مضطر|ملزم|مهتم"
    "|مهذب|هادئ|واثق|وحيد|يقظ"
)
_FORMS = {"ar": re.compile(rf"\b[وف]?(?:{_TO_ONE}) (?:{_OF_A_MAN})(?:ًا)?(?!\w)")}
_SAID = re.compile("«[^»]*»")


def for_a_man(text: str, language: str) -> str:
    """The first such form, or nothing. A language that is not listed is held to none."""
    forms = _FORMS.get(language)
    found = forms and forms.search(_SAID.sub("", text.replace("*", "")))
    return found[0] if found else ""
