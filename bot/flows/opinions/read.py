"""Staff read what learners say of a module, once five have."""

from bot.conversation.action import Back, Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, RETURN, Button, Screen, paged
from bot.conversation.turn import Turn
from bot.flows.opinions.actions import Opinions, OpinionsOf
from bot.flows.opinions.give import HELPED
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.opinion import OpinionCounts, OpinionsOn
from bot.model.words import Msg, Words, _, ngettext, quoted

PAGE, COMMENTS = 8, 4


@shows(Opinions)
def show_opinions(place: Opinions, turn: Turn) -> Screen:
    counts = turn.ask(OpinionCounts())
    modules = [m for m in turn.programme.offered.values() if m.id in counts]
    page = paged(modules, place.page, PAGE, Opinions)
    told = (
        _("What learners say at the end of a module, without who.")
        if modules
        else _("Nothing yet: a module is shown here once {number} people have answered.").of(
            number=FEWEST_IN_STATISTICS
        )
    )
    return Screen(
        title=_("💬 What learners say"),
        lines=(told,),
        options=tuple(
            Button(
                Msg("{title}: {count}").of(title=module.short, count=sum(counts[module.id])),
                OpinionsOf(module.id),
            )
            for module in page.items
        ),
        rows=(page.row, (Button(RETURN, Back()), Button(MENU, Home()))),
    )


@shows(OpinionsOf)
def show_opinions_of(place: OpinionsOf, turn: Turn) -> Screen:
    module = turn.module(place.module)
    found = turn.ask(OpinionsOn(module.id))
    page = paged(found.comments, place.page, COMMENTS, lambda to: OpinionsOf(module.id, to))
    figures: tuple[Words, ...] = tuple(
        Msg("{answer}: {count}").of(answer=HELPED[helped], count=count)
        for helped, count in sorted(enumerate(found.counts), reverse=True)
    )
    few = _("Fewer than {number} people have answered.").of(number=FEWEST_IN_STATISTICS)
    comments: tuple[Words, ...] = tuple(
        Msg("• {comment}").of(comment=quoted(" ".join(comment.split()))) for comment in page.items
    )
    told = ngettext("{count} comment:", "{count} comments:", len(found.comments))
    return Screen(
        title=Msg("💬 {title}").of(title=module.title),
        lines=(
            *(figures if sum(found.counts) else (few,)),
            *((told,) if comments else ()),
            *comments,
        ),
        rows=(page.row, (Button(BACK, Opinions()), Button(MENU, Home()))),
        category=turn.programme.category_of(module.id),
    )
