"""Where things of the tests lie, a world around any programme, a clock that is set."""

from functools import cache, partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.conversation.turn import World
from bot.documents.certificate import serial_of
from bot.documents.issue import Issuer, proof
from bot.documents.name_check import checker, unprintable
from bot.i18n.catalogues import Catalogues, name_of
from bot.i18n.places import ATLAS
from cards.model import Programme
from cards.occupations import read_work
from cards.reader import read_programme
from certificates import Fonts, KeyRing
from db.placements import link_of
from db.vault import Vault

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
SMALL = TESTS / "programme"
WORK = read_work().work


@cache
def taught(root: Path) -> tuple[Programme, Catalogues]:
    """The programme of this folder, which no test writes into, and its words: read once."""
    programme = read_programme(root).programme
    return programme, Catalogues(programme)


@cache
def every_font() -> Fonts:
    return Fonts()


def world_of(programme: Programme, words: Catalogues, fonts: Fonts) -> World:
    return World(
        programme=programme,
        languages=words.languages,
        say=words.say,
        taught_in=words.taught_in,
        proposed=words.proposed,
        name_of=name_of,
        checked_name=checker(fonts),
        serial=Vault(b"a secret for tests only").serial,
        serial_of=partial(serial_of, issuer_of(fonts).keys),
        proof=partial(proof, issuer_of(fonts), words),
        two_admins=False,
        explains=programme.annex is not None,
        links={"web": "http://w/?start="},
        work=WORK,
        paper_languages=words.complete(WORK.texts()),
        atlas=ATLAS,
        unprintable=unprintable(fonts),
        placement_link=partial(
            link_of, Vault(b"a secret for tests only"), "https://pasito.example"
        ),
    )


def issuer_of(fonts: Fonts) -> Issuer:
    return Issuer(
        fonts, KeyRing([Ed25519PrivateKey.from_private_bytes(bytes(32))]), "https://pasito.example"
    )


class Clock:
    """A clock that is set by hand. Starts on a Tuesday morning."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now
