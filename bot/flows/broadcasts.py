"""Broadcasts: write in every language, choose who gets it, look at it, send it, watch it. For admins."""

from dataclasses import replace

from bot import action as a
from bot import events as e
from bot.broadcast import AllBroadcasts, Audience, BroadcastById, Counts, Draft, DryRun, Guarantee, Media, Progress, State, plain
from bot.flows.decision import Decision, Moment, World
from bot.flows.question import BACK, MENU
from bot.group import FEWEST_IN_STATISTICS, AdminsBesides, AllGroups, GroupById, is_sensitive, note
from bot.learner import Learner
from bot.screen import Button, Msg, Screen, Words, _, ngettext, ratio, verbatim
from bot.update import Media as Sent

PAGE = 8
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
HOURS = (9, 12, 15, 18)
STATES: dict[State, Words] = {
    State.APPROVAL: _("waits for a second admin"),
    State.WAITING: _("begins in a moment"),
    State.SENDING: _("is being sent"),
    State.PAUSED: _("paused"),
    State.DONE: _("done"),
    State.CANCELLED: _("cancelled"),
}
REACHED: dict[str, Words] = {"begun": _("begun, not finished"), "done": _("finished"), "not-begun": _("not begun")}


PREVIEW = _("👁 Show me how it looks")
TWICE, NOTHING = _("If a machine fails, a few may get it twice."), _("If a machine fails, a few may get nothing. They are listed.")


def _draft(learner: Learner) -> Draft:
    return learner.broadcast or Draft()


def _edited(draft: Draft, to: a.Place | None = None) -> Decision:
    return Decision((e.BroadcastDrafted(draft), e.Went(to or a.Broadcast())))


# --- the list


def show_broadcasts(learner: Learner, place: a.Broadcasts, world: World, moment: Moment) -> Screen:
    known = moment.ask(AllBroadcasts())
    page = min(place.page, max(0, (len(known) - 1) // PAGE))
    back = [Button(BACK, a.Broadcasts(page - 1))] if page else []
    more = [Button(_("More ▶"), a.Broadcasts(page + 1))] if (page + 1) * PAGE < len(known) else []
    return Screen(
        title=_("📣 Broadcasts"),
        lines=() if known else (_("None in the last thirty days."),),
        options=tuple(Button(_title(p), a.BroadcastView(p.id)) for p in known[page * PAGE : (page + 1) * PAGE]),
        rows=((*back, *more), (Button(_("✏ Write one"), a.Broadcast()), Button(MENU, a.Home()))),
    )


def _title(progress: Progress) -> Words:
    text = next(iter(progress.draft.texts.values()), "")
    return Msg("{text} · {state}").of(text=_beginning(text, 30), state=STATES[progress.state])


def _beginning(text: str, most: int) -> str:
    line = " ".join(plain(text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


# --- writing


def show_draft(learner: Learner, place: a.Broadcast, world: World, moment: Moment) -> Screen:
    draft = _draft(learner)
    wanted = draft.audience.languages or world.languages
    missing = [world.name_of(language) for language in wanted if language not in draft.texts]
    lines: list[Words] = []
    if draft.media:
        lines.append(_("🖼 With a picture.") if draft.media.kind == "photo" else _("📎 With a file."))
    if draft.texts and missing:
        lines.append(_("No text in: {languages}. Those learners get nothing.").of(languages=", ".join(missing)))
    lines.append(_("Who: {who}").of(who=_who(draft.audience, world, moment)))
    lines.append(_("When: {when}").of(when=_when(draft.hour)))
    options = [
        Button(Msg("{sign} {language}").of(sign="✅" if x in draft.texts else "✏", language=world.name_of(x)), a.BroadcastText(x))
        for x in wanted
    ]
    options.append(Button(_("🖼 Picture or file"), a.BroadcastFile()))
    options.append(Button(_("👥 Who gets it"), a.BroadcastAudience()))
    options.append(Button(_("⏰ When"), a.BroadcastTime()))
    ready = ((Button(_("▶ Check and send"), a.BroadcastCheck()),),) if draft.texts else ()
    return Screen(
        title=_("📣 New broadcast"),
        lines=tuple(lines),
        options=tuple(options),
        rows=(
            *ready,
            (Button(_("🗑 Start anew"), a.ClearBroadcast()), Button(_("📣 Broadcasts"), a.Broadcasts())),
            (Button(MENU, a.Home()),),
        ),
    )


def _who(audience: Audience, world: World, moment: Moment) -> Words:
    parts: list[Words] = []
    if audience.languages:
        parts.append(verbatim(", ".join(map(world.name_of, audience.languages))))
    if audience.group is not None:
        group = moment.ask(GroupById(audience.group))
        parts.append(verbatim(group.title) if group else _("a group that is closed"))
    if audience.module and audience.state and audience.module in world.programme.modules:
        title = world.programme.modules[audience.module].short
        parts.append(Msg("{title}: {state}").of(title=title, state=REACHED[audience.state]))
    if audience.channel:
        parts.append(verbatim(audience.channel.capitalize()))
    if not parts:
        return _("everybody")
    joined = parts[0]
    for part in parts[1:]:
        joined = Msg("{first} · {second}").of(first=joined, second=part)
    return joined


def _when(hour: int | None) -> Words:
    return (
        _("now (where it is night: in the morning)") if hour is None else _("at {time} where the learner is").of(time=f"{hour}:00")
    )


def clear(learner: Learner, tap: a.ClearBroadcast, world: World, moment: Moment) -> Decision:
    return _edited(Draft())


def show_text(learner: Learner, place: a.BroadcastText, world: World, moment: Moment) -> Screen | None:
    if place.language not in world.languages:
        return None
    text = _draft(learner).texts.get(place.language, "")
    remove = ((Button(_("🗑 No text in this language"), a.DropText(place.language)),),) if text else ()
    return Screen(
        title=_("✏ {language}").of(language=world.name_of(place.language)),
        lines=(
            _("Type the text in this language. Bold, italic and links stay as you make them."),
            *((verbatim(plain(text)),) if text else ()),
        ),
        rows=(*remove, (Button(BACK, a.Broadcast()),)),
        typing=_("Text of the broadcast"),
    )


def texted(learner: Learner, place: a.BroadcastText, text: str, world: World, moment: Moment) -> Decision:
    draft = _draft(learner)
    limit = CAPTION_LIMIT if draft.media else TEXT_LIMIT
    if not plain(text).strip() or len(plain(text)) > limit:
        said = _("This is too long: {number} letters at most. Please make it shorter and type it again.").of(number=limit)
        return Decision(notes=(said if text.strip() else _("Please type your message."),), fresh=True)
    return replace(_edited(replace(draft, texts={**draft.texts, place.language: text})), fresh=True)


def drop_text(learner: Learner, tap: a.DropText, world: World, moment: Moment) -> Decision:
    draft = _draft(learner)
    return _edited(replace(draft, texts={language: text for language, text in draft.texts.items() if language != tap.language}))


def show_file(learner: Learner, place: a.BroadcastFile, world: World, moment: Moment) -> Screen:
    remove = ((Button(_("🗑 Without picture or file"), a.DropFile()),),) if _draft(learner).media else ()
    return Screen(
        title=_("🖼 Picture or file"),
        lines=(_("Send it here now. With a picture or a file the text may have {number} letters.").of(number=CAPTION_LIMIT),),
        rows=(*remove, (Button(BACK, a.Broadcast()),)),
    )


def received(learner: Learner, sent: Sent, file: str, world: World, moment: Moment) -> Decision:
    """A picture or a file was sent where one is asked for."""
    draft = _draft(learner)
    if any(len(plain(text)) > CAPTION_LIMIT for text in draft.texts.values()):
        said = _("With a picture or a file the text may have {number} letters. Please shorten it first.").of(number=CAPTION_LIMIT)
        return Decision((e.Went(a.Broadcast()),), notes=(said,), fresh=True)
    media = Media("photo" if sent is Sent.PICTURE else "document", file)
    return replace(_edited(replace(draft, media=media)), fresh=True)


def drop_file(learner: Learner, tap: a.DropFile, world: World, moment: Moment) -> Decision:
    return _edited(replace(_draft(learner), media=None))


# --- who and when


def show_audience(learner: Learner, place: a.BroadcastAudience, world: World, moment: Moment) -> Screen:
    audience = _draft(learner).audience

    def tick(on: bool, label: Words, field: str, value: str) -> Button:
        return Button(Msg("{sign} {label}").of(sign="☑" if on else "☐", label=label), a.SetAudience(field, value))

    options = [tick(audience == Audience(), _("Everybody"), "all", "")]
    options += [tick(x in audience.languages, verbatim(world.name_of(x)), "language", x) for x in world.languages]
    channels = [channel for channel in world.links if channel != "web"]
    if len(channels) > 1:
        options += [tick(audience.channel == c, verbatim(c.capitalize()), "channel", c) for c in channels]
    return Screen(
        title=_("👥 Who gets it"),
        lines=(_("All of what you tick has to apply."), _("Who: {who}").of(who=_who(audience, world, moment))),
        options=tuple(options),
        rows=(
            (Button(_("By a group"), a.AudienceGroup()), Button(_("By a module"), a.AudienceModule())),
            (Button(BACK, a.Broadcast()),),
        ),
    )


def show_audience_group(learner: Learner, place: a.AudienceGroup, world: World, moment: Moment) -> Screen:
    """The groups of all counsellors: a broadcast is the admins' word to learners, not the counsellor's."""
    groups = moment.ask(AllGroups())
    chosen = _draft(learner).audience.group
    page = min(place.page, max(0, (len(groups) - 1) // PAGE))
    back = [Button(BACK, a.AudienceGroup(page - 1))] if page else []
    more = [Button(_("More ▶"), a.AudienceGroup(page + 1))] if (page + 1) * PAGE < len(groups) else []
    label = Msg("{sign} {title} · {organisation}")
    return Screen(
        title=_("By a group"),
        lines=() if groups else (_("There is no group yet."),),
        options=tuple(
            Button(
                label.of(sign="☑" if g.id == chosen else "☐", title=g.title, organisation=g.organisation),
                a.SetAudience("group", str(g.id)),
            )
            for g in groups[page * PAGE : (page + 1) * PAGE]
        ),
        rows=((*back, *more), (Button(_("👥 Who gets it"), a.BroadcastAudience()),)),
    )


def show_audience_module(learner: Learner, place: a.AudienceModule, world: World, moment: Moment) -> Screen:
    modules = [m for m in world.programme.modules.values() if _may_be_asked(m.id, world)]
    if place.module in {m.id for m in modules}:
        return Screen(
            title=world.programme.modules[place.module].short,
            options=tuple(Button(label, a.SetAudience(state, place.module)) for state, label in REACHED.items()),
            rows=((Button(BACK, a.AudienceModule()),),),
        )
    page = min(place.page, max(0, (len(modules) - 1) // PAGE))
    back = [Button(BACK, a.AudienceModule("", page - 1))] if page else []
    more = [Button(_("More ▶"), a.AudienceModule("", page + 1))] if (page + 1) * PAGE < len(modules) else []
    return Screen(
        title=_("By a module"),
        options=tuple(Button(m.short, a.AudienceModule(m.id)) for m in modules[page * PAGE : (page + 1) * PAGE]),
        rows=((*back, *more), (Button(_("👥 Who gets it"), a.BroadcastAudience()),)),
    )


def set_audience(learner: Learner, tap: a.SetAudience, world: World, moment: Moment) -> Decision:
    draft = _draft(learner)
    changed = _audience(draft.audience, tap.field, tap.value, world)
    return _edited(replace(draft, audience=changed), a.BroadcastAudience())


def _audience(audience: Audience, field: str, value: str, world: World) -> Audience:
    match field:
        case "all":
            return Audience()
        case "language" if value in world.languages:
            chosen = set(audience.languages) ^ {value}
            return replace(audience, languages=tuple(x for x in world.languages if x in chosen))
        case "group" if value.isascii() and value.isdigit():
            return replace(audience, group=None if audience.group == int(value) else int(value))
        case "channel" if value in world.links:
            return replace(audience, channel=None if audience.channel == value else value)
        case "begun" | "done" | "not-begun" if _may_be_asked(value, world):
            return replace(audience, module=value, state=field)
        case _:
            return audience


def _may_be_asked(module: str, world: World) -> bool:
    """Nobody learns who took a sensitive module, not by counting either (product.md, Privacy 5)."""
    known = world.programme.modules.get(module)
    return known is not None and not is_sensitive(known, world.programme)


def show_time(learner: Learner, place: a.BroadcastTime, world: World, moment: Moment) -> Screen:
    return Screen(
        title=_("⏰ When"),
        lines=(_("Nobody is disturbed between 20 and 9 o'clock where they are."),),
        options=(Button(_when(None), a.SetTime(0)), *(Button(_when(hour), a.SetTime(hour)) for hour in HOURS)),
        rows=((Button(BACK, a.Broadcast()),),),
    )


def set_time(learner: Learner, tap: a.SetTime, world: World, moment: Moment) -> Decision:
    return _edited(replace(_draft(learner), hour=tap.hour if tap.hour in HOURS else None))


# --- checking and sending


def show_check(learner: Learner, place: a.BroadcastCheck, world: World, moment: Moment) -> Screen | None:
    draft = _draft(learner)
    if not draft.texts:
        return None
    counts = moment.ask(DryRun(draft.audience, tuple(sorted(draft.texts))))
    surely = draft.guarantee is Guarantee.AT_LEAST_ONCE
    return Screen(
        title=_("📣 Check and send"),
        lines=(
            _will_get(draft.audience, counts.will_get),
            *_not_reached(draft, counts),
            _("Languages: {languages}").of(languages=", ".join(map(world.name_of, draft.texts))),
            _("When: {when}").of(when=_when(draft.hour)),
            TWICE if surely else NOTHING,
        ),
        options=(
            Button(PREVIEW, a.PreviewBroadcast(0)),
            Button(_("Never send twice") if surely else _("Rather twice than not at all"), a.SetGuarantee(not surely)),
        ),
        rows=((Button(_("📣 Send it"), a.StartBroadcast()),), (Button(BACK, a.Broadcast()), Button(MENU, a.Home()))),
    )


FEW: Words = _("Fewer than 5 people will get it, or nobody.")
"""Of a part of the learners there are no smaller figures (product.md, Privacy 6)."""


def _will_get(audience: Audience, count: int) -> Words:
    if audience != Audience() and count < FEWEST_IN_STATISTICS:
        return FEW
    return ngettext("{count} person will get it.", "{count} people will get it.", count)


def _figure(audience: Audience, number: int) -> str:
    return f"<{FEWEST_IN_STATISTICS}" if audience != Audience() and number < FEWEST_IN_STATISTICS else str(number)


def _not_reached(draft: Draft, counts: Counts) -> tuple[Words, ...]:
    why = (
        (counts.night if draft.hour is None else 0, _("… of them in the morning, it is night there: {number}")),
        (counts.blocked, _("Not: blocked the bot: {number}")),
        (counts.stopped, _("Not: want no messages: {number}")),
        (counts.no_language, _("Not: no text in their language: {number}")),
        (counts.no_channel, _("Not: only on the web page, where nothing can be sent: {number}")),
    )
    return tuple(words.of(number=_figure(draft.audience, number)) for number, words in why if number)


def set_guarantee(learner: Learner, tap: a.SetGuarantee, world: World, moment: Moment) -> Decision:
    guarantee = Guarantee.AT_LEAST_ONCE if tap.at_least_once else Guarantee.AT_MOST_ONCE
    return _edited(replace(_draft(learner), guarantee=guarantee), a.BroadcastCheck())


def preview(learner: Learner, tap: a.PreviewBroadcast, world: World, moment: Moment) -> Decision:
    """Every text as learners will see it: of the draft, or of a broadcast that somebody else wrote."""
    known = moment.ask(BroadcastById(tap.id)) if tap.id else None
    draft = known.draft if known else _draft(learner)
    media = {"media": draft.media.kind, "file": draft.media.file_id} if draft.media else {}
    letters = (note("announcement", language=language, text=text, **media) for language, text in draft.texts.items())
    onward: a.Place = a.BroadcastView(tap.id) if tap.id else a.BroadcastCheck()
    return Decision((*(map(e.PreviewOrdered, letters) if known or not tap.id else ()), e.Went(onward)), fresh=True)


def start(learner: Learner, tap: a.StartBroadcast, world: World, moment: Moment) -> Decision:
    """Once: the draft is gone with it, so a second tap finds nothing to send."""
    draft = learner.broadcast
    if not draft or not draft.texts:
        return Decision((e.Went(a.Broadcasts()),), toast=_("It is on its way already."))
    if learner.at() != a.BroadcastCheck():  # an old button: this draft was not checked
        return Decision((e.Went(a.BroadcastCheck()),), fresh=True)
    if world.two_admins and not moment.ask(AdminsBesides(learner.id)):
        return Decision(notes=(_("A second admin has to agree, and there is none yet. Name one with “staff”."),), fresh=True)
    id = int(moment.spare_code)
    begun = e.BroadcastBegun(id, draft, world.two_admins)
    ask = (_second_asked(learner, id, draft),) if world.two_admins else ()
    said = _("A second admin has to agree. They got a message.") if world.two_admins else _("📣 It begins.")
    return Decision((begun, *ask, e.BroadcastDrafted(None), e.Went(a.BroadcastView(id))), notes=(said,), fresh=True)


def _second_asked(learner: Learner, id: int, draft: Draft) -> e.AdminsTold:
    text = plain(next(iter(draft.texts.values())))[:300]
    return e.AdminsTold(note("approval", broadcast=id, name=learner.staff_name or "…", text=text))


def show_view(learner: Learner, place: a.BroadcastView, world: World, moment: Moment) -> Screen | None:
    """Changes by itself while it is on the screen."""
    progress = moment.ask(BroadcastById(place.id))
    if progress is None:
        return None
    draft = progress.draft
    lines: list[Words] = [STATES[progress.state]]
    if progress.state is State.APPROVAL:
        lines.append(_("Languages: {languages}").of(languages=", ".join(map(world.name_of, draft.texts))))
        lines.append(_("Who: {who}").of(who=_who(draft.audience, world, moment)))
        lines.append(_("When: {when}").of(when=_when(draft.hour)))
        lines.append(TWICE if draft.guarantee is Guarantee.AT_LEAST_ONCE else NOTHING)
    if progress.total and draft.audience != Audience() and progress.total < FEWEST_IN_STATISTICS:
        lines.append(FEW)
    elif progress.total:
        lines.append(_("✅ sent: {number}").of(number=ratio(progress.sent, progress.total)))
    shown = (
        (progress.failed, _("⚠ failed: {number}")),
        (progress.unknown, _("❔ unknown: {number}")),
        (progress.skipped, _("🔕 left out: {number}")),
    )
    lines += [words.of(number=_figure(draft.audience, number)) for number, words in shown if number]
    if progress.state is State.SENDING and progress.rate:
        lines.append(_("⏱ {rate} a second, {minutes} left").of(rate=f"{progress.rate:.0f}", minutes=_minutes_left(progress)))
    return Screen(
        title=_("📣 {text}").of(text=_beginning(next(iter(progress.draft.texts.values()), ""), 60)),
        lines=tuple(lines),
        options=tuple(Button(label, a.Steer(progress.id, what)) for what, label in _steering(progress, learner)),
        rows=(
            (Button(PREVIEW, a.PreviewBroadcast(progress.id)),),
            (Button(_("📣 Broadcasts"), a.Broadcasts()), Button(MENU, a.Home())),
        ),
    )


def _minutes_left(progress: Progress) -> Words:
    return ngettext("{count} minute", "{count} minutes", max(1, round((progress.seconds_left or 0) / 60)))


def listed(progress: Progress) -> bool:
    """Whether there is a list of who did not get it: not of so few of a part of the learners that they could be told apart."""
    number = progress.failed + progress.unknown
    return number >= (1 if progress.draft.audience == Audience() else FEWEST_IN_STATISTICS)


def _steering(progress: Progress, learner: Learner) -> list[tuple[str, Words]]:
    match progress.state:
        case State.APPROVAL if progress.author != learner.id:
            return [("approve", _("✅ I agree: send it")), ("cancel", _("No, cancel it"))]
        case State.APPROVAL:
            return [("cancel", _("Cancel it"))]
        case State.WAITING | State.SENDING:
            return [("pause", _("⏸ Pause")), ("cancel", _("⏹ Cancel the rest"))]
        case State.PAUSED:
            return [("resume", _("▶ Go on sending")), ("cancel", _("⏹ Cancel the rest"))]
        case _:
            return [("list", _("📊 List of who did not get it (CSV)"))] if listed(progress) else []


def steer(learner: Learner, tap: a.Steer, world: World, moment: Moment) -> Decision:
    progress = moment.ask(BroadcastById(tap.id))
    if progress is None or tap.what not in dict(_steering(progress, learner)):
        return Decision((e.Went(a.BroadcastView(tap.id)),))
    went = e.Went(a.BroadcastView(tap.id))
    if tap.what == "list":
        return Decision((e.PaperOrdered("failures", str(tap.id), learner.language or "en"), went), fresh=True)
    return Decision((e.BroadcastSteered(tap.id, tap.what), went))
