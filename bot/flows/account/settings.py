"""Language, length of a sitting, another channel; help. Each returns to the very card the learner
came from.
"""

from bot.conversation import action as a
from bot.conversation.event import Event, Told, ToOtherConnections, Went, evolve_all
from bot.conversation.rights import Right, has
from bot.conversation.screen import Button, Link, Screen, ratio
from bot.conversation.turn import Decision, Moment, World
from bot.flows.account.connections import TITLE as CONNECTIONS
from bot.flows.account.connections import TOO_MANY_CODES
from bot.flows.account.events import (
    CONNECTED,
    CodeShown,
    Joined,
    LanguageChosen,
    MinutesChosen,
    WrongCode,
)
from bot.flows.certificates.claim import consequences
from bot.flows.learning.question import BACK, MENU, RETURN
from bot.flows.staff import help as staff_help
from bot.model.learner import Learner, day_of
from bot.model.message import note
from bot.model.words import Msg, Words, _, minutes, verbatim

HELLO = _("👣 Hello, I am Pasito.")
FREE = _(
    "With me you learn in small steps, for work and daily life. It is free. I do not ask who you "
    "are."
)
MINUTES = (5, 10, 15, 20)


def show_welcome(learner: Learner, place: a.Welcome, world: World, moment: Moment) -> Screen:
    """The very first screen, in the language of the client; every language is one tap away."""
    proposed = world.proposed(moment.language)
    order = (proposed, *(language for language in world.languages if language != proposed))
    return Screen(
        title=HELLO,
        lines=(FREE, _("Which language would you like?")),
        options=tuple(_language_button(world, language) for language in order),
    )


def show_languages(learner: Learner, place: a.Languages, world: World, moment: Moment) -> Screen:
    return Screen(
        title=_("🌐 Language"),
        lines=(_("You keep your place and your progress."),),
        options=tuple(_language_button(world, language) for language in world.languages),
        rows=((Button(RETURN, a.Back()),),),
    )


def _language_button(world: World, language: str) -> Button:
    """In words of that language: its name, and where not all lessons are in it, which language they
    are in."""
    others = [
        taught
        for module in world.programme.modules
        if (taught := world.taught_in(module, language)) != language
    ]
    label = world.name_of(language)
    if others:
        lessons = (
            _("lessons in {language}")
            if len(others) == len(world.programme.modules)
            else _("some lessons in {language}")
        )
        label += " · " + world.say(
            lessons.of(language=world.name_of(others[0], language)), language
        )
    return Button(verbatim(label), a.SpeakLanguage(language))


def speak(learner: Learner, tap: a.SpeakLanguage, world: World, moment: Moment) -> Decision:
    if tap.language not in world.languages:
        return Decision((Went(a.Languages()),))
    return Decision((LanguageChosen(tap.language), Went(learner.back())))


def show_settings(learner: Learner, place: a.Settings, world: World, moment: Moment) -> Screen:
    return Screen(
        title=_("⚙ Settings"),
        options=(
            Button(
                Msg("🌐 {word}: {value}").of(
                    word=_("Language"), value=world.name_of(learner.language or "en")
                ),
                a.Languages(),
            ),
            Button(_("⏱ One sitting: {time}").of(time=minutes(learner.minutes)), a.SessionLength()),
            Button(_("📱 Use another phone or messenger too"), a.Connect()),
            Button(CONNECTIONS, a.Connections()),
            Button(_("🔒 Privacy"), a.Privacy()),
            Button(_("📄 What is stored about me"), a.MyData()),
            Button(_("⏰ Reminders"), a.Reminders()),
            Button(_("🎯 Goal for a week"), a.Goal()),
            Button(_("🔕 No more messages"), a.Stopped()),
            Button(_("🗑 Delete everything"), a.Delete()),
        ),
        rows=((Button(RETURN, a.Back()), Button(MENU, a.Home())),),
    )


def show_session_length(
    learner: Learner, place: a.SessionLength, world: World, moment: Moment
) -> Screen:
    return Screen(
        title=_("⏱ How long do you want to learn in one sitting?"),
        lines=(_("After that time I propose a break. You decide."),),
        options=tuple(Button(minutes(m), a.SetMinutes(m)) for m in MINUTES),
        rows=((Button(RETURN, a.Back()),),),
    )


def set_minutes(learner: Learner, tap: a.SetMinutes, world: World, moment: Moment) -> Decision:
    if tap.minutes not in MINUTES:
        return Decision((Went(a.SessionLength()),))
    return Decision((MinutesChosen(tap.minutes), Went(a.Settings())))


def show_help(learner: Learner, place: a.Help, world: World, moment: Moment) -> Screen:
    """A short deck on using the service, from anywhere and back to the same card (seed 37). Staff
    read of their work first."""
    cards: tuple[tuple[Words, tuple[Words, ...]], ...] = tuple(
        (card.title, card.body) for card in world.programme.help.decks[0].cards
    )
    if has(learner, moment, Right.GROUPS):
        cards = (*staff_help.CARDS, *cards)
    index = min(place.card, len(cards) - 1)
    turn = [Button(BACK, a.Help(index - 1))] if index else []
    turn += [Button(_("Next ▶"), a.Help(index + 1))] if index + 1 < len(cards) else []
    where = Msg("❓ {where}").of(where=ratio(index + 1, len(cards)))
    return Screen(
        title=cards[index][0],
        lines=cards[index][1],
        rows=(tuple(turn), (Button(RETURN, a.Back()), Button(MENU, a.Home()))),
        notes=(where,),
    )


# --- one learner on several channels


def show_connect(learner: Learner, place: a.Connect, world: World, moment: Moment) -> Screen:
    lines: list[Words] = [
        _("You can learn on several phones, messengers or on the web, with one progress."),
    ]
    links: tuple[Link, ...] = ()
    if learner.code and learner.code.until > moment.now:
        shown = f"{learner.code.text[:3]} {learner.code.text[3:6]} {learner.code.text[6:]}"
        lines.append(_("Your code: {code}").of(code=shown))
        lines.append(
            _(
                "Open Pasito there and type this code. It works once, for 15 minutes. Show it to "
                "nobody else."
            )
        )
        links = tuple(
            Link(
                _("Open on {channel}").of(channel=name.capitalize()),
                link + f"link-{learner.code.text}",
            )
            for name, link in world.links.items()
            if name != moment.channel
        )
    else:
        lines.append(
            _("If you have a code from there, type it here. Or make a code here and type it there.")
        )
    return Screen(
        title=_("📱 Use another phone or messenger too"),
        lines=tuple(lines),
        rows=(
            *((link,) for link in links),
            (Button(_("Make a code"), a.NewCode()),),
            (Button(RETURN, a.Back()), Button(MENU, a.Home())),
        ),
        typing=_("Your code"),
    )


def new_code(learner: Learner, tap: a.NewCode, world: World, moment: Moment) -> Decision:
    return Decision((CodeShown(moment.spare_code), Went(a.Connect())))


NO_CODE = _(
    "This code is not valid, or not any more. Make a new one on your other phone or messenger."
)


def code_given(learner: Learner, code: str, world: World, moment: Moment) -> Decision:
    """A code of another channel was typed, or its link opened: by its maker, or by somebody whom a
    stranger sent it."""
    if not moment.may_guess:
        return Decision(notes=(TOO_MANY_CODES,), fresh=True)
    if moment.found is None:
        return Decision((WrongCode(),), notes=(NO_CODE,), fresh=True)
    if moment.found.id == learner.id:
        return Decision(
            notes=(_("This is your own code. Type it on your other phone or messenger."),),
            fresh=True,
        )
    speaks = () if learner.language else (LanguageChosen(world.proposed(moment.language)),)
    return Decision((*speaks, Went(a.ConnectSure(code))), fresh=True)


def show_connect_sure(
    learner: Learner, place: a.ConnectSure, world: World, moment: Moment
) -> Screen:
    """What joining means, before it happens: it cannot be taken back."""
    lines: list[Words] = [
        _(
            "With a yes both are one: whoever made this code then sees all that is yours, and can "
            "do all that you can."
        ),
        _(
            "Say yes only if that phone or page is yours, too. Nobody else needs it: no "
            "counsellor, no admin."
        ),
    ]
    if learner.role != "learner":
        lines.append(_("⚠ You are staff here. With a yes, your groups and rights go over, too."))
    if learner.groups:
        groups = ", ".join(membership.title for membership in learner.groups.values())
        lines.append(
            _("In these groups it is then seen what was learnt on both: {groups}").of(groups=groups)
        )
    return Screen(
        title=_("📱 Make the two one?"),
        lines=tuple(lines),
        options=(
            Button(_("No"), a.Home()),
            Button(_("Yes, both are mine"), a.JoinChannels(place.digits)),
        ),
    )


def join(learner: Learner, tap: a.JoinChannels, world: World, moment: Moment) -> Decision:
    """Both become one learner, and what both together completed is recorded. Only from the question
    itself."""
    other = moment.found
    if other is None:
        wrong = (WrongCode(),) if moment.may_guess else ()
        return Decision(
            (*wrong, Went(a.Home())), notes=(NO_CODE if wrong else TOO_MANY_CODES,), fresh=True
        )
    if other.id == learner.id or learner.at() != a.ConnectSure(tap.digits):
        return Decision((Went(a.Home()),), fresh=True)
    language = learner.language or other.language or world.proposed(moment.language)
    happened: tuple[Event, ...] = (Joined(other), LanguageChosen(language))
    after = evolve_all(learner, happened, moment.now)
    told = note(
        CONNECTED,
        connection=moment.here,
        channel=moment.channel,
        day=day_of(moment.now).isoformat(),
    )
    return Decision(
        (
            *happened,
            *consequences(after, world.programme, moment.now),
            Told(ToOtherConnections(), told),
            Went(a.Home()),
        ),
        notes=(_("Joined. Your progress is now the same on both."),),
        fresh=True,
    )
