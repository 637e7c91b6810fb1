"""A language is chosen among twelve: seven rows, the likeliest first, any of them typed."""

from dataclasses import replace

import pytest

from bot.channels.telegram.render import keyboard
from bot.channels.terminal.channel import render as on_terminal
from bot.channels.web.render import render as on_web
from bot.channels.whatsapp.render import misfit
from bot.channels.whatsapp.render import render as on_whatsapp
from bot.conversation.action import Home, Place, Welcome, decode, encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Went, evolve_all
from bot.conversation.places import place_of
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Doing, Start, Tap, Typed, Update
from bot.flows.account.actions import Languages, MoreLanguages, SettingsMenu, SpeakLanguage
from bot.flows.groups.member_actions import Nickname
from bot.flows.learning.actions import Begin
from bot.flows.library.actions import Library
from bot.flows.reminders.actions import WhatTime
from bot.flows.resources.actions import FindHelp
from bot.i18n.catalogues import Catalogues, name_of
from bot.model.learner import Learner
from bot.model.words import verbatim
from tests.support.languages import TWELVE
from tests.support.memory import People

NEW = Learner(1)


def _does(learner: Learner, doing: Doing, world: World, device: str = "en") -> Learner:
    moment = Moment(now=1_790_000_000, language=device)
    update = Update("web", "1", "1", doing, device)
    decision = People().knowing(lambda known: decide(update, Turn(learner, world, known)), moment)
    return evolve_all(learner, decision.events, moment.now)


def _offered(
    place: Place, world: World, device: str = "en", speaks: str | None = None
) -> list[str]:
    """The languages on a screen, in their order."""
    learner = Learner(1, language=speaks, place=encode(place))
    screen = show(Turn(learner, world, Moment(now=1, language=device)))
    return [b.action.language for b in screen.options if isinstance(b.action, SpeakLanguage)]


@pytest.mark.row("06")
@pytest.mark.parametrize("speaks", [None, "ar"])
def test_each_language_stands_on_one_of_two_screens(
    speaks: str | None, twelve_world: World
) -> None:
    first = Languages() if speaks else Welcome()
    pages = [_offered(p, twelve_world, speaks=speaks) for p in (first, MoreLanguages(1))]
    assert [len(page) for page in pages] == [6, 6]
    assert sorted(pages[0] + pages[1]) == sorted(TWELVE)


def test_the_likeliest_languages_come_first(twelve_world: World) -> None:
    """That of the device, of the country, then those with all lessons."""
    here = replace(twelve_world, country="de")
    assert _offered(Welcome(), here, "uk-UA")[:2] == ["uk", "de"]
    assert {"en", "fr", "ar"} < set(_offered(Welcome(), here, "uk-UA"))
    assert _offered(Languages(), here, "uk-UA", speaks="so")[:3] == ["so", "uk", "de"]
    assert _offered(Welcome(), here, "zh")[:2] == ["en", "de"]


@pytest.mark.parametrize("place", [Welcome(), MoreLanguages(0), MoreLanguages(1), MoreLanguages(9)])
@pytest.mark.parametrize("speaks", [None, "en", "ar"])
def test_the_choice_fits_every_channel(
    place: Place, speaks: str | None, twelve_world: World, twelve_words: Catalogues
) -> None:
    for device in ("en", "fa", "ti"):
        turn = Turn(
            Learner(1, speaks, place=encode(place)), twelve_world, Moment(1, language=device)
        )
        screen, reads = show(turn), turn.language
        assert len(keyboard(screen, reads, twelve_words)) <= 7
        sent = on_whatsapp(screen, reads, twelve_words)
        assert len(sent) == 1 and not list(misfit(sent[0]))
        assert len({row.id for row in sent[0].rows}) >= len(screen.options)
        page = on_web(screen, reads, twelve_words, verbatim("…"))
        assert len(page.options) == len(screen.options) and (page.rows or page.services)
        written = on_terminal(screen, reads, twelve_words)
        assert all(twelve_words.say(b.label, reads) in written for b in screen.buttons)


@pytest.mark.parametrize(
    ("typed", "device", "meant"),
    [
        ("العربية", "en", "ar"),
        ("ትግርኛ", "en", "ti"),
        ("Soomaali", "en", "so"),
        ("somali", "ar", "so"),
        ("پښتو", "fr", "ps"),
        ("Deutsch", "tr", "de"),
        ("german", "ar", "de"),
        ("allemand", "fr", "de"),
        ("الأوكرانية", "ar", "uk"),
        ("UK", "ar", "uk"),
        ("fa", "en", "fa"),
        ("Dari", "en", "fa"),
        ("Türkçe", "en", "tr"),
        ("turkce", "en", "tr"),
        ("русский", "en", None),
        ("2", "en", "ar"),
    ],
)
def test_a_name_or_a_code_is_typed_wherever_languages_are_chosen(
    typed: str, device: str, meant: str | None, twelve_world: World
) -> None:
    """In its own script, in English, in the language of the chat; on any page of it."""
    greeted = _does(NEW, Start(), twelve_world, device)
    for learner in (
        greeted,
        _does(greeted, Tap(encode(MoreLanguages(1))), twelve_world, device),
    )[: 1 if typed == "2" else 2]:
        assert _does(learner, Typed(typed), twelve_world, device).language == meant
    settled = Learner(1, language=device, place=encode(MoreLanguages(1)))
    if typed != "2":
        after = _does(settled, Typed(typed), twelve_world, device)
        assert after.language == (meant or device)


@pytest.mark.parametrize(
    ("typed", "device", "first"),
    [
        ("bonjour", "en", ["fr"]),
        ("Salut !", "", ["fr"]),
        ("hola", "en", ["es"]),
        ("Buen día", "en", ["es"]),
        ("مرحبا", "en", ["ar", "fa", "ps"]),
        ("marhaba", "en", ["ar"]),
        ("سلام", "en", ["fa", "ar", "ps"]),
        ("سلام", "ar", ["ar"]),
        ("merhaba", "en", ["tr"]),
        ("Привіт!", "pl", ["uk"]),
        ("Добрий день, шукаю роботу", "en", ["uk"]),
        ("ሰላም", "", ["ti"]),
        ("Hello", "uk", ["uk"]),
        ("hi", "fr", ["fr"]),
        ("xyz", "tr", ["tr"]),
    ],
)
def test_a_greeting_on_the_first_screen_leads_to_its_language(
    typed: str, device: str, first: list[str], twelve_world: World
) -> None:
    """The screen stands there in it, its button first; it is chosen by a tap."""
    begun = _does(NEW, Start(), twelve_world, device)
    for learner in (NEW, begun, _does(begun, Tap(encode(MoreLanguages(1))), twelve_world, device)):
        after = _does(learner, Typed(typed), twelve_world, device)
        turn = Turn(after, twelve_world, Moment(1, language=device))
        assert after.language is None and turn.language == first[0]
        if after.greeted:
            offered = [b.action.language for b in show(turn).options]  # type: ignore[union-attr]
            assert offered[: len(first)] == first
            chosen = _does(after, Tap(encode(SpeakLanguage(first[0]))), twelve_world, device)
            assert chosen.language == first[0] and chosen.place != encode(Welcome())


AT_HOME = Learner(1, language="en", place=encode(Home()))


def _begun(speaks: str, world: World) -> Learner:
    """Somebody with a card before them."""
    module, found = next(iter(world.programme.modules.items()))
    new = Learner(1, language=speaks, place=encode(Home()))
    return _does(new, Tap(encode(Begin(module, found.decks[0].id))), world)


@pytest.mark.row("06")
def test_every_language_is_known_by_its_name_in_every_language(twelve_world: World) -> None:
    """On Home and before a card, whatever is read there."""
    for wanted in TWELVE:
        names = {name_of(wanted), *(name_of(wanted, reader) for reader in TWELVE)}
        for speaks in {"en", "tr"} - {wanted}:
            for learner in (replace(AT_HOME, language=speaks), _begun(speaks, twelve_world)):
                for name in (*names, *map(str.upper, names)):
                    after = _does(learner, Typed(name), twelve_world)
                    assert (after.language, after.place) == (wanted, learner.place), name


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("parle français", "fr"),
        ("je veux en français", "fr"),
        ("francais svp", "fr"),
        ("auf Französisch bitte", "fr"),
        ("ich möchte Deutsch", "de"),
        ("I want to read in German", "de"),
        ("almanca istiyorum", "de"),
        ("Almanca'ya geç", "de"),
        ("بالألماني", "de"),
        ("الماني", "de"),
        ("ألمانية", "de"),
        ("أريد باللغة الألمانية", "de"),
        ("بدي عربي", "ar"),
        ("français ?", "fr"),
        ("به فارسی لطفا", "fa"),
        ("українською мовою", "uk"),
        ("хочу українською", "uk"),
        ("af soomaali", "so"),
        ("dari", "fa"),
    ],
)
def test_a_few_words_around_it_say_the_same(typed: str, wanted: str, twelve_world: World) -> None:
    for speaks in {"en", "de", "ar"} - {wanted}:
        learner = replace(AT_HOME, language=speaks)
        assert _does(learner, Typed(typed), twelve_world).language == wanted


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("learn German", Home()),
        ("apprendre l’allemand", Home()),
        ("the German course begins on Monday", Home()),
        ("German French", Home()),
        ("ar", SettingsMenu()),
        ("so", Home()),
        ("Deutsch", Nickname(1)),
    ],
)
def test_what_is_looked_for_or_asked_is_no_wish(
    typed: str, place: Place, twelve_world: World
) -> None:
    learner = replace(AT_HOME, place=encode(place))
    assert _does(learner, Typed(typed), twelve_world).language == "en"


@pytest.mark.parametrize("place", [Library(), FindHelp(), WhatTime()])
def test_a_name_is_a_wish_where_it_is_no_town_and_no_time(
    place: Place, twelve_world: World
) -> None:
    """The search stands there again, in that language."""
    learner = _does(replace(AT_HOME, place=encode(place)), Typed("العربية"), twelve_world)
    assert (learner.language, learner.place) == ("ar", encode(place))


def test_whoever_reads_it_already_finds_the_others(twelve_world: World) -> None:
    assert _does(AT_HOME, Typed("English"), twelve_world).place == encode(Languages())


def test_somebody_new_looks_at_the_others_and_has_no_language_yet(twelve_world: World) -> None:
    greeted = _does(NEW, Start(), twelve_world)
    looking = _does(greeted, Typed("More languages"), twelve_world)
    assert looking.language is None and looking.place == encode(MoreLanguages(1))
    turn = Turn(looking, twelve_world, Moment(now=1))
    back = show(turn).rows[0][0]
    assert _does(looking, Tap(encode(back.action)), twelve_world).language is None  # type: ignore[union-attr]
    chosen = _does(looking, Tap(encode(show(turn).options[3].action)), twelve_world)
    assert chosen.language in TWELVE


def test_how_much_is_taught_in_a_language_is_said_before_it_is_chosen(
    twelve_world: World, twelve_words: Catalogues
) -> None:
    """All of it, some modules, or the interface only, in words of that language."""
    modules = list(twelve_world.programme.modules)
    whole = {"fr": modules, "tr": modules[:13]}

    def taught(module: str, language: str) -> str:
        return language if module in whole.get(language, ()) else "en"

    world = replace(twelve_world, taught_in=taught)
    learner = Learner(1, "en", place=encode(Languages()))
    screens = [
        show(Turn(replace(learner, place=encode(MoreLanguages(n))), world, Moment(1)))
        for n in (0, 1)
    ]
    said = [twelve_words.say(b.label, "en") for s in screens for b in s.options]
    assert "Français" in said and "English" in said
    assert f"Türkçe · modüller: 13/{len(modules)}" in said
    assert next(label for label in said if label.startswith("Português")).endswith(
        "lições em inglês"
    )


@pytest.mark.parametrize("code", ["gi", "zi", "fb", "yb"])
@pytest.mark.parametrize("typed", [False, True])
def test_an_invitation_is_there_in_the_new_language(
    code: str, typed: bool, twelve_world: World
) -> None:
    """Of a group, of a mentor, of staff, of a colleague."""
    invited = decode(f"{code}:token")
    assert isinstance(invited, Place)
    learner = evolve_all(Learner(1, language="en"), (Went(invited),), 1)
    doings: tuple[Doing, ...] = (Tap(encode(Languages())), Tap(encode(SpeakLanguage("fr"))))
    for doing in (Typed("français"),) if typed else doings:
        turn = Turn(learner, twelve_world, Moment(1_790_000_000))
        known = People()
        update = Update("web", "1", "1", doing)
        decision = known.knowing(
            lambda moment, turn=turn, update=update: decide(update, replace(turn, moment=moment)),
            turn.moment,
        )
        learner = evolve_all(learner, decision.events, 1)
    assert learner.language == "fr" and place_of(learner) == invited
