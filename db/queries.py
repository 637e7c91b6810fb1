"""What a flow asks of the store: query type -> the function that finds the answer. Each area of
`db` registers its own, and `db.areas` lists the areas."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.learner import Learner
from bot.model.query import Query
from db.vault import Vault

Q = TypeVar("Q", bound=Query[Any])
T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """What an answer is found with. `admins` are keyed hashes of the addresses that the settings
    name; `zone` is that of learners who told none; `fresher` are learners whom this transaction has
    changed and not written yet."""

    db: AsyncConnection
    vault: Vault
    admins: Sequence[bytes]
    zone: str
    now: int
    fresher: Mapping[int, Learner]


_ANSWERS: dict[type[Query[Any]], Callable[[Asked, Any], Awaitable[Any]]] = {}


def answers(
    query: type[Q],
) -> Callable[[Callable[[Asked, Q], Awaitable[T]]], Callable[[Asked, Q], Awaitable[T]]]:
    """Below it stands `(asked, query)`: it finds the answer."""

    def registered(
        find: Callable[[Asked, Q], Awaitable[T]],
    ) -> Callable[[Asked, Q], Awaitable[T]]:
        if query in _ANSWERS:
            raise ValueError(f"two answers to {query.__name__}")
        _ANSWERS[query] = find
        return find

    return registered


async def answer(asked: Asked, query: Query[Any]) -> Any:
    """Raises `KeyError` for a query that no area knows."""
    return await _ANSWERS[type(query)](asked, query)
