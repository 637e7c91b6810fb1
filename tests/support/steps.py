"""How a broadcast goes from state to state."""

from collections.abc import Mapping

from bot.model.broadcast import State

STEPS: Mapping[str, tuple[tuple[State, ...], State]] = {
    "approve": ((State.APPROVAL,), State.WAITING),
    "pause": ((State.WAITING, State.SENDING), State.PAUSED),
    "resume": ((State.PAUSED,), State.WAITING),
    "cancel": ((State.APPROVAL, State.WAITING, State.SENDING, State.PAUSED), State.CANCELLED),
}
"""What can be done to a broadcast in which states, and the state then."""
