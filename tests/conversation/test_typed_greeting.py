"""Where a messenger tells no language, the first words do."""

import pytest

from bot.conversation.typed_greeting import spoken


@pytest.mark.row("06")
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("مرحبا", "ar"),
        ("السلام عليكم، كيف أبدأ؟", "ar"),
        ("سلام", "fa"),
        ("سلام عليكم", "ar"),
        ("سلام خوبی؟", "fa"),
        ("چطور شروع کنم", "fa"),
        ("ستړي مه شئ، څنګه یې؟", "ps"),
        ("سڵاو", "ckb"),
        ("Добрий день", "uk"),
        ("ሰላም", "ti"),
        ("Bonjour !", "fr"),
        ("Bonjour Pasito! c-1234567890", "fr"),
        ("¡Hola! buenas tardes", "es"),
        ("Ola", "pt"),
        ("OLÁ, bom dia", "pt"),
        ("Hallo", "de"),
        ("Grüß Gott", "de"),
        ("MERHABA", "tr"),
        ("Selam 👋", "tr"),
        ("Salaan", "so"),
        ("Hello Pasito!", ""),
        ("ok", ""),
        ("1", ""),
        ("👋", ""),
        ("", ""),
    ],
)
def test_a_greeting_tells_the_language(text: str, language: str) -> None:
    assert spoken(text) == language
