"""What a flow may ask of the store. The dispatcher finds it in the same transaction and calls the
flow again.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Query(Generic[T]):
    """Something a flow needs to know beyond its learner; `T` is the answer."""


@dataclass(frozen=True)
class Revoked(Query[bool]):
    """Whether an admin took the certificate with this number back."""

    serial: str
