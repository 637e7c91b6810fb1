"""The mark of a module, on the papers of those who ask for it (seed 28)."""

from certificates.labels import Labels


def mark_note(mark: int, labels: Labels) -> str:
    """The mark in per cent, and why it is there."""
    _ = labels.text
    return _(
        "{mark} % of the questions right at the first answer. It stands here because the learner "
        "asked for it.",
        mark=str(mark),
    )
