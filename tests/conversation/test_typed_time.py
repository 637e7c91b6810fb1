"""Times as people type them, and the time zone that follows from one."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.action import encode
from bot.conversation.decide import decide
from bot.conversation.event import Went, evolve_all
from bot.conversation.lexicon import lexicon
from bot.conversation.turn import Decision, Moment, Turn, World
from bot.conversation.typed_time import clock_in
from bot.conversation.update import Tap, Typed, Update
from bot.flows.account.actions import Help, SettingsMenu
from bot.flows.reminders.actions import SetZone, WhatTime, WhichPlace
from bot.flows.reminders.events import ZoneTold
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.zones import (
    FIXED,
    KNOWN,
    PLACES,
    ZONES,
    ahead_of_utc,
    fixed,
    local,
    places_at,
    zone_at,
)
from tests.support.memory import People

START = 1_790_000_000
DAY = 86_400
WINTER = int(datetime(2026, 12, 10, 12, 30, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *[
            ("14:30", (14, 30)),
            (" 9 ", (9, 0)),
            ("14h30", (14, 30)),
            ("7.05", (7, 5)),
            ("1430", (14, 30)),
            ("930", (9, 30)),
        ],
        *[
            ("8pm", (20, 0)),
            ("8 p.m.", (20, 0)),
            ("8PM", (20, 0)),
            ("10:00 PM", (22, 0)),
            ("12 am", (0, 0)),
            ("12pm", (12, 0)),
        ],
        *[
            ("8:30:00", (8, 30)),
            ("noon", (12, 0)),
            ("Midnight", (0, 0)),
            ("12 noon", (12, 0)),
            ("half past 8", (8, 30)),
        ],
        *[
            ("it is 8 o'clock", (8, 0)),
            ("quarter past 7 pm", (19, 15)),
            ("11 at night", (23, 0)),
            ("20,15", (20, 15)),
        ],
        *[
            ("14 h", (14, 0)),
            ("14 h 30", (14, 30)),
            ("8 du soir", (20, 0)),
            ("huit heures du soir", (20, 0)),
            ("midi", (12, 0)),
        ],
        *[
            ("minuit", (0, 0)),
            ("3 heures de l'après-midi", (15, 0)),
            ("8 heures et demie", (8, 30)),
            ("À 20H15", (20, 15)),
        ],
        *[
            ("às 20h", (20, 0)),
            ("8 da noite", (20, 0)),
            ("8 da manhã", (8, 0)),
            ("meio-dia", (12, 0)),
            ("meia-noite", (0, 0)),
        ],
        *[
            ("saat 20:00", (20, 0)),
            ("akşam 8", (20, 0)),
            ("AKŞAM SEKİZ", (20, 0)),
            ("öğlen", (12, 0)),
            ("sabah 8 buçuk", (8, 30)),
        ],
        *[
            ("20.30'da", (20, 30)),
            ("gece yarısı", (0, 0)),
            ("aksam 8", (20, 0)),
            ("on iki", (12, 0)),
        ],
        *[
            ("٨ مساءً", (20, 0)),
            ("8 مساء", (20, 0)),
            ("الساعة ٢٠:١٥", (20, 15)),
            ("الثامنة والنصف مساء", (20, 30)),
        ],
        *[
            ("٨ صباحا", (8, 0)),
            ("٨ ص", (8, 0)),
            ("منتصف الليل", (0, 0)),
            ("۱۴:۳۰", (14, 30)),
            ("２０：１５", (20, 15)),
        ],
        *[
            ("25", None),
            ("9:75", None),
            ("24:00", (0, 0)),
            ("24:30", None),
            ("13 am", None),
            ("8 or 9", None),
            ("", None),
        ],
        *[
            ("settings", None),
            ("pm", None),
            ("14:30 16:30", None),
            ("on beş", None),
            ("12345", None),
            ("8 9", None),
        ],
    ],
)
def test_a_time_as_people_type_it(
    typed: str, found: tuple[int, int] | None, words: Catalogues
) -> None:
    assert clock_in(typed, lexicon(words.say, words.languages)) == found


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_nothing(text: str) -> None:
    found = clock_in(text, lexicon(lambda said, _language: getattr(said, "source", ""), ("en",)))
    assert found is None or (0 <= found[0] < 24 and 0 <= found[1] < 60)


@given(st.integers(0, 23), st.sampled_from([0, 15, 29, 30, 45, 59]), st.integers(0, 365))
def test_a_zone_is_found_for_every_time(hour: int, minute: int, day: int) -> None:
    now = START + day * DAY
    ahead = ahead_of_utc(hour, minute, now)
    zones = [zone for zone, _words in places_at(ahead, now)] or [zone_at(ahead, now)]
    for there in (local(now, zone) for zone in zones):
        off = abs((there.hour * 60 + there.minute) - (hour * 60 + minute))
        assert min(off, 24 * 60 - off) <= 45
    assert set(zones) | {fixed(ahead)} <= KNOWN


def test_a_zone_near_home_is_preferred() -> None:
    assert zone_at(120, START) == "Europe/Paris"  # START is 14:13 at Greenwich, in summer
    assert zone_at(ahead_of_utc(18, 43, START), START) == "Asia/Kabul"


@pytest.mark.parametrize("day", range(0, 366, 14))
@pytest.mark.parametrize("zone", [zone for zone, _words in PLACES])
def test_whoever_chooses_their_country_has_its_time_all_year(zone: str, day: int) -> None:
    now = START + day * DAY
    here = local(now, zone)
    year = [now + n * 7 * DAY for n in range(52)]
    found = places_at(ahead_of_utc(here.hour, here.minute, now), now)
    assert any(
        all(local(at, zone).utcoffset() == local(at, other).utcoffset() for at in year)
        for other, _words in found
    )


def _decided(learner: Learner, update: Update, world: World) -> Decision:
    moment = Moment(now=WINTER, channel="telegram")
    return People().knowing(lambda known: decide(update, Turn(learner, world, known)), moment)


def test_what_the_time_does_not_tell_is_asked(world: World) -> None:
    """Algeria in winter has the time of France, and keeps it in summer."""
    learner = Learner(1, language="en", place=encode(WhatTime()))
    update = Update("telegram", "1", "1", Typed("1:30 pm"), "en")
    asked = _decided(learner, update, world)
    assert [event.place for event in asked.events if isinstance(event, Went)] == [WhichPlace(60)]
    learner = evolve_all(learner, asked.events, WINTER)
    for doing in (
        Typed("Algeria"),
        Typed("2"),
        Typed("tunisia"),
        Tap(encode(SetZone("Africa/Algiers"))),
    ):
        update = Update("telegram", "1", "2", doing, "en")
        told = _decided(learner, update, world)
        assert ZoneTold("Africa/Algiers") in told.events, doing


def test_it_is_asked_west_of_greenwich_too(world: World) -> None:
    learner = Learner(1, language="en", place=encode(WhatTime()))
    for clock, place, zone in (
        ("9:30 am", "Brazil", "America/Sao_Paulo"),
        ("7:30 am", "Another country", "Etc/GMT+5"),
    ):
        asked = _decided(learner, Update("telegram", "1", "1", Typed(clock), "en"), world)
        there = evolve_all(learner, asked.events, WINTER)
        told = _decided(there, Update("telegram", "1", "2", Typed(place), "en"), world)
        assert ZoneTold(zone) in told.events, (clock, there.place)


def test_only_zones_that_are_offered_can_be_set(world: World) -> None:
    learner = Learner(1, language="en", place=encode(WhatTime()))
    forged = decide(
        Update("telegram", "1", "1", Tap("rz:Nowhere/Land"), "en"),
        Turn(learner, world, Moment(now=WINTER)),
    )
    assert not any(isinstance(event, ZoneTold) for event in forged.events)


@pytest.mark.parametrize(
    "typed", ["settings", "SETTINGS", "help", "réglages", "/settings", "الإعدادات", "ayarlar"]
)
def test_a_command_is_a_command_where_a_time_is_asked(typed: str, world: World) -> None:
    learner = Learner(1, language="en", place=encode(WhatTime()))
    decision = decide(
        Update("telegram", "1", "1", Typed(typed), "en"),
        Turn(learner, world, Moment(now=WINTER, channel="telegram")),
    )
    assert [type(event.place) for event in decision.events if isinstance(event, Went)][-1:] in (
        [SettingsMenu],
        [Help],
    )


def test_zones_work_where_the_machine_has_none() -> None:
    code = (
        "from bot.model.zones import KNOWN, local; [local(0, zone) for zone in KNOWN]; "
        "print(len(KNOWN))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONTZPATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert ran.stdout.strip() == str(len(KNOWN)), ran.stderr
    assert len(set(ZONES) | set(FIXED)) <= len(KNOWN)


def test_the_offset_is_the_shorter_way_round() -> None:
    at = datetime.fromtimestamp(START, UTC)
    for minutes in range(-720, 720, 15):
        there = at + timedelta(minutes=minutes)
        assert ahead_of_utc(there.hour, there.minute, START) == minutes
