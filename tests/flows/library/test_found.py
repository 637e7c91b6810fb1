"""What people really type, in twelve languages, with slips and in short sentences: what comes
first, and that nothing beside the point comes with it."""

from dataclasses import replace

import pytest

from bot.conversation.action import Home, Place, encode
from bot.conversation.decide import decide
from bot.conversation.turn import Decision, Moment, Turn, World
from bot.conversation.update import Typed, Update
from bot.flows.account.events import LanguageChosen
from bot.flows.library.about import about
from bot.flows.library.actions import Found, Library, Questions
from bot.flows.library.search import found
from bot.flows.library.ways import title
from bot.model.about import Operator
from bot.model.learner import Learner
from cards.library import Entry, Finds, Shelf
from tests.support.memory import People

ALONE = "people alone deck:adaptation-1/the-first-weeks"
JOB = "job finding-a-job search-jobs"
LETTER, PERMIT, NOTHING = "letter", "papers", ""
DANGER, COURSE, HOUSING, DOCTOR, CHILD = "danger", "course", "housing", "doctor", "child"
TABLE = {
    "en": {
        "learn german": COURSE,
        "German course": COURSE,
        "free english lessons": COURSE,
        "learn turkish": "course learning-turkish",
        "housing": HOUSING,
        "I look for a flat": HOUSING,
        "doctor": DOCTOR,
        "kindergarten": CHILD,
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
        "apprendre allemand": COURSE,
        "cours d'allemand": COURSE,
        "je voudrais apprendre le français": COURSE,
        "apprendre le turc": "course learning-turkish",
        "logement": HOUSING,
        "je cherche un appartement": HOUSING,
        "assurance maladie": DOCTOR,
        "garderie": CHILD,
        "je suis battue": DANGER,
        "violence conjugale": DANGER,
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
        "تعلم الألمانية": COURSE,
        "أريد أن أتعلم الألمانية": COURSE,
        "دورة لغة ألمانية": COURSE,
        "سكن": HOUSING,
        "شقة": HOUSING,
        "طبيب": DOCTOR,
        "روضة": CHILD,
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
        "almanca öğrenmek": COURSE,
        "almanca kursu": COURSE,
        "kiralık ev": HOUSING,
        "ev": HOUSING,
        "doktor": DOCTOR,
        "anaokulu": CHILD,
        "kocam bana vuruyor": DANGER,
        "kocam beni dövüyor": DANGER,
        "patronum beni tehdit ediyor": DANGER,
        "yalnızım": ALONE,
        "yalnizim": ALONE,
        "arkadaş": ALONE,
        "is ariyorum": JOB,
        "oturum izni": PERMIT,
        "saglik sigortasi": DOCTOR,
        "uçak bileti": NOTHING,
        "motivasyon mektubu": LETTER,
    },
    "es": {
        "aprender alemán": COURSE,
        "curso de alemán": COURSE,
        "piso": HOUSING,
        "vivienda": HOUSING,
        "médico": DOCTOR,
        "guardería": CHILD,
        "mi marido me pega": DANGER,
        "mi jefe me amenaza": DANGER,
        "estoy solo": ALONE,
        "me siento sola": ALONE,
        "amigos": ALONE,
        "busco trabajo": JOB,
    },
    "pt": {
        "aprender alemão": COURSE,
        "curso de alemão": COURSE,
        "quarto": HOUSING,
        "casa": HOUSING,
        "médico": DOCTOR,
        "creche": CHILD,
        "o meu marido bate-me": DANGER,
        "o meu patrão ameaça-me": DANGER,
        "estou sozinho": ALONE,
        "amigos": ALONE,
        "procuro trabalho": JOB,
    },
    "de": {
        "deutsch lernen": COURSE,
        "ich möchte Deutsch lernen": COURSE,
        "Englischkurs": COURSE,
        "krankenversicherung": DOCTOR,
        "chef zahlt nicht": "not-paid",
        "Wohnung": HOUSING,
        "ich suche eine Wohnung": HOUSING,
        "Arzt": DOCTOR,
        "Kindergarten": CHILD,
        "häusliche Gewalt": DANGER,
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
        "вивчити німецьку": COURSE,
        "курси німецької": COURSE,
        "квартира": HOUSING,
        "житло": HOUSING,
        "лікар": DOCTOR,
        "садочок": CHILD,
        "чоловік мене б'є": DANGER,
        "чоловік мене б’є": DANGER,
        "начальник мені погрожує": DANGER,
        "мені самотньо": ALONE,
        "друзі": ALONE,
        "шукаю роботу": JOB,
    },
    "fa": {
        "یاد گرفتن آلمانی": COURSE,
        "کورس آلمانی": COURSE,
        "خانه": HOUSING,
        "داکتر": DOCTOR,
        "کودکستان": CHILD,
        "شوهرم مرا می‌زند": DANGER,
        "شوهرم کتکم می‌زند": DANGER,
        "تنها هستم": ALONE,
        "دوست": ALONE,
        "دنبال کار می‌گردم": JOB,
        "اجازه اقامت": PERMIT,
    },
    "ps": {
        "جرمني زده کول": COURSE,
        "د جرمني کورس": COURSE,
        "کور": HOUSING,
        "ډاکټر": DOCTOR,
        "وړکتون": CHILD,
        "زما خاوند ما وهي": DANGER,
        "زه یوازې یم": ALONE,
        "ملګري": ALONE,
        "کار غواړم": JOB,
        "معاش مې نه راکوي": "not-paid",
        "سند": "certificate",
    },
    "so": {
        "jarmal baro": COURSE,
        "guri": HOUSING,
        "dhakhtar": DOCTOR,
        "xanaano": CHILD,
        "ninkaygu wuu i garaacaa": DANGER,
        "waan keli ahay": ALONE,
        "saaxiib": ALONE,
        "shaqo raadin": JOB,
        "mushaarka la ima siin": "not-paid",
        "yaa i arka": "kept",
    },
    "ti": {
        "ጀርመንኛ ክመሃር": COURSE,
        "ገዛ": HOUSING,
        "ሓኪም": DOCTOR,
        "መዋእለ ህጻናት": CHILD,
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


def _types(text: str, place: Place, world: World, language: str = "fr") -> Decision:
    learner = Learner(1, language=language, place=encode(place))
    update = Update("web", "1", "1", Typed(text))
    return People().knowing(
        lambda known: decide(update, Turn(learner, world, known)), Moment(now=0)
    )


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
@pytest.mark.parametrize(("language", "typed"), [("fr", "grossesse"), ("de", "Leiter")])
def test_what_is_only_mentioned_is_said_to_be(
    language: str, typed: str, shipped_world: World
) -> None:
    assert _finds(typed, language, shipped_world).mentioned


@pytest.mark.row("25")
def test_of_two_words_one_is_found_by_its_name_or_nothing(shipped_world: World) -> None:
    finds = _finds("certificate xqzzwk", "en", shipped_world)
    assert finds.only == ("certificate",) and finds.entries[0].id == ("certificate",)


@pytest.mark.row("25")
@pytest.mark.parametrize("place", [Home(), Library(), Questions(), Found()])
def test_the_name_of_a_language_leads_to_it(place: Place, shipped_world: World) -> None:
    for said, code in (("ألماني", "de"), ("arabe", "ar"), ("in English, please", "en")):
        told = _types(said, place, shipped_world)
        assert LanguageChosen(code) in told.events, (said, told)


@pytest.mark.row("25")
def test_a_slip_is_one_in_the_language_of_the_reader(shipped_world: World) -> None:
    found = {
        word: _finds(word, "de", shipped_world).entries
        for word in ("Zertifikt", "Sunday", "Sundey", "mann")
    }
    assert found["Zertifikt"] and found["Sunday"] and not found["Sundey"]
    assert not {"two-phones", "too-few"} & {entry.id[0] for entry in found["mann"]}


@pytest.mark.row("25")
def test_who_helps_elsewhere_is_named_with_the_place(shipped_world: World) -> None:
    turn = Turn(Learner(1, language="fr"), shipped_world, Moment(now=0))
    helps = [e for e in _finds("logement", "fr", shipped_world).entries if e.shelf is Shelf.HELP]
    said = [shipped_world.say(title(entry, turn.programme), "fr") for entry in helps]
    assert "HOPE (Afpa) (France)" in said or "Accelair (France)" in said, said
    assert "logement" in shipped_world.say(about(helps[0], turn), "fr").casefold()
