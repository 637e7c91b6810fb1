"""What an operator hands to Meta: the message templates, a file ready to submit."""

import json

from bot import assembly
from bot.channels.whatsapp.templates import all_submitted
from bot.settings import Settings


def templates_of(settings: Settings) -> str:
    """JSON, a list of templates; each of them is the body of one
    `POST /{business account}/message_templates`."""
    _programme, words = assembly.programme_of(settings)
    made = all_submitted(words.languages, words)
    return json.dumps(made, ensure_ascii=False, indent=2)
