"""A voice note becomes a recording: the voice alone, or a word on why not."""

from base64 import b64decode

import pytest

from cards.recording import CARD_BYTES, NotOpus, opus_length
from cards.voice_note import TooLong, cleaned
from tests.support.recordings import voice_note

REAL = b64decode(
    """
    T2dnUwACAAAAAAAAAAA0TNtcAAAAANszcZ8BE09wdXNIZWFkAQE4ASJWAAAAAABPZ2dTAAAAAAAAAAAAADRM21wBAAAA
    tsyrPAGfT3B1c1RhZ3MfAAAAbGlib3B1cyAxLjMuMSwgbGlib3B1c2VuYyAwLjIuMQIAAAAjAAAARU5DT0RFUj1vcHVz
    ZW5jIGZyb20gb3B1cy10b29scyAwLjJFAAAARU5DT0RFUl9PUFRJT05TPS0tYml0cmF0ZSA2IC0tZnJhbWVzaXplIDYw
    IC0tcGFkZGluZyAwIC0tZG93bm1peC1tb25vT2dnUwAEgHYAAAAAAAA0TNtcAgAAABxkrhMLLjAwJiIeGxoRDgoY4IDG
    sKk1x+hflEfS3A84KGiEJyZqS0udoYC+/HADazHJ2mfqoZifAKtVXEnAGO0DyAYbeXzfLNiZ3RtxgN56xdmvDWgJoXE0
    /86TBMXbgQJewwRSJCaN7ywTkiBUGO8qtIVm+Qi9EHbMS3zQhxLYm+8BlgnlCqcu77bktgzklCIIA+2l8/qo95nY1J+y
    GO8wpLmCfGR5ykt2PeVonJk1GC23R2aztALzU1qJzHbC2jonEoAYhS+HW3+vxhyEjY9m+b69firphzJEnc7h+IyTZ98f
    SzXAGA+xpUl8DUQYaT7mKNO86IlgBCKQQeeba+LIRInYGAXHwnEka4kuRk4AiZj32wM+X3bWYd9x8CKAGAIpmNzqvr+H
    fEsbKnw4nXVcwTkasOPMniAYAimZI6qHkgB5V5D/HKhqmBgCKyzDjNgL1wW2vRDSEARWWYdejhc53A==
    """
)
"""Of opusenc, a word of a third of a second."""


def test_of_a_real_one_every_page_stays_but_that_of_the_tags() -> None:
    note = cleaned(REAL)
    kept, given = note.content.split(b"OggS")[1:], REAL.split(b"OggS")[1:]
    assert len(kept) == len(given) and b"ENCODER" in REAL and b"ENCODER" not in note.content
    assert kept[0] == given[0] and kept[2:] == given[2:], "also the checksums that opusenc wrote"
    assert 0.2 < note.seconds < 1 and cleaned(note.content).content == note.content


@pytest.mark.parametrize("comment", ["ARTIST=Amina Haddad", "PICTURE=" + "x" * 150_000])
def test_what_the_phone_wrote_beside_the_voice_does_not_come_along(comment: str) -> None:
    given = b"before" + voice_note(12, 40, comment) + b"behind, Amina Haddad"
    note = cleaned(given)
    assert b"Amina" not in note.content and b"xxx" not in note.content
    assert note.seconds == 12 and 39_000 < len(note.content) < 42_000
    assert opus_length(note.content, note.content) == 12
    assert b"before" not in note.content and cleaned(note.content).content == note.content


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (b"", "no Ogg file"),
        (b"ID3 an MP3", "no Ogg file"),
        (b"OggS", "not Opus"),
        (voice_note(5, channels=2), "make it mono"),
        (voice_note(0), "nothing is in it"),
        (voice_note(5).replace(b"OpusHead", b"\x01vorbis!"), "not Opus"),
        (voice_note(5).replace(b"OpusTags", b"SpusTags"), "not Opus"),
        (voice_note(5) + voice_note(5).replace(b"\x07\0\0\0", b"\x08\0\0\0"), "more than one"),
        (voice_note(5)[:-500], "end is missing"),
    ],
)
def test_anything_else_is_named(given: bytes, why: str) -> None:
    with pytest.raises(NotOpus, match=why):
        cleaned(given)


@pytest.mark.parametrize("length", [*range(0, 120, 7), 500, 1500])
def test_half_of_one_is_none(length: int) -> None:
    with pytest.raises(NotOpus):
        cleaned(voice_note(5)[:length])


def test_what_no_card_may_have_is_told_with_how_much_it_is() -> None:
    with pytest.raises(TooLong) as long:
        cleaned(voice_note(60.4))
    assert (long.value.seconds, long.value.kilobytes) == (61, 0)
    with pytest.raises(TooLong) as heavy:
        cleaned(voice_note(30, CARD_BYTES // 1000 + 2))
    assert heavy.value.kilobytes == 252
    assert cleaned(voice_note(60, CARD_BYTES // 1000)).seconds == 60


def _loud(note: bytes) -> bytes:
    """What a player is told to make of it: 127 dB louder, and words of a person behind."""
    at = note.index(b"OpusHead")
    more = note[at : at + 16] + b"\xff\x7f\0" + b"Amina"
    return note[: at - 1] + bytes([len(more)]) + more + note[at + 19 :]


@pytest.mark.parametrize("stated", [1, 313, 48_000, -1, 1 << 62])
def test_how_long_it_is_is_counted_whatever_it_states(stated: int) -> None:
    """Also an end in the middle: whoever says yes hears what learners hear."""
    parts = voice_note(200, 200).split(b"OggS")[1:]
    lying = [
        part[:1] + b"\x04" + stated.to_bytes(8, "little", signed=True) + part[10:]
        for part in parts[2:]
    ]
    given = b"OggS" + b"OggS".join([*parts[:2], *lying])
    with pytest.raises(TooLong) as long:
        cleaned(given)
    assert long.value.seconds in (200, 201)
    short = cleaned(b"OggS" + b"OggS".join([*parts[:2], *lying[:5]]))
    assert short.seconds == (5 * 40 * 2880 - 312) / 48_000
    flags = [page[1] for page in short.content.split(b"OggS")[1:]]
    assert flags == [2, 0, 0, 0, 0, 0, 4]


def test_a_head_says_nothing_but_what_the_voice_needs() -> None:
    assert cleaned(_loud(voice_note(5))).content == cleaned(voice_note(5)).content


def test_a_file_of_many_megabytes_is_not_looked_through() -> None:
    with pytest.raises(TooLong):
        cleaned(b"OggS" * 5_000_000)
