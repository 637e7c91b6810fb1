"""Counters and histograms say what happened in whole chats."""

import ast
import asyncio
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from bot.conversation.update import Typed, Update
from bot.outcome import Result
from db.batch import Batch
from tests.support.certificate_talk import asked_for_a_name
from tests.support.service import Service

Reading = Callable[..., float]


@pytest.fixture
def since() -> Reading:
    """How much a sample grew since the last time it was read here (or since the test began)."""
    before = {
        (s.name, *sorted(s.labels.items())): s.value
        for family in REGISTRY.collect()
        for s in family.samples
    }

    def grown(name: str, **labels: str) -> float:
        key = (f"pasito_{name}", *sorted(labels.items()))
        now = REGISTRY.get_sample_value(key[0], labels) or 0
        grown = now - before.get(key, 0)
        before[key] = now
        return grown

    return grown


async def test_a_chat_in_figures(service: Service, since: Reading) -> None:
    amina = service.fake.user(1001)
    await amina.starts("m-computer")
    await amina.expects(1)
    await amina.taps("▶ Start")
    await amina.expects(1)
    await service.telegram.conversations.drain()
    assert since("updates_total", channel="telegram", outcome="done") == 2
    assert since("update_commit_seconds_count", channel="telegram") == 2
    assert since("update_answer_seconds_count", channel="telegram") == 2
    assert 1 <= since("batch_updates_count") <= 2
    assert since("batch_updates_sum") == 2
    assert since("telegram_calls_total", method="sendMessage", result="sent") == 1
    assert since("telegram_calls_total", method="editMessageText", result="sent") == 1
    assert REGISTRY.get_sample_value("pasito_updates_waiting") == 0
    assert REGISTRY.get_sample_value("pasito_telegram_calls_waiting") == 0


async def test_what_telegram_refuses(service: Service, since: Reading) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects(1)
    service.fake.fail_next("sendMessage", 500)
    await amina.says("hello?")
    await amina.expects(1)
    assert since("telegram_calls_total", method="sendMessage", result="5xx") == 1
    service.fake.fail_next("sendMessage", 429, retry_after=1)
    await amina.says("hello?")
    await amina.expects(1)
    assert since("telegram_calls_total", method="sendMessage", result="429") == 1
    await amina.blocks()
    await service.fake.quiet(5)
    await service.telegram.converse(Update("telegram", "later", "1001", Typed("x")))
    assert since("telegram_calls_total", method="sendMessage", result="403") == 1


async def test_repeated_failed_and_unsaved_updates(
    service: Service, since: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = Update("telegram", "1", "1001", Typed("hello"))
    await service.dispatcher.handle(update)
    assert (await service.dispatcher.handle(update)).result is Result.REPEATED
    assert since("updates_total", channel="telegram", outcome="repeated") == 1

    async def broken(*_: object) -> None:
        raise RuntimeError

    async def gone(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(service.dispatcher, "_flow", broken)
        await service.dispatcher.handle(Update("telegram", "2", "1001", Typed("hello")))
    assert since("updates_total", channel="telegram", outcome="failed") == 1
    with monkeypatch.context() as patch:
        patch.setattr(Batch, "save", gone)
        with pytest.raises(ConnectionError):
            await service.dispatcher.handle(Update("telegram", "3", "1001", Typed("hello")))
    assert since("updates_total", channel="telegram", outcome="unsaved") == 1


async def test_a_certificate_in_figures(service: Service, since: Reading) -> None:
    amina = service.fake.user(1001)
    await asked_for_a_name(amina)
    await amina.says("Amina Diallo")
    await amina.expects(1)
    assert await service.store.outbox.waiting() == {}
    await amina.taps("do not keep")
    for _ in range(200):
        if amina.files:
            break
        await asyncio.sleep(0.05)
    assert since("certificate_seconds_count", kind="module") == 1
    assert since("telegram_calls_total", method="sendDocument", result="sent") >= 1
    assert since("certificate_seconds_sum", kind="module") > 0


LABELS = {
    "category",
    "channel",
    "charged",
    "code",
    "field",
    "kind",
    "method",
    "outcome",
    "reason",
    "result",
    "state",
    "status",
    "task",
    "what",
}
"""Words of a short list, never a person, a chat or a text: each value is a series for ever."""


def _declared() -> dict[str, tuple[str, set[str]]]:
    """Explanation and labels of each metric, by name, from the source: what was imported before
    this test does not count."""
    found = {}
    for file in Path("bot").rglob("metrics.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name("Counter" | "Gauge" | "Histogram"),
                    args=[ast.Constant(str(name)), ast.Constant(str(said)), *rest],
                ):
                    lists = [item for item in rest if isinstance(item, ast.List)]
                    labels = {text.value for item in lists for text in item.elts}
                    found[name] = said, labels
    return found


def test_names_say_their_units_and_labels_stay_few() -> None:
    declared = _declared()
    assert len(declared) >= 25 and all(said for said, _labels in declared.values())
    assert {name for name in declared if not name.startswith("pasito_")} == set()
    assert {*chain.from_iterable(labels for _said, labels in declared.values())} == LABELS
    exposed = {family.name for family in REGISTRY.collect()}
    assert "pasito_update_commit_seconds" in exposed and exposed & {*declared}
