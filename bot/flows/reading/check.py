"""Three texts in the language of the country, from easy to harder, and what they propose: lessons
in that language alone, in both, or in one's own (seed: Brulingua).

Nobody is tested, nothing is locked and nothing kept but the language that is chosen. After a text
that could not be read no harder one is shown.
"""

from bot.conversation.action import Back, Home
from bot.conversation.event import Event, Went
from bot.conversation.everyday import NO, PARTLY, YES
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, RETURN, Button, Screen, Way, ratio
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.account.actions import Languages
from bot.flows.account.events import LanguageChosen
from bot.flows.both_languages.events import AlsoChosen
from bot.flows.reading.actions import Lessons, ReadingPage, TakeLessons
from bot.flows.reading.offer import other_language
from bot.model.words import InLanguage, Msg, Words, _, verbatim

TITLE = _("📗 Could you read this?")
ANSWERS: tuple[tuple[Words, Words, int], ...] = (
    (_("Yes, easily"), YES, 2),
    (_("Some of it"), PARTLY, 1),
    (_("Not yet"), NO, 0),
)
"""What is answered, how people say it, and how much it speaks for the language of the text."""
NOT_YET = 3
ALONE, BOTH = 5, 2
"""From how much on lessons in that language alone, and in both, are proposed."""


def proposed(answers: tuple[int, ...]) -> Lessons:
    """What answers, counted from 1, speak for."""
    spoken = sum(ANSWERS[answer - 1][2] for answer in answers)
    return Lessons.COUNTRY if spoken >= ALONE else Lessons.BOTH if spoken >= BOTH else Lessons.OWN


def _language(turn: Turn) -> str:
    other = other_language(turn)
    if not other:
        raise Gone(instead=Languages())
    return other


@shows(ReadingPage)
def show_reading(place: ReadingPage, turn: Turn) -> Screen:
    language = _language(turn)
    passages = turn.programme.entry.passages[language]
    answers = tuple(a for a in place.answers if 0 < a <= len(ANSWERS))[: len(passages)]
    rows = ((_back(answers), Button(MENU, Home())),)
    if len(answers) == len(passages) or NOT_YET in answers:
        return _proposal(answers, language, rows, turn)
    passage, at = passages[len(answers)], len(answers) + 1
    name = turn.world.name_of(language, turn.language)
    first = _("Three short texts in {language}. This is no test, and nothing is kept of it.")
    text = (Msg("**{title}**").of(title=passage.title), verbatim(passage.text))
    return Screen(
        title=TITLE,
        lines=(
            *(() if answers else (first.of(language=name),)),
            *(InLanguage(line, language) for line in text),
        ),
        options=tuple(
            Button(label, ReadingPage((*answers, number)), also=(also,))
            for number, (label, also, _points) in enumerate(ANSWERS, 1)
        ),
        rows=rows,
        way=Way(verbatim(ratio(at, len(passages))), TITLE, at, (True,) * len(passages)),
    )


def _back(answers: tuple[int, ...]) -> Button:
    return Button(BACK, ReadingPage(answers[:-1])) if answers else Button(RETURN, Back())


def _proposal(
    answers: tuple[int, ...], language: str, rows: tuple[tuple[Button, ...], ...], turn: Turn
) -> Screen:
    """All three, what is proposed first."""
    other, own = (turn.world.name_of(of, turn.language) for of in (language, turn.language))
    told: dict[Lessons, Words] = {
        Lessons.COUNTRY: _("You read {other} well. I propose lessons in it.").of(other=other),
        Lessons.BOTH: _(
            "You read some {other} already. I propose both: {other}, and your language below it."
        ).of(other=other),
        Lessons.OWN: _("{other} can wait. I propose lessons in your language.").of(other=other),
    }
    labels: dict[Lessons, Words] = {
        Lessons.COUNTRY: _("Only {language}").of(language=other),
        Lessons.BOTH: _("Both languages"),
        Lessons.OWN: _("Only {language}").of(language=own),
    }
    first = proposed(answers)
    return Screen(
        title=TITLE,
        lines=(
            told[first],
            _("Take this, or another one. You can change it at any time; nothing is locked."),
        ),
        options=tuple(
            Button(
                Msg("{sign} {title}").of(sign="⭐", title=label) if how is first else label,
                TakeLessons(how),
            )
            for how, label in sorted(labels.items(), key=lambda each: each[0] is not first)
        ),
        rows=rows,
    )


@does(TakeLessons)
def take_lessons(tap: TakeLessons, turn: Turn) -> Decision:
    """In the language of the country alone, the chat is in it, too: where that can be changed again
    is said in the one that they surely read."""
    language = _language(turn)
    events: dict[Lessons, tuple[Event, ...]] = {
        Lessons.COUNTRY: (LanguageChosen(language), AlsoChosen("")),
        Lessons.BOTH: (AlsoChosen(language),),
        Lessons.OWN: (AlsoChosen(""),),
    }
    done = _("✅ Lessons come like this from now on. You can change it in the settings.")
    return Decision((*events[tap.how], Went(turn.left)), notes=(InLanguage(done, turn.language),))
