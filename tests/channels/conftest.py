"""A messenger and a clock that tests set: nothing sleeps."""

import pytest

from tests.support.pace import World


@pytest.fixture
async def paced() -> World:
    return World()
