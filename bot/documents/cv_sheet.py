"""The questions of a CV in two languages, for a counsellor and a learner at one table. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.conversation.screen import MORE
from bot.i18n.catalogues import Catalogues
from bot.model.papers import MOST_TASKS
from bot.model.words import Words, _
from cards.occupations import Work
from certificates.prints.cv_sheet import Asked, SheetFacts
from certificates.prints.profile import Pair, Part

ON_A_SCREEN, ALL_ON_ONE = 5, 6
"""Options have the numbers that they have in the chat: five on a screen, or six on one."""
EMPTY, ARROWS = Pair("", ""), " ▶◀"


def sheet_facts(
    mine: str, theirs: str, words: Catalogues, work: Work, project: str, made: date
) -> SheetFacts:
    return _Sheet(mine, theirs, words, work).facts(project, made)


class _Sheet:
    def __init__(self, mine: str, theirs: str, words: Catalogues, work: Work) -> None:
        self._mine, self._theirs, self._words, self._work = mine, theirs, words, work

    def facts(self, project: str, made: date) -> SheetFacts:
        return SheetFacts(
            mine=self._mine,
            theirs=self._theirs,
            title=self._said(_("CV: twelve questions")),
            hint=self._said(
                _(
                    "Mark a number, or write. Leave out what you do not want to say. The numbers "
                    "are those in the chat; where they begin again, it is after “More”."
                )
            ),
            made=made,
            parts=tuple(
                Part(self._numbered(number, title), lines)
                for number, (title, lines) in enumerate(self._questions(), 1)
            ),
            foot=project,
        )

    def _questions(self) -> Iterator[tuple[Words, tuple[Pair, ...]]]:
        list_ = self._list
        sectors: list[Words] = [
            self._work.word(f"sector {id}") for id in self._work.list("sectors")
        ]
        yield _("What work do you look for?"), (*self._options(sectors, len(sectors)), EMPTY)
        which, where = self._asked(_("Which job was it?")), self._asked(_("In which country?"))
        kinds = self._options([*self._words_of("kinds"), _("No work yet")])
        yield _("Work until now"), (*kinds, which, EMPTY, where, EMPTY)
        yield _("How long?"), list_("how_long")
        several = _("Choose up to {number}. You can type several: 1 3 4.").of(number=MOST_TASKS)
        yield _("What did you do there?"), (self._said(several), EMPTY, EMPTY)
        yield _("Another job?"), self._options([_("Yes, another job"), _("No")])
        recognised = self._asked(_("Is the paper of it recognised here?"))
        yield _("School"), (*list_("school"), recognised, *list_("recognised"))
        another = self._asked(_("Another language: which?"))
        yield _("Your first language"), (EMPTY, another, EMPTY, *list_("levels"))
        abroad = self._asked(_("Are they from another country?"))
        yield _("Licences and cards"), (*list_("licences"), abroad)
        yield _("When can you work?"), (*list_("when"), self._asked(_("From which day?")), EMPTY)
        yield _("Courses that you finished here"), (EMPTY,)
        latin = self._asked(_("Your name in Latin letters"))
        yield _("Your name, as on the paper"), (EMPTY, latin, EMPTY)
        mail, town = self._asked(_("E-mail")), self._asked(_("Town"))
        yield _("How can an employer reach you? Phone"), (EMPTY, mail, EMPTY, town, EMPTY)

    def _words_of(self, name: str) -> list[Words]:
        return [self._work.word(f"list {name} {id}") for id in self._work.list(name)]

    def _list(self, name: str) -> tuple[Pair, ...]:
        return self._options(self._words_of(name))

    def _options(self, options: Sequence[Words], size: int = 0) -> tuple[Pair, ...]:
        fits = len(options) <= ALL_ON_ONE
        size = size or (ALL_ON_ONE if fits else ON_A_SCREEN)
        return tuple(self._paged(options, size))

    def _paged(self, options: Sequence[Words], size: int) -> Iterator[Pair]:
        for place, said in enumerate(options):
            if place and place % size == 0:
                more = self._said(MORE)
                yield Pair(f"… {more.mine.strip(ARROWS)}", f"… {more.theirs.strip(ARROWS)}")
            yield self._numbered(place % size + 1, said)

    def _numbered(self, number: int, words: Words) -> Pair:
        said = self._said(words)
        return Pair(f"{number}. {said.mine}", f"{number}. {said.theirs}")

    def _asked(self, words: Words) -> Asked:
        said = self._said(words)
        return Asked(said.mine, said.theirs)

    def _said(self, words: Words) -> Pair:
        say = self._words.say
        return Pair(say(words, self._mine), say(words, self._theirs))
