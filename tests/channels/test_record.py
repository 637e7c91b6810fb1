"""Staff record a card on Telegram, a second person hears it, learners get it on every channel. What
does not come from the messenger is told, and nobody waits for it."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.base import Later
from bot.conversation.action import encode
from bot.conversation.update import Tap, Update
from bot.documents.parcel import Bring, NoSuchFile
from bot.flows.recording.actions import HearOne, Judge, ToHear
from bot.flows.recording.events import VoiceSent
from bot.i18n.catalogues import Catalogues
from bot.jobs.recordings import GIVEN_UP, Fetching, Laid, Laying, with_recorded
from bot.model.recordings import AllHeard, Spoken, SpokenIn, State, mark_of
from bot.model.roles import Role
from cards.model import Programme
from cards.recording import Recording
from certificates import Fonts
from db import voices
from tests.fakes.telegram import User
from tests.support.group_talk import payload_in
from tests.support.recordings import voice_note
from tests.support.service import Service
from tests.support.stores import InDatabase
from tests.support.web import Reader, open_site
from tests.support.world import SMALL

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
VOICE = voice_note(6, 18, "ARTIST=Lea of the phone")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where recordings are laid down for learners."""
    return tmp_path / "recorded"


@pytest.fixture
def fetching(service: Service) -> Fetching:
    async def bring(_channel: str, id: str) -> bytes:
        return (await service.telegram.fetch(id)).content

    return fetching_by(service, bring)


@pytest.fixture
def laying(service: Service, words: Catalogues, folder: Path) -> Laying:
    dispatcher = service.dispatcher
    without = dispatcher.programme
    dispatcher.follow(service.files.teach)

    def take(laid: Mapping[str, Laid]) -> None:
        dispatcher.teach(replace(dispatcher.world, programme=with_recorded(without, words, laid)))

    return Laying(service.store, folder, take)


def fetching_by(service: Service, bring: Bring) -> Fetching:
    return Fetching(service.store, bring, lambda: service.dispatcher.programme, service.clock)


async def staff(service: Service, number: int) -> User:
    """An admin by the settings, in English."""
    person = service.fake.user(number)
    service.store.admins.append(service.store.vault.hash("telegram", str(number)))
    await person.starts()
    await person.expects(1)
    await taps(person, "English")
    return person


async def taps(person: User, *labels: str) -> None:
    """Each brings one message."""
    for label in labels:
        await person.taps(label)
        await person.expects(1)


async def says(person: User, text: str) -> None:
    await person.says(text)
    await person.expects(1)


async def sends(person: User, content: bytes = VOICE) -> None:
    await person.sends_voice(6, content)
    await person.expects(1)


async def at_a_card(person: User) -> None:
    await says(person, "/record computer")
    await taps(person, "Read card")


async def told(person: User, text: str) -> None:
    for _ in range(200):
        if any(text in str(message.text) for message in person.messages):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"nobody was told {text!r}: {person.messages[-2:]}")


async def voice_of(person: User) -> bytes:
    """The only one that came."""
    for _ in range(200):
        if person.voices:
            break
        await asyncio.sleep(0.02)
    (voice,) = person.voices
    return voice.content


@pytest.mark.row("02", "26", "36")
@on_sqlite
async def test_from_a_voice_note_to_a_learner(
    service: Service, fetching: Fetching, laying: Laying, folder: Path
) -> None:
    lea, ben = await staff(service, 900), await staff(service, 901)
    await at_a_card(lea)
    await sends(lea)
    assert "Thank you: “A machine”" in lea.screen
    await fetching.look()
    await told(ben, "Somebody recorded cards")
    await ben.taps("To hear", on=ben.messages[-1])
    await ben.expects()
    await ben.taps("A machine")
    heard = await voice_of(ben)
    assert heard != VOICE and b"Lea" not in heard, "the voice, and no more"
    await laying.look()
    assert not folder.exists(), "before a second yes nobody else hears it"
    await ben.taps("Yes, for learners")
    await told(lea, "Learners hear you")
    await laying.look()
    assert [path.read_bytes() for path in folder.iterdir()] == [heard]

    amina = service.fake.user(1001)
    await amina.starts("m-computer")
    await amina.expects(1)
    await taps(amina, "▶ Start")
    await amina.taps("🔊 Listen · 18 KB")
    assert await voice_of(amina) == heard
    assert any("Read by a person" in str(m.text) for m in amina.messages)

    await lea.expects()
    await says(lea, "/record")
    await taps(lea, "My recordings", "A machine", "Take it down")
    await laying.look()
    assert list(folder.iterdir()) == [], "the file goes, too"
    assert not service.dispatcher.programme.audio


@on_sqlite
async def test_where_two_people_are_asked_for_an_own_second_page_is_none(
    service: Service, fetching: Fetching
) -> None:
    """The same rule as for a broadcast: Lea makes a second page of hers staff, and would say yes
    there to her own voice."""
    dispatcher = service.dispatcher
    dispatcher.teach(replace(dispatcher.world, two_admins=True))
    lea, own = await staff(service, 900), service.fake.user(902)
    await says(lea, "/staff")
    await taps(lea, "➕ Counsellor")
    await own.starts(payload_in(lea.screen.text, "s"))
    await own.expects(1)
    await taps(own, "Yes, I accept")
    await at_a_card(lea)
    await sends(lea)
    await fetching.look()
    (one,) = await service.store.ask(SpokenIn("computer", "en"))
    await own.says("/record")
    await own.expects()  # they are told, too, that somebody recorded something, now or later
    (menu,) = (message for message in own.messages if "Record cards" in message)
    assert not any("To hear" in label for label in menu.labels)
    for place, tap in enumerate((ToHear(), HearOne(one.id), Judge(one.id, True))):
        update = Update("telegram", f"own{place}", "902", Tap(encode(tap)))
        assert "You cannot be the second one" in str(await dispatcher.handle(update))
    assert await service.store.ask(AllHeard()) == ()
    service.clock.now += 8 * 86400
    ben = await staff(service, 901)
    await says(ben, "/record")
    await taps(ben, "To hear: 1")
    await ben.taps("A machine")
    await ben.expects(2)
    await ben.taps("Yes, for learners")
    await told(lea, "Learners hear you")


@on_sqlite
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"ID3 music", "This is no voice note"),
        (voice_note(61, 18), "It is too long"),
        (bytes(20_000_001), "It is too long"),
        (b"", "did not give it to us"),
    ],
)
async def test_what_cannot_be_kept_is_told_with_the_way_back_to_its_card(
    content: bytes, said: str, service: Service, fetching: Fetching
) -> None:
    lea = await staff(service, 900)
    await at_a_card(lea)
    await sends(lea, content if 0 < len(content) < 1_000_000 else VOICE)
    for id, file in service.fake.files.items():  # nobody said before how large it is
        service.fake.files[id] = replace(file, content=content or file.content)
    if not content:  # Telegram keeps a file for a time
        service.fake.files.clear()
    await fetching.look()
    await told(lea, said)
    await lea.taps("Read card")
    await lea.expects(2)
    assert "A machine" in lea.screen and "1/" in lea.screen
    assert await service.store.ask(SpokenIn("computer", "en")) == ()


@on_sqlite
async def test_a_file_that_telegram_does_not_give_is_none(service: Service) -> None:
    huge = service.fake.take("voice", "v.oga", "audio/ogg", bytes(20_000_001))
    for id in (huge.id, "VOICE-9999"):
        with pytest.raises(NoSuchFile):
            await service.telegram.fetch(id)


@on_sqlite
async def test_a_messenger_that_is_away_is_asked_for_a_day_and_holds_up_nobody(
    service: Service,
) -> None:
    asked, let_go = asyncio.Event(), asyncio.Event()

    async def away(_channel: str, _id: str) -> bytes:
        asked.set()
        await let_go.wait()
        raise Later

    fetching = fetching_by(service, away)
    lea = await staff(service, 900)
    await at_a_card(lea)
    await sends(lea)
    looking = asyncio.create_task(fetching.look())
    await asked.wait()
    await taps(lea, "Skip")
    assert "3/" in lea.screen, "the chat goes on while the file is waited for"
    let_go.set()
    await looking
    (one,) = await service.store.ask(SpokenIn("computer", "en"))
    assert one.state is State.ON_ITS_WAY
    service.clock.now += 2
    await fetching.look()
    service.clock.now += GIVEN_UP + 600
    await fetching.look()
    await told(lea, "did not give it to us")
    assert await service.store.ask(SpokenIn("computer", "en")) == ()


@pytest.mark.both_databases
@on_sqlite
async def test_a_fault_at_one_voice_note_costs_no_other(service: Service) -> None:
    lea = await staff(service, 900)
    await at_a_card(lea)
    for _ in range(2):
        await sends(lea)
    calls = 0

    async def sometimes(_channel: str, _id: str) -> bytes:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError
        return VOICE

    await fetching_by(service, sometimes).look()
    states = sorted(one.state for one in await service.store.ask(SpokenIn("computer", "en")))
    assert states == [State.ON_ITS_WAY, State.WAITING]


async def test_a_changed_card_is_not_played_and_asked_for_again(
    programme: Programme, words: Catalogues, tmp_path: Path
) -> None:
    module = programme.modules["computer"]
    deck = module.decks[0]
    card = deck.cards[0]
    said = mark_of(card, "en", words.say)
    spoken = Spoken(7, "en", "computer", deck.id, card.id, said, 1, State.HEARD, 1, 6, 18_000)
    file = Recording(tmp_path / "7.ogg", 18_000, 6, False, "mark")
    laid = {spoken.key: Laid(spoken, file)}
    assert with_recorded(programme, words, laid).audio[spoken.key] == file
    changed = replace(spoken, said="00000000")
    assert (
        spoken.key not in with_recorded(programme, words, {spoken.key: Laid(changed, file)}).audio
    )
    computer = Recording(tmp_path / "c.ogg", 9_000, 6, True, "computer")
    base = replace(programme, audio={spoken.key: computer})
    stale = with_recorded(base, words, {spoken.key: Laid(changed, file)})
    assert stale.audio[spoken.key] == computer, "then what else there is"
    assert with_recorded(base, words, laid).audio[spoken.key] == file


async def test_on_a_web_page_others_are_heard_and_judged(
    tmp_path: Path, fonts: Fonts, programme: Programme, words: Catalogues
) -> None:
    async with open_site(SMALL, tmp_path, fonts) as site:
        staff_of = InDatabase(site.store)
        lea = await staff_of.person(Role.COUNSELLOR)
        deck = programme.modules["computer"].decks[0]
        said = mark_of(deck.cards[0], "en", words.say)
        card = VoiceSent("en", "computer", deck.id, deck.cards[0].id, said, "telegram", "F1")
        await staff_of.happens(lea, card)
        (one,) = await voices.take(site.store, staff_of.now, 60, 4)
        await voices.arrived(site.store, one, VOICE, 6, staff_of.now)
        reader = Reader(site.client)
        await reader.opens("/")
        await reader.taps("English")
        token = reader.url.split("/")[2].partition("?")[0]
        site.store.admins.append(site.store.vault.hash("web", token))
        await reader.types("record computer")
        assert "recorded on Telegram or WhatsApp" in reader.text
        await reader.types("record")
        await reader.taps("To hear")
        await reader.taps("A machine")
        found = re.search(r'href="(/chat/[^"]+/file/\d+)"', reader.page)
        assert found, reader.page
        answer = await site.client.get(found[1])
        assert await answer.read() == VOICE and answer.headers["Content-Type"] == "audio/ogg"
        await reader.taps("Yes, for learners")
        assert "Learners hear it" in reader.text
        assert [one.speaker for one in await site.store.ask(AllHeard())] == [lea]
