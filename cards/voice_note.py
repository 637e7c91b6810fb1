"""A voice note that somebody sent -> a recording: one stream of Opus in Ogg, one channel, without
anything that the app or the phone wrote beside the voice.

Formats: RFC 3533 (pages of Ogg, their checksum), RFC 7845 (Opus in them: a page with the
head, pages with tags, pages with the voice). The pages are written
anew, so bytes before, between and behind them, padding and tags do not come along.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cards.recording import CARD_BYTES, CARD_SECONDS, NotOpus, opus_length

MOST_BYTES = 4 * CARD_BYTES
"""Of a whole file, with all that is beside the voice: no more is looked through."""
_HEAD_BYTES = 19
_FIXED = 27
"""Bytes of a page before the lengths of its segments."""
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_TAGS = b"OpusTags" + (0).to_bytes(4, "little") + (0).to_bytes(4, "little")
"""No name of a program, no comment."""


class TooLong(ValueError):
    """Says how much it is, and how much may be: `seconds` or `kilobytes`, the other one is 0."""

    def __init__(self, seconds: int = 0, kilobytes: int = 0) -> None:
        super().__init__(f"{seconds} s, {kilobytes} KB")
        self.seconds, self.kilobytes = seconds, kilobytes


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept of a voice note."""

    content: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class _Page:
    flags: int
    position: int
    serial: int
    lengths: bytes
    body: bytes

    def written(self, number: int) -> bytes:
        """Its bytes as page `number` of the stream, with the checksum that belongs to them."""
        head = b"OggS\0" + bytes([self.flags])
        head += self.position.to_bytes(8, "little", signed=True)
        head += self.serial.to_bytes(4, "little") + number.to_bytes(4, "little")
        rest = bytes([len(self.lengths)]) + self.lengths + self.body
        checksum = _checksum(head + bytes(4) + rest)
        return head + checksum.to_bytes(4, "little") + rest


def cleaned(content: bytes) -> Note:
    """Raises `NotOpus`, and `TooLong` for what no card may have."""
    if len(content) > MOST_BYTES:
        raise TooLong(kilobytes=-(-len(content) // 1000))
    pages = list(_pages(content))
    if len(pages) < 3 or not pages[0].flags & _FIRST or not pages[0].body.startswith(b"OpusHead"):
        raise NotOpus("what is in it is not Opus")
    if len({page.serial for page in pages}) > 1:
        raise NotOpus("more than one stream is in it")
    voice = pages[_end_of_tags(pages) :]
    if not voice:
        raise NotOpus("nothing is in it")
    kilobytes = -(-sum(len(page.body) for page in voice) // 1000)
    if kilobytes * 1000 > CARD_BYTES:
        raise TooLong(kilobytes=kilobytes)
    head = pages[0].body[:16] + bytes(3)  # as loud as it is, and one stream
    if len(pages[0].body) < _HEAD_BYTES:
        raise NotOpus("what is in it is not Opus")
    first = replace(pages[0], flags=_FIRST, lengths=bytes([_HEAD_BYTES]), body=head)
    tags = replace(pages[0], flags=0, position=0, lengths=bytes([len(_TAGS)]), body=_TAGS)
    kept = [first, tags, *_counted(voice)]
    written = b"".join(page.written(number) for number, page in enumerate(kept))
    seconds = opus_length(written, written)
    if seconds > CARD_SECONDS:
        raise TooLong(seconds=int(-(-seconds // 1)))
    return Note(written, seconds)


def _pages(content: bytes) -> Iterator[_Page]:
    """Page by page; what stands between two and is none is passed over."""
    at = content.find(b"OggS")
    if at < 0:
        raise NotOpus("it is no Ogg file")
    while 0 <= at <= len(content) - _FIXED:
        lengths = content[at + _FIXED : at + _FIXED + content[at + 26]]
        begin = at + _FIXED + len(lengths)
        end = begin + sum(lengths)
        if len(lengths) < content[at + 26] or end > len(content) or content[at + 4]:
            raise NotOpus("its end is missing")
        yield _Page(
            flags=content[at + 5] & (_CONTINUED | _FIRST | _LAST),
            position=int.from_bytes(content[at + 6 : at + 14], "little", signed=True),
            serial=int.from_bytes(content[at + 14 : at + 18], "little"),
            lengths=lengths,
            body=content[begin:end],
        )
        at = content.find(b"OggS", end)


def _end_of_tags(pages: list[_Page]) -> int:
    """The first page of the voice. The tags end a page, and may take several."""
    if not pages[1].body.startswith(b"OpusTags"):
        raise NotOpus("what is in it is not Opus")
    for number, page in enumerate(pages[1:], 2):
        if any(length < 255 for length in page.lengths):
            return number
    raise NotOpus("nothing is in it")


def _counted(voice: list[_Page]) -> Iterator[_Page]:
    """The same voice, with the positions that it has: what a file states of its length is believed
    for the last packet alone, which may be cut short, and its end is the end."""
    now, begun = 0, b""
    for number, page in enumerate(voice):
        before, ended, at = now, False, 0
        for length in page.lengths:
            begun += page.body[at : at + min(length, 2)] if len(begun) < 2 else b""
            at += length
            if length < 255:
                before, now, begun, ended = now, now + _samples(begun), b"", True
        last = number == len(voice) - 1
        cut = last and before < page.position < now
        yield replace(
            page,
            flags=page.flags & _CONTINUED | (_LAST if last else 0),
            position=page.position if cut else now if ended else -1,
        )


def _samples(begin: bytes) -> int:
    """How many a packet has that begins so (RFC 6716, section 3.1), at 48,000 a second."""
    if not begin:
        return 0
    config, code = begin[0] >> 3, begin[0] & 3
    if config < 12:
        frame = (480, 960, 1920, 2880)[config & 3]
    elif config < 16:
        frame = (480, 960)[config & 1]
    else:
        frame = (120, 240, 480, 960)[config & 3]
    if code < 3:
        return frame * (1 if code == 0 else 2)
    return frame * (begin[1] & 63 if len(begin) > 1 else 0)


def _row(byte: int) -> int:
    value = byte << 24
    for _bit in range(8):
        value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
    return value & 0xFFFFFFFF


_ROWS = tuple(map(_row, range(256)))


def _checksum(page: bytes) -> int:
    """The CRC of RFC 3533: polynomial 04c11db7, from the highest bit, nothing turned around."""
    value = 0
    for byte in page:
        value = ((value << 8) & 0xFFFFFFFF) ^ _ROWS[(value >> 24) ^ byte]
    return value
