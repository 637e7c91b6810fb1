"""Filters that combine, what is proposed where nothing passes, and a card."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from bot.conversation.action import Home, Place, decode, encode
from bot.conversation.screen import Button, Mark
from bot.conversation.turn import World
from bot.flows.resources.actions import ChooseFilter, FindHelp, FoundHelp, HelpCard
from bot.flows.resources.filters import NAMES, Filters
from bot.flows.resources.find import IN_COUNTRY, NOT_YET, SOUGHT
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.words import Msg
from cards.model import Programme
from cards.resources import ID, Goal, Kind
from tests.support.chat import Chat

NOW = 1_790_000_000
"""21 September 2026."""


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    return Chat(shipped_world, shipped_words, learner=Learner(1, language="en"), now=NOW)


@pytest.mark.row("34")
def test_filters_combine_and_an_empty_result_says_which_one_to_drop(chat: Chat) -> None:
    chat.turn("/find")
    chat.turn("[What for]")
    chat.turn("[Work (]")
    for tap in ("[Country]", "[Belgium]", "[What kind]", "[Mentor]"):
        told = chat.turn(tap)
    assert "What for: Work" in told and "Country: Belgium" in told and "▶ Show 1 card]" in told
    told = chat.turn("[☐ Free]")
    assert "☑ Free" in told and "▶ Show 0 cards" in told
    told = chat.turn("[▶ Show]")
    assert "Nothing fits all of this" in told and "Leave one out:" in told
    assert "Without “☑ Free”: 1" in told and "Without “🏠 What kind: Mentor”" in told
    assert "Duo for a Job" in chat.turn("[Without “☑ Free”]")


@pytest.mark.row("34")
def test_where_no_single_filter_helps_all_can_be_dropped(chat: Chat) -> None:
    chat.learner = replace(chat.learner, place=encode(FoundHelp("health.atlantis.x.mentor")))
    told = chat.turn("(voice)")
    assert "No single filter" in told
    assert "56 cards" in chat.turn("[Drop all filters]")


def test_each_filter_that_is_offered_finds_as_many_as_it_says(shipped: Programme) -> None:
    wanted = Filters.read("work")
    for name in NAMES:
        for value, count in wanted.values(name, shipped.resources):
            more = wanted.but(**{name: value})
            assert len(more.found(shipped.resources)) == count > 0
            assert Filters.read(more.written()) == more


@pytest.mark.row("05")
def test_a_town_is_typed_in_any_language_with_a_slip(chat: Chat) -> None:
    for typed in ("Lisbon", "lisboa", "Lisbonne", "لشبونة", "lisbno"):
        chat.turn("/find")
        told = chat.turn(typed)
        assert "Town: Lisbon" in told and "CNAIM Lisboa" in told, typed
    chat.turn("/find")
    assert "Country: Portugal" in chat.turn("portugal")
    assert "This town is not in the list" in chat.turn("Atlantis under the sea")
    assert "Atlantis" not in repr(chat.learner), "what is typed is not kept"


@pytest.mark.row("05")
@pytest.mark.parametrize(
    ("language", "typed", "country", "note"),
    [
        ("fr", "Strasbourg", "france", IN_COUNTRY),
        ("ar", "ستراسبورغ", "france", IN_COUNTRY),
        ("en", "Bruges", "belgium", IN_COUNTRY),
        ("de", "Koeln", "de", NOT_YET),
        ("de", "Wien", "at", NOT_YET),
        ("en", "Vienna", "at", NOT_YET),
        ("ar", "برلين", "de", NOT_YET),
        ("uk", "Варшава", "pl", NOT_YET),
        ("fr", "Allemagne", "de", NOT_YET),
        ("fr", "Portugal", "portugal", None),
        ("fr", "Nice", "france", IN_COUNTRY),
    ],
)
def test_a_city_leads_to_what_there_is_in_its_country(
    chat: Chat, language: str, typed: str, country: str, note: Msg | None
) -> None:
    """Whether it is typed there or into the menu; what is open from anywhere is there for all."""
    for place in (FindHelp(), Home()):
        chat.learner = Learner(1, language=language, place=encode(place))
        chat.turn(typed)
        assert chat.learner.place == encode(FoundHelp(f".{country}"))
        said = [each.source for each in chat.screens[-1].notes if isinstance(each, Msg)]
        assert said == ([note.source] if note else [])
        assert chat.screens[-1].options
        assert typed not in repr(chat.learner) or typed.casefold() == country


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        *(("en", typed) for typed in ("nice", "Valencia", "xyzzy")),
        *(("fr", typed) for typed in ("Réunion", "reunion")),
        *(("ar", typed) for typed in ("ليل", "قم")),
        *(("uk", typed) for typed in ("Суми", "того")),
        *(("de", "essen"), ("es", "reunión"), ("pt", "nome"), ("tr", "kabul")),
        *(("fa", "دوشنبه"), ("ps", "نوم")),
    ],
)
def test_what_may_be_another_word_or_two_places_leads_to_no_place_from_the_menu(
    chat: Chat, language: str, typed: str
) -> None:
    chat.learner = Learner(1, language=language, place=encode(Home()))
    chat.turn(typed)
    assert not isinstance(decode(chat.learner.place), FoundHelp)


@pytest.mark.row("05")
@pytest.mark.parametrize(
    ("language", "typed"),
    [("de", "wohnung"), ("en", "housing"), ("en", "doctor"), ("fr", "médecin"), ("ar", "سكن")],
)
def test_a_word_that_is_no_town_is_looked_for_as_on_the_home_screen(
    chat: Chat, language: str, typed: str
) -> None:
    def likely(place: Place) -> list[Button]:
        chat.learner = Learner(1, language=language, place=encode(place))
        chat.turn(typed)
        return [b for b in chat.screens[-1].buttons if b.mark is Mark.LIKELY]

    wanted = likely(Home())
    assert wanted
    for place in (FindHelp(), FoundHelp("work"), ChooseFilter("language", "work")):
        seen = likely(place)
        assert seen[: len(wanted)] == wanted or seen[: len(wanted) - 1] == wanted[:-1]
        assert chat.screens[-1].notes == (SOUGHT,)
        assert "Lisbo" in chat.turn("Lisboa"), "a town can be typed all the same"


def test_what_is_no_word_of_the_list_is_understood_as_anywhere(chat: Chat) -> None:
    chat.turn("/find")
    assert "Hello!" in chat.turn("hello")
    assert "Допомога поруч" in chat.turn("українська")
    chat.learner = replace(chat.learner, language="en")
    for typed in ("français", "Arabic", "العربية"):
        chat.learner = replace(chat.learner, place=encode(ChooseFilter("language")), language="en")
        told = chat.turn(typed)
        assert "🌐 Language: " in told and "🌐 Language: all" not in told, "on whichever page"


@pytest.mark.row("05")
def test_a_card_says_how_to_reach_them_and_how_old_that_is(chat: Chat) -> None:
    chat.turn("/find")
    chat.turn("lisbon")
    told = chat.turn("[CNAIM]")
    for part in ("☎ +351 218 106 191", "Rua Álvaro Coutinho", "no residence papers", "They speak"):
        assert part in told
    assert "Checked on 5 March 2022." in told and "more than a year ago" in told
    assert "https://www.acm.gov.pt/" in told
    assert "4 cards" in chat.turn("[Back]")
    aima = next(one for one in chat.world.programme.resources if one.id == "aima")
    assert not aima.old(date(2026, 9, 21))
    chat.learner = replace(chat.learner, place=encode(HelpCard("aima")))
    told = chat.turn("x")
    assert "more than a year" not in told and "If you need papers, we do not know" in told


@pytest.mark.row("16")
def test_the_sector_of_a_seed_row_is_found_and_says_its_conditions(chat: Chat) -> None:
    """Row 16: construction finds HOPE, which chooses its people."""
    chat.learner = replace(chat.learner, place=encode(HelpCard("hope")))
    told = chat.turn("x")
    assert "construction" in told and "Face to face, selection applies." in told


def test_every_place_fits_a_button() -> None:
    words = [max(Goal, key=len), "x" * 12, "y" * 12, max(Kind, key=len), "abc", "1", "1", "ki"]
    wanted = Filters.read(".".join(map(str, words)))
    assert len(wanted.set_) == 7, "a town or its country"
    for filters in (wanted.written(), wanted.but(country="x" * 12).written()):
        for place in (
            FindHelp(filters),
            FoundHelp(filters, 99),
            ChooseFilter("language", filters, 99),
            HelpCard("i" * ID, filters, 99),
        ):
            assert decode(encode(place)) == place


@pytest.mark.parametrize("forged", ["", "......", ".", "a.b.c.d.e.f.g.h.i", "work" * 9, "é.م"])
def test_a_forged_or_old_place_ends_nowhere(chat: Chat, forged: str) -> None:
    for place in (FindHelp(forged), FoundHelp(forged, 7), HelpCard("gone", forged)):
        chat.learner = replace(chat.learner, place=encode(place))
        told = chat.turn("(voice)")
        assert "Help near you" in told or "cards" in told or "Nothing fits" in told


def test_screens_have_at_most_seven_rows(chat: Chat, shipped: Programme) -> None:
    seen = 0
    for names in combinations(NAMES[:5], 2):
        wanted = Filters({})
        for name in names:
            values = wanted.values(name, shipped.resources)
            wanted = wanted.but(**{name: values[0][0]}) if values else wanted
        for place in (FindHelp(wanted.written()), FoundHelp(wanted.written(), 0)):
            chat.learner = replace(chat.learner, place=encode(place))
            chat.turn("(voice)")
            screen = chat.screens[-1]
            assert len(screen.options) + len([row for row in screen.rows if row]) <= 7
            seen += 1
    assert seen == 20


def _card(chat: Chat, id: str) -> str:
    chat.learner = replace(chat.learner, place=encode(HelpCard(id)))
    return chat.turn("(voice)")


NINE = {
    "jrs": "☎ +351 217 552 790",
    "nova": "people who ask for asylum",
    "cnaim": "☎ +351 218 106 191",
    "claim": "☎ +351 218 106 191",
    "charter": "employers sign",
    "porta-aberta": "Rua Gualdim Pais",
    "acm-translation": "☎ +351 218 106 191",
    "pla": "☎ +351 218 106 191",
    "qualifica": "learned in work and life",
}


@pytest.mark.row("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9")
@pytest.mark.parametrize(("id", "says"), NINE.items())
def test_each_of_the_nine_says_what_is_known_and_what_is_not(
    chat: Chat, id: str, says: str
) -> None:
    told = _card(chat, id)
    assert says in told
    for line in (
        "🌍 Portugal",
        "💶 ",
        "🪪 ",
        "🌐 They speak: ",
        "Checked on ",
        "🔗 Open the page",
    ):
        assert line in told, (id, line)


@pytest.mark.row("09", "12", "20", "38")
def test_practices_of_the_seed_that_are_places_have_cards(chat: Chat) -> None:
    told = _card(chat, "elearning-be")
    assert "💶 27 euros a year" in told and "From 6 years. You can begin at any time" in told
    assert "https://elearning.cfwb.be/" in told and "Checked on 30 September 2021." in told
    assert "good causes" in _card(chat, "esolidar")
    assert "What the state of Portugal plans" in _card(chat, "pem")
    assert "Small groups practise a language" in _card(chat, "speak")


@pytest.mark.row("16")
def test_the_filter_for_the_trade_finds_who_trains_for_it(chat: Chat) -> None:
    chat.learner = replace(chat.learner, place=encode(FoundHelp("..france.....bu")))
    assert "HOPE (Afpa)" not in chat.turn("(voice)"), "no such town"
    chat.learner = replace(chat.learner, place=encode(FoundHelp(".france......bu")))
    told = chat.turn("(voice)")
    assert "Country: France" in told and "Trade: Building" in told
    assert "HOPE (Afpa)" in told and "📘 Building" in told
    chat.learner = replace(chat.learner, place=encode(FoundHelp("....uk...bu")))
    assert "📘 Building" in chat.turn("(voice)"), "a lesson is read in one's own language"


@pytest.mark.row("16")
def test_a_trade_that_is_searched_finds_who_teaches_it(chat: Chat) -> None:
    assert "📍 HOPE (Afpa)" in chat.turn("/library construction")
