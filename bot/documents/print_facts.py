"""Programme and group -> the plain facts of what is printed for them, in one language. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from math import ceil
from unicodedata import category

from bot.i18n.catalogues import Catalogues
from bot.model.channel import is_app, label_of
from bot.model.group import Group
from bot.model.levels import LEVELS
from bot.model.words import Msg, Words
from cards import model
from cards.kinds import kind_of
from cards.mixing import mixed
from cards.question import Question
from cards.scenes import Story
from cards.selftest import SelfTest
from certificates import prints

_NEVER_FIRST = re.compile(r"(?<=«) | (?=[:;!?»])")
"""A space at which no line ends."""


def poster_facts(
    group: Group,
    programme: model.Programme,
    words: Catalogues,
    links: Sequence[tuple[str, str]],
    made: date,
) -> prints.PosterFacts:
    """The invitation to a group in its language. `links` are channel and join address
    (`bot.model.channel.invite_links`); the code leads to the messenger where there is one, to the
    page where there is none, or where several have to be chosen from."""
    pages, apps = dict(links), [link for link in links if is_app(link[0])]
    if "web" not in pages:
        apps = apps[:1]
    url = apps[0][1] if len(apps) == 1 else pages["web"]
    return prints.PosterFacts(
        language=group.language,
        title=_plain(group.title),
        organisation=_plain(group.organisation),
        project=_plain(words.say(programme.title, group.language)),
        url=url,
        made=made,
        apps=tuple(label_of(channel) for channel, _url in apps),
        web=pages.get("web", ""),
    )


def module_facts(
    module: model.Module,
    programme: model.Programme,
    words: Catalogues,
    language: str,
    *,
    start: str,
    made: date,
) -> prints.ModuleFacts:
    """A module as handout, card sheet or workshop sheet. `start` is a start link without its
    payload (`World.links`).

    The paper is in the one language the module is taught in for somebody who reads `language`.
    """
    language = words.taught_in(module.id, language)

    def say(text: Words) -> str:
        return _plain(words.say(text, language))

    def idea(card: model.Card | None) -> prints.Idea | None:
        return prints.Idea(say(card.title), tuple(map(say, card.body))) if card else None

    def question(asked: Question) -> prints.Question:
        kind, order = kind_of(asked), mixed(asked, "0")
        options: list[Words] = [option.pair or option.text for option in asked.options]
        if not kind.worded:  # they are messages of the interface
            options = [Msg(option.text.source) for option in asked.options]
        shown = tuple(say(options[i]) for i in order)
        paired = any(option.pair for option in asked.options)
        return prints.Question(
            say(asked.text),
            tuple(say(option.text) for option in asked.options) if paired else shown,
            tuple(order.index(i) for i in asked.right),
            say(asked.reason),
            shown if paired else (),
            kind.on_paper,
            kind.between,
            kind.one,
        )

    def deck(sitting: model.Deck) -> prints.Deck:
        roles = {card.role: card for card in sitting.cards}
        return prints.Deck(
            title=say(sitting.title),
            aim=say(sitting.aim) if sitting.aim else "",
            minutes=ceil(sitting.seconds / 60),
            ideas=tuple(
                prints.Idea(say(card.title), tuple(map(say, card.body)))
                for card in sitting.cards
                if card.role is model.Role.IDEA
            ),
            questions=tuple(map(question, sitting.questions)),
            memo=idea(roles.get(model.Role.MEMO)),
            task=idea(roles.get(model.Role.TASK)),
        )

    def story(told: Story) -> prints.Story:
        number = {scene.id: place for place, scene in enumerate(told.scenes, 1)}
        return prints.Story(
            say(told.title),
            say(told.aim) if told.aim else "",
            tuple(
                prints.Scene(
                    say(scene.title),
                    tuple(map(say, scene.body)),
                    tuple(
                        prints.Way(
                            _sentence(say(way.label)),
                            number[way.to],
                            say(way.notice) if way.notice else "",
                        )
                        for way in scene.ways
                    ),
                )
                for scene in told.scenes
            ),
        )

    def selftest(test: SelfTest) -> prints.SelfTest:
        place = {result.id: n for n, result in enumerate(test.results)}
        return prints.SelfTest(
            say(test.title),
            say(test.aim) if test.aim else "",
            tuple(map(say, test.scale)),
            tuple((say(each.text), place[each.result]) for each in test.statements),
            tuple(prints.Idea(say(r.title), tuple(map(say, r.body))) for r in test.results),
        )

    theme, task = programme.category_of(module.id), module.practice
    return prints.ModuleFacts(
        language=language,
        title=say(module.title),
        description=say(module.description),
        project=say(programme.title),
        category=say(theme.title) if theme else "",
        organisation=module.trainer or "",
        objectives=tuple(map(say, module.objectives)),
        decks=tuple(map(deck, module.decks)),
        glossary=tuple(prints.Word(say(word.term), say(word.meaning)) for word in module.glossary),
        url=f"{start}m-{module.id}",
        made=made,
        practice=prints.Practice(
            say(task.title), task.minutes, tuple(map(say, task.steps)), say(task.result)
        )
        if task
        else None,
        stories=tuple(map(story, module.stories)),
        selftests=tuple(map(selftest, module.selftests)),
        level=say(LEVELS[module.level]),
    )


def _sentence(text: str) -> str:
    """With an end, so that another sentence can follow."""
    return text if text[-1:] in tuple(".!?…؟。") else f"{text}."


_KEYS = frozenset("⇧⇪⌘⌥⌦⌫⏎⏻⏼⏽⏾")
"""Signs on keys and buttons that a card speaks of: papers print them, unlike other symbols."""


def _plain(text: str) -> str:
    """Without what only a screen shows: marks of bold type, emoji and their modifiers. A French
    colon stays with its word."""
    plain = text.replace("**", "").replace("\ufe0f", "")
    kept = "".join(char for char in plain if char in _KEYS or category(char) not in ("So", "Sk"))
    return _NEVER_FIRST.sub("\u00a0", kept.strip())
