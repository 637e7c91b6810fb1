"""What people really type, in twelve languages, with slips and in short sentences: what comes
first, and that nothing beside the point comes with it."""

from dataclasses import replace

import pytest

from bot.conversation.turn import Moment, Turn, World
from bot.flows.library.search import found
from bot.model.about import Operator
from bot.model.learner import Learner
from cards.library import Entry, Finds

ALONE = "people alone deck:adaptation-1/the-first-weeks"
JOB = "job finding-a-job search-jobs"
LETTER, PERMIT, NOTHING = "letter", "papers", ""
DANGER = "danger"
TABLE = {
    "en": {
        "my husband hits me": DANGER,
        "he beats me every day": DANGER,
        "my boss threatens me": DANGER,
        "I am lonely": ALONE,
        "friends": ALONE,
        "I feel so alone": ALONE,
        "I am looking for work": JOB,
        "cover letter": LETTER,
        "phone script": LETTER,
        "skills profile": "profile",
        "cv": "cv",
        "pasword": "word:computer/password",
        "my boss dont pay me": "not-paid",
        "Point, click": "deck:computer/point-click-and-type",
    },
    "fr": {
        "mon mari me frappe": DANGER,
        "mon patron me frappe": DANGER,
        "il me bat": DANGER,
        "j'ai peur de lui": DANGER,
        "mon mari me menace": DANGER,
        "je suis seul": ALONE,
        "je suis seule": ALONE,
        "amis": ALONE,
        "solitude": ALONE,
        "je veux rencontrer des gens": ALONE,
        "je cherche un travail": JOB,
        "titre de sejour": "word:access-to-rights/residence permit papers",
        "carte de séjour": PERMIT,
        "lettre de motivation": LETTER,
        "lettre motivaton": LETTER,
        "patron paye pas": "not-paid",
        "ordinateur gratuit": "computer",
    },
    "ar": {
        "زوجي يضربني": DANGER,
        "أخاف من زوجي": DANGER,
        "صاحب العمل يهددني": DANGER,
        "أشعر بالوحدة": ALONE,
        "اصدقاء": ALONE,
        "أريد أصدقاء": ALONE,
        "أنا وحيد": ALONE,
        "أبحث عن عمل": "finding-a-job",
        "اقامة": PERMIT,
        "لم يدفع راتبي": "not-paid",
        "أشر وانقر": "deck:computer/point-click-and-type",
        "رسالة تحفيز": LETTER,
    },
    "tr": {
        "kocam bana vuruyor": DANGER,
        "kocam beni dövüyor": DANGER,
        "patronum beni tehdit ediyor": DANGER,
        "yalnızım": ALONE,
        "yalnizim": ALONE,
        "arkadaş": ALONE,
        "is ariyorum": JOB,
        "oturum izni": PERMIT,
        "saglik sigortasi": NOTHING,
        "motivasyon mektubu": LETTER,
    },
    "es": {
        "mi marido me pega": DANGER,
        "mi jefe me amenaza": DANGER,
        "estoy solo": ALONE,
        "me siento sola": ALONE,
        "amigos": ALONE,
        "busco trabajo": JOB,
    },
    "pt": {
        "o meu marido bate-me": DANGER,
        "o meu patrão ameaça-me": DANGER,
        "estou sozinho": ALONE,
        "amigos": ALONE,
        "procuro trabalho": JOB,
    },
    "de": {
        "mein mann schlägt mich": DANGER,
        "mein chef schlägt mich": DANGER,
        "ich habe angst vor meinem Mann": DANGER,
        "ich bin allein": ALONE,
        "Freunde": ALONE,
        "ich suche Arbeit": JOB,
        "Aufenthaltstitel": PERMIT,
        "Anschreiben": LETTER,
        "wie bekomme ich ein Zertifikat": "certificate",
        "mein Lohn wird nicht bezahlt": "not-paid",
        "wer sieht meine Daten": "kept",
    },
    "uk": {
        "чоловік мене б'є": DANGER,
        "чоловік мене б’є": DANGER,
        "начальник мені погрожує": DANGER,
        "мені самотньо": ALONE,
        "друзі": ALONE,
        "шукаю роботу": JOB,
    },
    "fa": {
        "شوهرم مرا می‌زند": DANGER,
        "شوهرم کتکم می‌زند": DANGER,
        "تنها هستم": ALONE,
        "دوست": ALONE,
        "دنبال کار می‌گردم": JOB,
        "اجازه اقامت": PERMIT,
    },
    "ps": {
        "زما خاوند ما وهي": DANGER,
        "زه یوازې یم": ALONE,
        "ملګري": ALONE,
        "کار غواړم": JOB,
        "معاش مې نه راکوي": "not-paid",
        "سند": "certificate",
    },
    "so": {
        "ninkaygu wuu i garaacaa": DANGER,
        "waan keli ahay": ALONE,
        "saaxiib": ALONE,
        "shaqo raadin": JOB,
        "mushaarka la ima siin": "not-paid",
        "yaa i arka": "kept",
    },
    "ti": {
        "ሰብኣየይ ይሃርመኒ": DANGER,
        "በይነይ እየ": ALONE,
        "ኣዕሩኽ": ALONE,
        "ስራሕ እደሊ": JOB,
        "ደሞዘይ ኣይከፈለንን": "not-paid",
        "ሓድሽ ተሌፎን": "two-phones",
    },
}


def _finds(typed: str, language: str, world: World) -> Finds:
    there = replace(world, operator=Operator(group="https://t.me/+AbCdEf"))
    return found(typed, Turn(Learner(1, language=language), there, Moment(now=0)))


def _name(entry: Entry) -> str:
    """`deck:module/deck` of a part of a module; of anything else its id alone."""
    whole = "/".join(entry.id) or entry.shelf.value
    return f"{entry.shelf.value}:{whole}" if len(entry.id) > 1 else whole


@pytest.mark.row("22", "25")
@pytest.mark.parametrize("language", TABLE)
def test_what_people_type_finds_first_what_they_mean(language: str, shipped_world: World) -> None:
    for typed, wanted in TABLE[language].items():
        names = " ".join(map(_name, _finds(typed, language, shipped_world).entries))
        assert names.startswith(wanted) and bool(names) is bool(wanted), (typed, names)
        if wanted == ALONE:
            assert "card:" not in names, (typed, names)


@pytest.mark.row("25")
@pytest.mark.parametrize(
    ("language", "typed"), [("fr", "garde d'enfant"), ("fr", "assurance maladi"), ("de", "Wohnung")]
)
def test_what_is_only_mentioned_is_said_to_be(
    language: str, typed: str, shipped_world: World
) -> None:
    assert _finds(typed, language, shipped_world).mentioned


@pytest.mark.row("25")
def test_of_two_words_one_is_found_by_its_name_or_nothing(shipped_world: World) -> None:
    finds = _finds("certificate xqzzwk", "en", shipped_world)
    assert finds.only == ("certificate",) and finds.entries[0].id == ("certificate",)
