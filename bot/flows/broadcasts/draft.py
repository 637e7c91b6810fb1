"""The draft of a broadcast: a text for each language, a picture or a file.

What is typed on the draft's own screen is the text in the language that it asks for: twelve
languages are twelve texts, with no button between them. What is plainly in another script is not
taken for it.
"""

import unicodedata
from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, reads, receives, shows
from bot.conversation.screen import (
    BACK,
    LANGUAGES,
    MENU,
    MORE_LANGUAGES,
    Button,
    Screen,
    paged,
    ratio,
)
from bot.conversation.turn import Decision, Gone, Otherwise, Turn, World
from bot.conversation.update import Media as Seen
from bot.conversation.update import Sent
from bot.flows.broadcasts.actions import (
    Broadcast,
    BroadcastAudience,
    BroadcastCheck,
    BroadcastFile,
    BroadcastList,
    BroadcastText,
    BroadcastTexts,
    BroadcastTime,
    ClearBroadcast,
    CopyBroadcast,
    DropFile,
    DropText,
)
from bot.flows.broadcasts.common import draft_of, edited, when_words, who
from bot.model.broadcast import BroadcastById, Draft, Media, MediaKind, plain
from bot.model.words import Msg, Words, _, verbatim

TEXTS, DRAFT = _("✏ Texts: {count}"), _("📣 New broadcast")
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024


def wanted(draft: Draft, world: World) -> tuple[str, ...]:
    """The languages of those who are meant."""
    return draft.audience.languages or world.languages


def missing(draft: Draft, world: World) -> list[str]:
    return [language for language in wanted(draft, world) if language not in draft.texts]


def asked_for(turn: Turn) -> str | None:
    """The language whose text is typed on the draft's screen: the author's own first."""
    left = missing(draft_of(turn.learner), turn.world)
    return turn.learner.language if turn.learner.language in left else next(iter(left), None)


def left_out(draft: Draft, world: World) -> tuple[Words, ...]:
    languages = ", ".join(map(world.name_of, missing(draft, world)))
    return (
        (_("No text in: {languages}. Those learners get nothing.").of(languages=languages),)
        if languages
        else ()
    )


@shows(Broadcast)
def show_draft(_place: Broadcast, turn: Turn) -> Screen:
    draft = draft_of(turn.learner)
    lines: list[Words] = []
    asked = asked_for(turn)
    if asked:
        lines.append(
            _("Type the text in {language} now, or choose another language below.").of(
                language=turn.world.name_of(asked)
            )
        )
    if draft.media:
        lines.append(
            _("🖼 With a picture.") if draft.media.kind is MediaKind.PHOTO else _("📎 With a file.")
        )
    if draft.texts:
        lines += left_out(draft, turn.world)
    lines.append(_("Who: {who}").of(who=who(draft.audience, turn)))
    lines.append(_("When: {when}").of(when=when_words(draft)))
    meant = wanted(draft, turn.world)
    there = ratio(len(meant) - len(missing(draft, turn.world)), len(meant))
    ready = ((Button(_("▶ Check and send"), BroadcastCheck()),),) if draft.texts else ()
    return Screen(
        title=DRAFT,
        lines=tuple(lines),
        options=(
            Button(TEXTS.of(count=there), BroadcastTexts()),
            Button(_("🖼 Picture or file"), BroadcastFile()),
            Button(_("👥 Who gets it"), BroadcastAudience()),
            Button(_("⏰ When"), BroadcastTime()),
        ),
        rows=(
            *ready,
            (
                Button(_("🗑 Start anew"), ClearBroadcast()),
                Button(_("📣 Broadcasts"), BroadcastList()),
            ),
            (Button(MENU, Home()),),
        ),
        typing=_("Text of the broadcast") if asked else None,
    )


@shows(BroadcastTexts)
def show_texts(place: BroadcastTexts, turn: Turn) -> Screen:
    draft = draft_of(turn.learner)
    meant = wanted(draft, turn.world)
    page = paged(meant, place.page, LANGUAGES, BroadcastTexts, more=MORE_LANGUAGES)
    there = ratio(len(meant) - len(missing(draft, turn.world)), len(meant))
    return Screen(
        title=TEXTS.of(count=there),
        options=tuple(
            Button(
                Msg("{sign} {language}").of(
                    sign="✅" if x in draft.texts else "✏", language=turn.world.name_of(x)
                ),
                BroadcastText(x),
            )
            for x in page.items
        ),
        rows=((*page.row, Button(DRAFT, Broadcast())),),
    )


@does(ClearBroadcast)
def clear(_tap: ClearBroadcast, _turn: Turn) -> Decision:
    return edited(Draft())


@does(CopyBroadcast)
def copy(tap: CopyBroadcast, turn: Turn) -> Decision:
    """An old one as a new draft: its texts and for whom, not its day."""
    known = turn.ask(BroadcastById(tap.id))
    if known is None:
        return Decision((Went(BroadcastList()),))
    if turn.learner.broadcast and turn.learner.broadcast.texts:
        said = _("You are writing one already. Send it, or start anew, and then copy.")
        return Decision((Went(Broadcast()),), notes=(said,), fresh=True)
    return replace(
        edited(replace(known.draft.at(None, None), tested=False)),
        notes=(_("Copied as a new draft."),),
        fresh=True,
    )


@shows(BroadcastText)
def show_text(place: BroadcastText, turn: Turn) -> Screen:
    if place.language not in turn.world.languages:
        raise Gone
    text = draft_of(turn.learner).texts.get(place.language, "")
    remove = ((Button(_("🗑 No text in this language"), DropText(place.language)),),) if text else ()
    return Screen(
        title=_("✏ {language}").of(language=turn.world.name_of(place.language)),
        lines=(
            _("Type the text in this language. Bold, italic and links stay as you make them."),
            *((verbatim(plain(text)),) if text else ()),
        ),
        rows=(*remove, (Button(BACK, BroadcastTexts()),)),
        typing=_("Text of the broadcast"),
    )


@reads(BroadcastText, formatted=True)
def texted(place: BroadcastText, text: str, turn: Turn) -> Decision:
    draft = draft_of(turn.learner)
    limit = CAPTION_LIMIT if draft.media else TEXT_LIMIT
    if not plain(text).strip() or len(plain(text)) > limit:
        said = _(
            "This is too long: {number} letters at most. Please make it shorter and type it again."
        ).of(number=limit)
        return Decision(
            notes=(said if text.strip() else _("Please type your message."),), fresh=True
        )
    return replace(edited(replace(draft, texts={**draft.texts, place.language: text})), fresh=True)


@reads(Broadcast, formatted=True, commands=True)
def texted_here(_place: Broadcast, text: str, turn: Turn) -> Decision:
    """A text on the draft's own screen: that in the language which it asks for."""
    language = asked_for(turn)
    if language is None:
        said = _("Every language has its text. Tap the one that you want to change.")
        raise Otherwise(Decision((Went(BroadcastTexts()),), notes=(said,), fresh=True))
    name = turn.world.name_of(language)
    if _from_the_right(plain(text)) is (not _from_the_right(name)):
        said = _(
            "This does not look like {language}. Tap the language of your text, and type it there."
        ).of(language=name)
        return Decision(notes=(said,), fresh=True)
    decision = texted(BroadcastText(language), text, turn)
    return (
        replace(decision, notes=(_("✅ This is the text in {language}.").of(language=name),))
        if decision.events
        else decision
    )


def _from_the_right(text: str) -> bool | None:
    """Whether most letters of a text run from the right; None where it has none."""
    kinds = [unicodedata.bidirectional(letter) for letter in text if letter.isalpha()]
    return 2 * sum(kind in ("R", "AL") for kind in kinds) > len(kinds) if kinds else None


@does(DropText)
def drop_text(tap: DropText, turn: Turn) -> Decision:
    draft = draft_of(turn.learner)
    return edited(
        replace(
            draft,
            texts={
                language: text for language, text in draft.texts.items() if language != tap.language
            },
        )
    )


@shows(BroadcastFile)
def show_file(_place: BroadcastFile, turn: Turn) -> Screen:
    remove = (
        ((Button(_("🗑 Without picture or file"), DropFile()),),)
        if draft_of(turn.learner).media
        else ()
    )
    return Screen(
        title=_("🖼 Picture or file"),
        lines=(
            _("Send it here now. With a picture or a file the text may have {number} letters.").of(
                number=CAPTION_LIMIT
            ),
        ),
        rows=(*remove, (Button(BACK, Broadcast()),)),
    )


@receives(BroadcastFile)
def received(_place: BroadcastFile, sent: Sent, turn: Turn) -> Decision | None:
    """A picture or a file was sent where one is asked for."""
    if sent.media not in (Seen.PICTURE, Seen.FILE) or not sent.file:
        return None
    draft = draft_of(turn.learner)
    if any(len(plain(text)) > CAPTION_LIMIT for text in draft.texts.values()):
        said = _(
            "With a picture or a file the text may have {number} letters. Please shorten it first."
        ).of(number=CAPTION_LIMIT)
        return Decision((Went(Broadcast()),), notes=(said,), fresh=True)
    kind = MediaKind.PHOTO if sent.media is Seen.PICTURE else MediaKind.DOCUMENT
    media = Media(kind, sent.file, turn.moment.channel)
    return replace(edited(replace(draft, media=media)), fresh=True)


@does(DropFile)
def drop_file(_tap: DropFile, turn: Turn) -> Decision:
    return edited(replace(draft_of(turn.learner), media=None))
