"""Who may do what."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody may do. Everybody learns; a counsellor keeps groups; an admin also names staff
    and broadcasts."""

    LEARNER = "learner"
    COUNSELLOR = "counsellor"
    ADMIN = "admin"


class Right(StrEnum):
    """What an action asks of whoever does it."""

    ANYBODY = "anybody"
    GROUPS = "groups"
    """That a group is one's own is checked where it is looked up (`bot.flows.groups.common.own`).
    """
    BROADCASTS = "broadcasts"
    STAFF = "staff"
    RECORD = "record"
    """Reading cards aloud for learners, and hearing what others read."""
    WITHDRAW = "withdraw"
    """Declaring a certificate void."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEARNER: frozenset({Right.ANYBODY}),
    Role.COUNSELLOR: frozenset({Right.ANYBODY, Right.GROUPS, Right.RECORD}),
    Role.ADMIN: frozenset(Right),
}
