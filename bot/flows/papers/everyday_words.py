"""What people type for an answer of a paper besides the words on its button. Pure."""

from collections.abc import Mapping

from bot.conversation.everyday import NO, YES
from bot.model.words import Words, _
from cards.entry import ENDLESS

LASTS: Mapping[str, tuple[int, int]] = {
    "under-1": (0, 11),
    "1-2": (12, 35),
    "3-5": (36, 71),
    "6-10": (72, 131),
    "over-10": (132, ENDLESS),
}
"""Months of each answer to "How long?"."""
# Translators: of each of these lists: what people from Syria, Iraq, Afghanistan, Turkey, Ukraine,
# Eritrea, Somalia or West Africa call such a school, also its certificate; separated by |. No word
# in two lists.
SCHOOL: Mapping[str, Words] = {
    "few-years": _("a few years of school|not finished|no school"),
    "primary": _("primary|elementary school|basic school"),
    "secondary": _("secondary|high school|middle school|a levels|baccalaureate|bac"),
    "vocational": _("apprenticeship|vocational school|technical school|trade school"),
    "university": _("college|bachelor|master|degree|licence|institute"),
    "learning": _("course|koran school|at home|self taught"),
}
# Translators: of each of these lists: how people say how well they speak a language; separated by
# |. No word in two lists, nor in that of "no".
LEVEL: Mapping[str, Words] = {
    "A1": _("a little|a bit|little|a little bit|some|some words|a few words|basic|basics|beginner"),
    "A2": _("so so|more or less|partly|half|medium|not so good|simple things"),
    "B1": _("good|well|quite good|quite well|not bad|most of it|intermediate"),
    "B2": _("fluent|fluently|freely|easily|advanced"),
    "C1": _("very good|very well|excellent|perfect|perfectly|like my own"),
    "not-yet": NO,
}
RECOGNISED: Mapping[str, Words] = {"yes": YES, "not-yet": NO}
