"""What is found in a file that somebody wrote: a sentence with file and line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

MOST = 200
"""Findings of one file, at most: more nobody reads."""


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and whether it fails the check. `language` is empty for the author's
    text."""

    path: str
    line: int
    message: str
    fails: bool = True
    language: str = ""

    def __str__(self) -> str:
        kind = "" if self.fails else "warning: "
        language = f"[{self.language}] " if self.language else ""
        return f"{self.path}:{self.line}: {language}{kind}{self.message}"


class DeckError(ValueError):
    """A file that cannot be used. Its text has a line `file:line: what to do` for each mistake."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


@dataclass
class Report:
    """Everything that is found while one file is read; reading goes on behind a mistake."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True
    """False once something was broken: what was read then is not what the author meant."""

    def odd(self, line: int, message: str) -> None:
        """Something to mend that leaves the rest of the file usable."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(self.path, line, message))
        elif len(self.findings) == MOST:
            self.findings.append(
                Finding(self.path, line, "and so on: mend what is named above first")
            )

    def advise(self, line: int, message: str) -> None:
        """Something to look at that stops nothing."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(self.path, line, message, fails=False))

    def broken(self, line: int, message: str) -> None:
        """Something that makes the file unusable."""
        self.odd(line, message)
        self.usable = False


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`: did you mean …?`, or nothing."""
    near = get_close_matches(word, list(known), n=1)
    return f": did you mean `{brief(near[0])}`?" if near else ""


def brief(text: str, most: int = 40) -> str:
    """Words of an author as a finding quotes them: one line, not long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else f"{line[:most]}…"
