"""Somebody is beaten, threatened or afraid of somebody: in whatever language they type it, they
read who helps, wherever no words are asked for."""

from pathlib import Path

import pytest

from bot.conversation.action import Home, Place, encode
from bot.conversation.decide import decide
from bot.conversation.registry import READERS
from bot.conversation.turn import Decision, Moment, Turn, World
from bot.conversation.update import Typed, Update
from bot.flows.account.actions import Connect
from bot.flows.crisis.help import danger_card
from bot.flows.groups.member_actions import AskCounsellor
from bot.flows.learning.actions import Cover
from bot.flows.library.actions import Found, Library
from bot.model.learner import Learner
from bot.model.roles import Right
from cards.crisis import NAME, Crisis, read_crisis
from cards.phrases import Phrases
from cards.reader import SHIPPED
from tests.support.memory import People

NOW = Moment(now=1_790_000_000)
SAID = {
    "en": """my husband beats me | my boss hit me | He hits me every day | she is hitting me
        my flatmate threatens me | I am afraid of my husband | i'm scared of my boss | they beat us
        the police beat me | my father beats my sister | I was beaten | he wants to kill me
        my husband locks me in | I am being threatened | my landlord threatened me yesterday""",
    "fr": """mon mari me frappe | mon patron me frappe | ma femme me bat | il m'a frappée
        Mon mari m'a encore frappé | la police nous a frappés | mon mari bat mes enfants
        mon colocataire me menace | j'ai peur de mon mari | j’ai peur de lui | je suis battue
        j'ai été agressée | il veut me tuer | mon copain me frape | mon chef me menace
        mon patron m’a giflé | ils nous menacent | je me fais frapper | peur de mon patron""",
    "ar": """زوجي يضربني | زوجي بيضربني | مديري ضربني | زوجتي تضربني | هم يضربونني | الشرطة ضربتني
        صاحب العمل يهددني | أخاف من زوجي | خايفة من زوجي | أنا خائف منه | يريد أن يقتلني
        أتعرض للضرب في البيت | زوجي يضرب أولادي | جاري يتحرش بي | زميلي في السكن هددني""",
    "de": """mein mann schlägt mich | Mein Chef hat mich geschlagen | meine Frau schlägt mich
        er schlaegt mich jeden Tag | mein Mitbewohner bedroht mich | ich werde geschlagen
        ich habe Angst vor meinem Mann | die Polizei hat mich geschlagen | er will mich umbringen
        weil mein Mann mich schlägt | mein Mann schlägt meine Kinder | angst vor meinem chef
        mein vater verprügelt mich | sie schlagen mich | ich wurde bedroht""",
    "es": """mi marido me pega | mi jefe me pegó | mi esposo me ha pegado | me golpean
        la policía me golpeó | mi compañero de piso me amenaza | tengo miedo de mi marido
        le tengo miedo | me quiere matar | mi padre pega a mi madre | soy maltratada
        mi mujer me pega | tengo miedo a mi jefe""",
    "pt": """o meu marido bate-me | meu marido me bate | o meu patrão bateu-me | ele ameaça-me
        a polícia bateu-me | tenho medo do meu marido | tenho medo dele | ele quer matar-me
        o meu marido bate nos meus filhos | bate em mim | fui agredida | o patrão ameaçou-me
        tenho medo do patrão | a minha mulher bate-me | o colega agrediu-me""",
    "tr": """bana vuruyor | kocam bana vuruyor | kocam beni dövüyor | patronum beni dövdü
        eşim beni tehdit ediyor | kocamdan korkuyorum | patronumdan korkuyorum | polis beni dövdü
        babam beni döver | dayak yiyorum | şiddet görüyorum | çocuklarımı dövüyor
        ev arkadaşım beni tehdit etti | beni öldürecek | kocam beni dovuyor | Bana vurdular""",
    "uk": """чоловік мене б'є | мій чоловік б’є мене | начальник мене вдарив | мене бє чоловік
        поліція мене побила | він мені погрожує | боюся чоловіка | я його боюся | мене побили
        він хоче мене вбити | сусід погрожує мені | боюсь свого начальника | чоловік бʼє дітей
        муж меня бьет | муж бьёт меня""",
    "fa": """شوهرم مرا می‌زند | شوهرم منو میزنه | شوهرم مرا لت میکند | کارفرمایم مرا زد
        شوهرم مرا تهدید می‌کند | از شوهرم می‌ترسم | از کارفرمایم میترسم | پلیس مرا زد
        کتک می‌خورم | مرا لت و کوب کردند | میخواهد مرا بکشد | هم‌خانه‌ام تهدیدم می‌کند
        خانمم مرا می زند | بچه‌هایم را می‌زند""",
    "ps": """خاوند مې ما وهي | خاوند مې وهي | ما وهي | کارفرما ووهلم | ما ته ګواښ کوي
        له خاونده وېرېږم | پولیسو ووهلم | ما وژني | مېړه مې وهي | له خپل پلاره ډارېږم
        خاوند مې ماشومان وهي | هره ورځ ما وهي""",
    "so": """ninkaygu wuu i garaacaa | ninkayga ayaa i garaaca | madaxaygu wuu i garaacay
        waa la i garaacay | wuu ii hanjabay | ninkayga waan ka baqayaa | booliisku way i garaaceen
        waan ka cabsanayaa ninkayga | caruurtayda ayuu garaacaa | wuu na garaacay""",
    "ti": """ሰብኣየይ ይወቅዓኒ | ሰብኣየይ ይሃርመኒ | ሓለቃይ ወቒዑኒ | ሰበይተይ ትወቅዓኒ | ፖሊስ ሃሪሞምኒ
        የፈራርሓኒ | ንሰብኣየይ እፈርሖ | ክቐትለኒ ይደሊ | ኣቦይ ይወቕዓኒ | ይወቅዑኒ""",
}
UNSAID = """beat the eggs | hit the button | how do I beat stress | my head hurts me
    I am afraid of the interview | I hit enter | police | my boss does not pay me | call the police
    kick off meeting | how many were hit | I was late | battre les œufs | battez les œufs
    ce qui me frappe
    j'ai peur de l'entretien | je bats les œufs | ma tête me fait mal | taper un texte | frappe
    mon patron ne me paie pas | mon mari me demande de battre les œufs | je me bats pour mon avenir
    schlag nach | schlagen Sie nach | ich schlage nach | Eier schlagen | Schlagsahne
    ich habe mich gut geschlagen | Angst vor der Prüfung | mein Chef zahlt nicht | Vorschlag
    batir los huevos | miedo a la entrevista | mi jefe no me paga | pegar una foto | copiar y pegar
    me duele la cabeza | bater os ovos | bata as claras | medo da entrevista | o chefe não paga
    ضرب البيض | أضرب البيض | أخاف من المقابلة | مديري لا يدفع لي | جدول الضرب | اضرب رقمين
    yumurtayı çırp | bana yaz | vurgula | döviz | patronum ödemiyor | sınavdan korkuyorum | tıkla
    збити яйця | бити яйця | боюся співбесіди | начальник не платить мені | мене цікавить робота
    تخم‌مرغ را بزنید | به من زنگ می‌زند | از مصاحبه می‌ترسم | کارفرما پول نمی‌دهد | زنگ بزن
    زنګ وهي | هغه ما ته زنګ وهي | پولیسو ته زنګ ووهه | له مرکې وېرېږم | هګۍ
    ukunta garaac | waan ka baqayaa imtixaanka | shaqo | i sug | ፈተና እፈርሕ | ስራሕ | ደዊልካ | እንቋቑሖ"""

IDIOMS = {
    "en": """the police hit me up | my friend hit me up yesterday | my boss beat me to it
        my brother beats me at chess | I was beaten in the final | it hit me that I was wrong
        my boss hit me up on WhatsApp | kill myself laughing | the boss hit me with a question""",
    "fr": """mon fils me tape sur les nerfs | mon mari me bat aux échecs | ça me frappe
        elle m'a tapé dans l'œil | nous avons été battus au foot | je me tue à te le dire
        il me frappe que personne ne vienne | je ne veux pas me tuer à la tâche""",
    "de": """mein Chef schlägt mich vor | Mein Chef schlägt mich für die Stelle vor, sagt er
        der Chef schlägt uns vor, früher zu kommen | mein Chef schlägt mir einen Termin vor
        mein Freund schlägt mich beim Schach | das Lied verfolgt mich | mein Chef schlägt uns vor
        mein Sohn hat mich beim Schach geschlagen | die Kollegen schlagen mich vor, weil ich gut bin
        wir wurden im Finale geschlagen | er schlägt uns einen Termin vor""",
    "es": """se me pega | la canción se me pega | se me pegó el arroz | se me ha pegado el acento
        me pega el sol | me pegó la gripe | me pego una ducha | me va a matar el calor
        le tengo miedo a la entrevista | me persigue la mala suerte | quiero matarme de risa""",
    "pt": """me bateu uma saudade | bateu-me a saudade | ele bate-me à porta | bate em mim o sol
        me bateu curiosidade | o calor quer matar-me | a ideia persegue-me""",
    "tr": """bana piyango vurdu | güneş bana vurdu | merak beni öldürecek | iş beni öldürecek
        babam beni satrançta döver""",
    "ar": """ضربني البرد | ضربتني الشمس | الشمس ضربتني | الملل يقتلني | ضميري يعذبني
        الدخان يخنقني | رح يقتلني الجوع | يلاحقني الحظ السيئ""",
    "uk": """мене б'є озноб | мене вдарив струм | жаба мене душить | мене переслідує думка
        брат мене побив у шахи | боюся за чоловіка | меня бьет током | душит меня кашель""",
    "fa": """در را می‌زند | دکمه را می زند | حرف را می‌زند | آفتاب مرا زد | دود مرا خفه کرد
        گرسنگی مرا می‌کشد""",
    "ps": "زړه مې وهي | دروازه مې وهي | لمر مې وهي | لوږه ما وژني",
    "so": """gaajo ayaa i dilaysa | qabow ayaa i dilaya | wadnuhu wuu i garaacayaa
        telefoonka ayuu i garaacay""",
    "ti": "ጸሓይ ይሃርመኒ | ቁሪ ይወቅዓኒ | ጥምየት ክቐትለኒ",
}
"""What sounds like it, and is said of a song, the sun, a game, a proposal."""


def _each(table: str) -> list[str]:
    return [said.strip() for line in table.splitlines() for said in line.split("|")]


def _types(text: str, place: Place, world: World, language: str = "en") -> Decision:
    learner = Learner(1, language=language, place=encode(place))
    update = Update("web", "1", "1", Typed(text))
    return People().knowing(lambda known: decide(update, Turn(learner, world, known)), NOW)


@pytest.mark.parametrize("language", SAID)
def test_who_is_beaten_threatened_or_afraid_is_heard(language: str, shipped_world: World) -> None:
    crisis = shipped_world.programme.crisis
    for said in _each(SAID[language]):
        for spelled in (said, said.upper(), f"xx {said}!", f"{said}. Help"):
            assert crisis.threatened(spelled), said
        assert not Crisis(crisis.words).threatened(said)


def test_who_says_something_else_is_left_alone(shipped_world: World) -> None:
    crisis = shipped_world.programme.crisis
    assert [said for said in _each(UNSAID) if crisis.threatened(said)] == []


@pytest.mark.parametrize("language", IDIOMS)
def test_what_only_sounds_so_is_passed_over_and_hides_nothing_beside_it(
    language: str, shipped_world: World
) -> None:
    crisis = shipped_world.programme.crisis
    for said in _each(IDIOMS[language]):
        for spelled in (said, said.upper(), f"{said}."):
            assert not crisis.threatened(spelled) and not crisis.heard(spelled), said
        for danger in _each(SAID[language]):
            for both in (f"{said}, {danger}", f"{danger}. {said}"):
                assert crisis.threatened(both), both


def test_the_words_of_an_idiom_that_are_none_are_heard(shipped_world: World) -> None:
    heard = """mein Mann schlägt mich vor den Kindern | mein Mann schlägt mich vor allen
        er schlägt mich und geht vor | er schlägt mich im Schlaf | he beats me in the kitchen
        he hit me up against the wall | he beat me to death | mi marido no trabaja, me pega
        il me tape sur la tête | mon mari me bat et joue aux cartes | babam beni evde döver
        me pega con la mano | ele bate-me na cara | مرا می‌زند | زنم را می‌زند | منو میزنه"""
    crisis = shipped_world.programme.crisis
    assert [said for said in _each(heard) if not crisis.threatened(said)] == []


NEEDED = {"module": "computer", "which": "language"}
PLACES = {
    one: one(*(NEEDED[name] for name in one.__annotations__ if name in NEEDED))
    for one, how in READERS.items()
    if how.commands and one.right is Right.ANYBODY
}
"""Where a town, a time, a day is typed."""


@pytest.mark.parametrize(
    "place", [Home(), Library(), Found(), Cover("computer"), Connect(), *PLACES.values()]
)
def test_they_read_who_helps_wherever_they_are(place: Place, shipped_world: World) -> None:
    world = shipped_world
    for language, sentences in SAID.items():
        told = _types(_each(sentences)[0], place, world, language)
        turn = Turn(Learner(1, language=language, place=encode(place)), world, NOW)
        assert told.events == () and told.screen == danger_card(turn)
        answer = next(one for one in world.programme.answers if one.id == "danger")
        shown = "\n".join(world.say(line, language) for line in told.screen.lines)
        assert world.say(answer.answer, language) in shown and "116 123" in shown


def test_what_is_written_to_a_person_goes_to_them(world: World) -> None:
    told = _types("my husband beats me", AskCounsellor(5), world)
    assert told.screen is None


def test_who_means_to_die_gets_the_other_card(shipped_world: World) -> None:
    for said in ("I want to die", "je veux me tuer", "ich will mich umbringen", "me quiero matar"):
        crisis = shipped_world.programme.crisis
        assert crisis.heard(said) and not crisis.threatened(said)


def test_an_operators_list_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("danger:\n  de: [mein/e … ärger*]\n", encoding="utf-8")
    own, _findings = read_crisis(tmp_path, SHIPPED)
    assert own.threatened("Mein Nachbar macht nur Ärger") and own.heard("I want to die")
    assert not own.threatened("mein mann schlägt mich") and own.helpers


@pytest.mark.parametrize(
    ("phrase", "said", "is_heard"),
    [
        ("a/b c", "x b c y", True),
        ("a/b c", "a x c", False),
        ("a … c", "a c", True),
        ("a … c", "a 1 2 3 c", True),
        ("a … c", "a 1 2 3 4 c", False),
        ("ab* c", "abc c", True),
        ("*bc d", "abc d", True),
        ("*b*", "abc", True),
        ("b", "abc", False),
        ("x *b* y", "x abc y", True),
        ("m'a vu", "il m’a vu", True),
        ("a b $", "a b", True),
        ("a b $", "a b c", False),
        ("…", "a", False),
        ("", "a", False),
    ],
)
def test_how_a_phrase_stands_for_more(phrase: str, said: str, is_heard: bool) -> None:
    assert Phrases({"en": (phrase,)}).heard(said) is is_heard
