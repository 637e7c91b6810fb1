"""How hard the words of a module are on the scale of the Common European Framework of Reference for
Languages (Companion Volume 2020), as its author estimates it: `cefr: A2`.

A1.1 is the step of the French reference levels below A1. What is stated is of the text that the
author wrote: a translation is another text.
"""

from enum import StrEnum


class Cefr(StrEnum):
    """From the easiest on."""

    A1_1 = "A1.1"
    A1 = "A1"
    A2 = "A2"
    A2_PLUS = "A2+"
    B1 = "B1"
    B1_PLUS = "B1+"
    B2 = "B2"
    B2_PLUS = "B2+"
    C1 = "C1"
    C2 = "C2"
