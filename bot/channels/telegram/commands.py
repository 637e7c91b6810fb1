"""The commands that Telegram shows behind "/": per language, and more of them in the chats of staff
(product.md, Commands).
"""

from telegram import BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.ext import ExtBot

from bot.channels.pace import Priority
from bot.i18n.catalogues import Catalogues
from bot.model.group import Role
from bot.model.words import Words, _

COMMANDS: dict[str, Words] = {
    "menu": _("Choose what to learn"),
    "language": _("Another language"),
    "progress": _("How far I am"),
    "certificates": _("My certificates"),
    "review": _("Ask me again what I missed"),
    "words": _("Words and their meaning"),
    "settings": _("Settings"),
    "help": _("How to use this chat"),
    "whoami": _("Who I am here"),
    "privacy": _("What is kept about me"),
    "mydata": _("Give me my data"),
    "delete": _("Delete everything"),
    "stop": _("No more messages"),
}
COUNSELLOR: dict[str, Words] = {
    "groups": _("My groups"),
    "today": _("Who may need a call"),
    "newgroup": _("Make a group"),
}
ADMIN: dict[str, Words] = {
    "broadcast": _("Write to everybody"),
    "broadcasts": _("What was sent"),
    "staff": _("Who may do what"),
}
OF_ROLE: dict[Role, dict[str, Words]] = {
    Role.LEARNER: COMMANDS,
    Role.COUNSELLOR: {**COMMANDS, **COUNSELLOR},
    Role.ADMIN: {**COMMANDS, **COUNSELLOR, **ADMIN},
}


async def register(
    bot: ExtBot[Priority], words: Catalogues, role: Role, chat: int | None = None
) -> None:
    """In every language; the first language is for all others. Without a `chat` for everybody.
    Raises `TelegramError`."""
    scope = BotCommandScopeDefault() if chat is None else BotCommandScopeChat(chat)
    for language in words.languages:
        code = None if language == words.languages[0] else language
        if chat is not None and role is Role.LEARNER:
            await bot.delete_my_commands(scope, language_code=code)
            continue
        commands = [
            BotCommand(name, words.say(said, language)) for name, said in OF_ROLE[role].items()
        ]
        await bot.set_my_commands(commands, scope, language_code=code)
