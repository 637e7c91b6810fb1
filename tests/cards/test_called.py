"""Jobs as people write them, in the languages in which papers are made and others."""

import pytest

from bot.i18n.catalogues import Catalogues
from cards.called import Names, offered, sure, table
from tests.support.world import WORK

SURE = """
fr cook: cuisinier(ère)|cuisinier·ère|cuisinier.ère|cuisinier-ère|Cuisinière|CUISINIER / CUISINIERE
fr building-cleaner: agent(e) d’entretien|agente d'entretien|Agent d’entretien (H/F)
fr nurse: infirmier(e)|infirmier/ière
fr waiter: serveur.se|serveur·euse|serveuse
de cook: Köchin|Koch/-in|Koch/Köchin|Koechin
de baker: Bäcker*in|Bäcker:in|Bäcker_in|BäckerIn|Bäcker/innen
de lorry-driver: Lkw-Fahrer|LKW Fahrer (m/w/d)
es cook: cocinero/a|cociner@|cocinero(a)
pt cook: cozinheiro(a)|cozinheiro/a|cozinheira
ar cook: طباخ/ة|طباخة|الطباخ|طبّاخ (ة)
tr cook: asci|AŞÇI
en waiter: waiter/waitress|Waitress
uk cook: кухар|Кухарка|кухар/ка|КУХАР / КУХАРКА
uk computer-repairer: ремонт комп'ютерів|ремонт компʼютерів|ремонт комп`ютерів|ремонт компютерів
uk lorry-driver: Водіння вантажівки.
fa kitchen-assistant: کمک‌آشپز|کمک آشپز|كمك آشپز|كمك‌آشپز
fa primary-teacher: معلم ابتدایی|معلم ابتدايي|معلّم ابتدائی
ps waiter: ګارسون|گارسون
ps lorry-driver: د لارۍ چلول|د لاری چلول|د لارى چلول.
so bus-driver: DARAWAL BAS|darawal bas.
ti baker: ምስንካት ባኒ።|ምስንካት፡ባኒ|«ምስንካት ባኒ»
ti tailor: ሰፋይ|ሰፋዪት|ሰፋይ/ሰፋዪት
"""
OFFERED = """
fr kitchen-assistant: aide-cuisinière|aide cuisinier|aide-cuisinier·ère|commis de cuisine
fr domestic-cleaner: femme de ménage
fr taxi-driver: chauffeur
fr babysitter: nounou
fr hairdresser: je suis coiffeuse|apprenti coiffeur
fr waiter: cuisinier/serveur
de domestic-cleaner: Putzfrau|Reinigungskraft
de nurse: Krankenschwester|Altenpflegerin
de painter: Maler und Lackierer
es building-cleaner: limpiadora
pt lorry-driver: motorista
ar bus-driver: سائق
ar domestic-cleaner: عامل نظافة|عاملة تنظيف
ar language-teacher: معلمة
uk cook: повар
uk butcher: м'ясник|мʼясник|мясник
uk bicycle-courier: курєр|велокур'єр
uk shop-assistant: продавець-консультант
fa plumber: نلدوان
fa locksmith: کلید ساز|كليدساز
tr kitchen-assistant: asci yardimcisi
tr building-cleaner: temizlikçi
en lorry-driver: truck driver
en building-cleaner: cleaner
fr cook: кухар
"""


def cases(text: str) -> list[tuple[str, str, str]]:
    lines = (line.partition(": ") for line in text.strip().splitlines())
    return [(*head.split(), typed) for head, _, names in lines for typed in names.split("|")]  # type: ignore[misc]


def own(words: Catalogues, language: str) -> Names:
    return table(
        (words.say(WORK.word(f"job {id} {form}"), language), id)
        for id in WORK.occupations
        for form in ("button", "printed")
    )


@pytest.mark.parametrize(("language", "id", "typed"), cases(SURE))
def test_one_job_however_its_two_forms_are_written(
    language: str, id: str, typed: str, shipped_words: Catalogues
) -> None:
    assert sure(typed, own(shipped_words, language)) == id


@pytest.mark.parametrize(("language", "id", "typed"), cases(OFFERED))
def test_what_people_call_a_job_is_offered_and_never_taken(
    language: str, id: str, typed: str, shipped_words: Catalogues
) -> None:
    mine = own(shipped_words, language)
    assert not sure(typed, mine)
    assert id in offered(typed, mine, [WORK.called[language], *WORK.called.values()])


@pytest.mark.parametrize(
    "typed", ["policier", "Polizist", "شرطي", "xyz", "/", "·e", "(m/w/d)", "@"]
)
def test_what_is_like_no_job_of_the_list_is_called_none(
    typed: str, shipped_words: Catalogues
) -> None:
    mine = own(shipped_words, "fr")
    assert not sure(typed, mine) and not offered(typed, mine, WORK.called.values())


def test_every_form_of_every_job_is_found_and_first_of_what_is_offered(
    shipped_words: Catalogues,
) -> None:
    """In each language as the screen and the paper have it, and each name of `called.yaml` in its
    own."""
    for language in shipped_words.languages:
        mine = own(shipped_words, language)
        for id in WORK.occupations:
            button, printed = (
                shipped_words.say(WORK.word(f"job {id} {form}"), language)
                for form in ("button", "printed")
            )
            for name in (button, printed, *printed.split(" / ")):
                assert sure(name, mine) == id or id in offered(name, mine, ()), (language, name)
    for language, names in WORK.called.items():
        for name, ids in names.items():
            assert {*offered(name, {}, [names])} == {*ids}, (language, name)
