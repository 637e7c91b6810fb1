"""What `/help` says to staff, before what it says to everybody."""

from bot.model.words import Words, _

CARDS: tuple[tuple[Words, tuple[Words, ...]], ...] = (
    (
        _("👥 Your groups"),
        (
            _("Type /newgroup to make a group. Share its link, or print the poster."),
            _("You see how far people are and who may need a word. You never see their answers."),
        ),
    ),
    (
        _("☀ Today"),
        (
            _("Type /today: who may need a call in all your groups, and why."),
            _("One tap and a yes send a friendly word to all who are stuck."),
        ),
    ),
    (
        _("✉ Questions and messages"),
        (
            _("Type right under a question to answer it. You see the name before it goes."),
            _("You can write to one person, or to all of a group."),
        ),
    ),
    (
        _("📅 Meetings, paper, lists"),
        (
            _(
                "Choose the day of a meeting, or type day, hour and place. All are reminded the "
                "day before."
            ),
            _("“Print, lists” has the poster, papers for a lesson, and the list for Excel."),
        ),
    ),
)
