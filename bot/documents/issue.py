"""From the facts of a certificate to what is handed over: the signed address, the badge, the file,
the organisation's seal.

All of it is CPU work without a clock or a network: it belongs in a thread.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

import certificates as paper
from bot.documents.certificate import NothingToCertify, facts
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Certificate
from bot.model.learner import Learner
from cards.model import Programme

LINKEDIN = "https://www.linkedin.com/profile/add"


@dataclass(frozen=True)
class Issuer:
    """`public_url` is where certificates are checked; `seal` is there where the organisation signs
    its files (PAdES)."""

    fonts: paper.Fonts
    keys: paper.KeyRing
    public_url: str
    seal: paper.Seal | None = None
    look: paper.Look = paper.PLAIN

    def signed(self, facts: paper.Facts) -> paper.Facts:
        """The facts with the address that proves them."""
        return replace(
            facts,
            verify_url=paper.verify_url(self.public_url, self.keys.sign(paper.Statement.of(facts))),
        )

    def pdf(self, facts: paper.Facts) -> bytes:
        """Raises `certificates.MissingGlyphs`, and `certificates.CannotSign` for a seal that does
        not work."""
        badge = paper.credential(facts, self.keys, self.public_url).encode()
        attached = paper.Attachment(paper.BADGE_NAME, badge, "application/jwt", "Open Badges 3.0")
        content = paper.render(facts, self.fonts, self.look, [attached])
        return self.seal.sign(content) if self.seal else content


@dataclass(frozen=True)
class _Kept:
    """As it was ordered, with the name that is kept."""

    kind: str
    subject: str
    name: str
    language: str
    serial: str


def proof(
    issuer: Issuer,
    words: Catalogues,
    learner: Learner,
    programme: Programme,
    earned: Certificate,
    language: str,
) -> str:
    """The address that proves a certificate as it would be made now; empty where no name is kept,
    or the programme no longer has its subject."""
    if not learner.name:
        return ""
    kept = _Kept(earned.kind, earned.subject, learner.name, language, earned.serial)
    try:
        return issuer.signed(facts(learner, programme, words, kept)).verify_url or ""
    except NothingToCertify:
        return ""


def linkedin(facts: paper.Facts) -> str:
    """The address that opens LinkedIn's "add licence or certification" with everything filled
    in."""
    return f"{LINKEDIN}?" + urlencode(
        {
            "startTask": "CERTIFICATION_NAME",
            "name": facts.title,
            "organizationName": facts.project,
            "issueYear": facts.issued.year,
            "issueMonth": facts.issued.month,
            "certUrl": facts.verify_url or "",
            "certId": facts.serial,
        }
    )
