"""Where the dice of the random tests begin: in the suite always at the same places; `make chaos`
throws new ones, prints them, and takes those of a run that failed: `PASITO_CHAOS=17,4 make chaos`.
"""

import os
from collections.abc import Sequence

CHAOS = os.environ.get("PASITO_CHAOS", "")


def seeds(short: int) -> Sequence[int]:
    """So many in the suite; a test is named by its seed."""
    return [int(seed) for seed in CHAOS.split(",")] if CHAOS else range(1, short + 1)
