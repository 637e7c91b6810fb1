"""The buttons and places about certificates."""

from bot.conversation.action import Action, Command, Place
from bot.model.certificate import Earned, PapersIn
from bot.model.roles import Right
from bot.model.words import _


class Certificates(
    Place,
    code="c",
    right=Right.ANYBODY,
    command=Command(
        "certificates", order=40, words=_("certificates|certificate"), menu=_("My certificates")
    ),
):
    page: int = 0


class CertificatePage(Place, code="cp", right=Right.ANYBODY):
    """One certificate, and what can be done with it."""

    kind: Earned
    subject: str


class AskName(Place, code="n", right=Right.ANYBODY):
    """The name for the certificate is asked."""


class AskLatin(Place, code="nl", right=Right.ANYBODY):
    """The name is asked in Latin letters, too."""


class AskKeep(Place, code="nk", right=Right.ANYBODY):
    """The name was given: keep it or not?"""


class Delivered(Place, code="dl", right=Right.ANYBODY):
    """The certificates are on their way."""


class PaperLanguage(Place, code="pf", right=Right.ANYBODY):
    """In which language the certificates are made: one's own, that of the country, or both."""


class MakePaperIn(Action, code="pn", right=Right.ANYBODY):
    """`which` is mine, country or both."""

    which: PapersIn


class Claim(Action, code="cl", right=Right.ANYBODY):
    """Receive the certificates that are owed."""


class Again(Action, code="ca", right=Right.ANYBODY):
    """Make a certificate again, up to date."""

    kind: Earned
    subject: str


class Respell(Action, code="cs", right=Right.ANYBODY):
    """Make a certificate again, with another spelling of the name."""

    kind: Earned
    subject: str


class WithMark(Action, code="cM", right=Right.ANYBODY):
    """Make the certificate of a module again, with the mark on it or without."""

    module: str
    shown: bool


class ProfileText(Place, code="cL", right=Right.ANYBODY):
    """What to write about a certificate into a profile, on LinkedIn or elsewhere."""

    kind: Earned
    subject: str


class Explain(Action, code="ax", right=Right.ANYBODY):
    """Send the annex that explains the project and the competences."""


class ProveTime(Action, code="cm", right=Right.ANYBODY):
    """The time that was learned so far, as a certificate: whenever it is asked for, up to date."""


class KeepName(Action, code="kn", right=Right.ANYBODY):
    keep: bool


class ForgetName(Action, code="fn", right=Right.ANYBODY): ...
