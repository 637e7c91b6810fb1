"""STOP, START and commands, as people type them in every language."""

from dataclasses import replace

import pytest

from bot.conversation.action import Action, Home, encode
from bot.conversation.turn import World
from bot.conversation.typed_text import command
from bot.flows.account.actions import Help, Languages, SettingsMenu, Stopped
from bot.flows.account.events import Unmuted
from bot.flows.certificates.actions import Certificates
from bot.flows.learning.actions import LearningProgress
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from tests.support.typed import decision_on

STOPS = [
    *[
        "stop",
        "STOP",
        "Stop.",
        "/stop",
        "/stop@SomeBot",
        "stop all",
        "unsubscribe",
        "arrêter",
        "ARRÊT",
        "arret",
        "arreter",
    ],
    *[
        "إيقاف",
        "ايقاف",
        "توقف",
        "قف",
        "parar",
        "PARE",
        "durdur",
        "DUR",
        "стоп",
        "停止",
        "रुको",
        "stopp",
        "ايست",
    ],
]


@pytest.mark.parametrize("text", STOPS)
def test_stop_works_in_every_language(text: str, words: Catalogues) -> None:
    assert command(text, words.languages, words.say) == Stopped()
    assert text in ("arreter",) or command(text, ("en",), words.say) == Stopped()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("YARDIM", Help()),
        ("yardim", Help()),
        ("Yardım", Help()),
        ("القائمه", Home()),
        ("مساعده", Help()),
        ("Réglages", SettingsMenu()),
        ("REGLAGES", SettingsMenu()),
        ("definições", SettingsMenu()),
        ("setings", SettingsMenu()),
        ("certificats", Certificates()),
        ("certificat", Certificates()),
        ("progres", LearningProgress()),
        ("lan\u00adguage", Languages()),
        ("delet", None),
        ("stpo", None),
        ("sotp", None),
        ("I will stop here", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_a_command_as_people_type_it(text: str, found: Action | None, words: Catalogues) -> None:
    assert command(text, words.languages, words.say) == found


@pytest.mark.parametrize("text", ["/start", "start", "/START", " /start@pasito_bot"])
def test_start_typed_where_nothing_else_says_it_ends_stop(text: str, shipped_world: World) -> None:
    learner = Learner(1, language="en", place=encode(Stopped()), muted=True)
    assert Unmuted() in decision_on(learner, text, shipped_world).events
    assert Unmuted() not in decision_on(replace(learner, muted=False), text, shipped_world).events
    assert Unmuted() not in decision_on(learner, "menu", shipped_world).events
