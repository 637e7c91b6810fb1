"""A card in the language of the country with one's own below it, each in its own direction.

A module that is not whole in the other language comes in one's own alone: never half and half.
Without a language of the country any other that is offered can be read besides one's own.
"""

from bot.conversation.action import Back, Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import LANGUAGES, MENU, RETURN, Button, Screen, paged
from bot.conversation.turn import Decision, Turn
from bot.flows.account.actions import SettingsMenu
from bot.flows.both_languages.actions import BothLanguages, MoreToReadAlso, ReadAlso
from bot.flows.both_languages.events import AlsoChosen
from bot.model.words import InLanguage, Msg, Words, _, verbatim

Pair = tuple[str, ...]
"""The language above and the one below; empty for somebody who reads one."""


def pair_of(module: str, turn: Turn) -> Pair:
    """The two languages in which somebody reads a module."""
    other, own = turn.learner.also, turn.world.taught_in(module, turn.language)
    return (other, own) if _has(module, other, turn) and other != own else ()


def _has(module: str, language: str, turn: Turn) -> bool:
    offered = language in turn.world.languages
    return offered and turn.world.taught_in(module, language) == language


def above(words: Words, pair: Pair) -> Words:
    """In the first of the two; as it is for somebody who reads one."""
    return _in(words, pair[0]) if pair else words


def below(title: Words, body: tuple[Words, ...], pair: Pair) -> tuple[Words, ...]:
    """The same once more in the second, its title bold."""
    if not pair:
        return ()
    return twice((Msg("**{title}**").of(title=title), *body), pair[1:])


def twice(lines: tuple[Words, ...], pair: Pair) -> tuple[Words, ...]:
    """Lines in the first, then in the second."""
    return tuple(_in(line, language) for language in pair for line in lines) if pair else lines


def side_by_side(words: Words, pair: Pair) -> Words:
    """Both in one line."""
    if not pair:
        return words
    return Msg("{a} · {b}").of(a=_in(words, pair[0]), b=_in(words, pair[1]))


def _in(words: Words, language: str) -> Words:
    return words if isinstance(words, InLanguage) else InLanguage(words, language)


def switch(module: str, pair: Pair, turn: Turn) -> tuple[Button, ...]:
    """On a card that is read in this pair: the other language, too, or not any more."""
    if pair:
        own = turn.world.name_of(pair[1])
        return (Button(_("🌐 Only {language}").of(language=own), ReadAlso("")),)
    country = turn.world.country
    if turn.world.taught_in(module, turn.language) == country or not _has(module, country, turn):
        return ()
    name = turn.world.name_of(country)
    return (Button(_("🌐 {language} too").of(language=name), ReadAlso(country)),)


def others(turn: Turn) -> tuple[str, ...]:
    """What can be read besides one's own: the language of the country first."""
    country = turn.world.country
    offered = sorted(turn.world.languages, key=lambda language: language != country)
    return tuple(language for language in offered if language != turn.language)


def in_settings(turn: Turn) -> tuple[Button, ...]:
    """Nothing where there is one language."""
    if not others(turn):
        return ()
    value = _chosen(turn)
    return (Button(_("📑 Cards in two languages: {value}").of(value=value), BothLanguages()),)


def _chosen(turn: Turn) -> Words | str:
    also = turn.learner.also
    return turn.world.name_of(also) if also in others(turn) else _("off")


@shows(BothLanguages)
def show_both_languages(_place: BothLanguages, turn: Turn) -> Screen:
    return _choice(0, turn)


@shows(MoreToReadAlso)
def show_more_to_read_also(place: MoreToReadAlso, turn: Turn) -> Screen:
    return _choice(place.page, turn)


def _choice(number: int, turn: Turn) -> Screen:
    """One's own alone is the first choice, so that it needs no second page."""
    page = paged(
        ("", *others(turn)),
        number,
        LANGUAGES,
        lambda to: MoreToReadAlso(to) if to else BothLanguages(),
    )
    return Screen(
        title=_("📑 Cards in two languages"),
        lines=(
            _(
                "Which language would you like to read above yours? A lesson that is not in it "
                "comes in your language alone."
            ),
            _("Now: {value}").of(value=_chosen(turn)),
        ),
        options=tuple(
            Button(
                verbatim(turn.world.name_of(other)) if other else _("Only my language"),
                ReadAlso(other),
            )
            for other in page.items
        ),
        rows=((*page.row, Button(RETURN, Back()), Button(MENU, Home())),),
    )


@does(ReadAlso)
def read_also(tap: ReadAlso, turn: Turn) -> Decision:
    """On a card it stays there, in the other form."""
    if tap.language and tap.language not in others(turn):
        return Decision((Went(BothLanguages()),))
    chosen = AlsoChosen(tap.language)
    if isinstance(turn.place, BothLanguages | MoreToReadAlso):
        return Decision((chosen, Went(SettingsMenu())))
    return Decision((chosen,))
