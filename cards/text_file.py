"""A text file as editors save it: line ends, byte order marks, foreign encodings, signs that nobody
sees.
"""

import codecs
import re
import stat
from pathlib import Path

from cards.finding import Report

MAX_BYTES = 200_000
"""Twenty times the longest file that ships; what is longer is something else."""
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BREAKS = "\x85\u2028\u2029"
_UNSEEN = re.compile(f"[{_BREAKS}\ufeff]|[^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?= |$)", re.MULTILINE)


def read_text(path: Path, report: Report) -> str | None:
    r"""The text with `\n` between its lines. None, with a finding, where the file holds no text
    that can be used."""
    try:
        data = _bytes(path, report)
    except OSError as error:
        nowhere = path.is_symlink() and isinstance(error, FileNotFoundError)
        reason = (
            "it is a link that leads nowhere" if nowhere else error.strerror or type(error).__name__
        )
        report.broken(1, f"this file cannot be read: {reason}")
        return None
    text = None if data is None else _decoded(data, report)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<<<<<<<" in text and (marks := list(_CONFLICT.finditer(text))):
        for mark in marks:
            if mark[0] != "=======":
                line = text.count("\n", 0, mark.start()) + 1
                report.broken(line, f"a merge left `{mark[0]}` here: keep one of the two versions")
        return None
    return _seen(text, report)


def _bytes(path: Path, report: Report) -> bytes | None:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        report.broken(
            1,
            "this is a folder, not a file"
            if stat.S_ISDIR(mode)
            else "this is not a file with text",
        )
        return None
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        report.broken(1, f"this file is too long: {MAX_BYTES:,} bytes are allowed")
        return None
    return data


def _decoded(data: bytes, report: Report) -> str | None:
    if data.startswith(_WIDE) or data[:200].count(b"\0") > len(data[:200]) // 4:
        report.broken(1, "this file is saved as UTF-16 or is no text: save it again as UTF-8")
        return None
    while data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        report.broken(
            before.count(b"\n") + 1,
            "this file is not UTF-8, see the letters of this line: save it again as UTF-8",
        )
        return None


def _seen(text: str, report: Report) -> str:
    """The text without signs that nobody sees; the first of each line is named."""
    if not _UNSEEN.search(text) and "\ufffd" not in text:
        return text
    for number, line in enumerate(text.split("\n"), 1):
        if found := _UNSEEN.search(line):
            report.odd(number, f"an invisible sign (U+{ord(found[0]):04X}) stands here: delete it")
        if "\ufffd" in line:
            report.odd(number, "� stands in the place of a letter that was lost: write it again")
    return _UNSEEN.sub(lambda sign: " " if sign[0] in _BREAKS else "", text)
