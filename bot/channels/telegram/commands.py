"""The commands that Telegram shows behind "/": per language, and more of them in the chats of staff
(product.md, Commands).
"""

from telegram import BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.ext import ExtBot

from bot.channels.pace import Priority
from bot.conversation.action import with_commands
from bot.i18n.catalogues import Catalogues
from bot.model.roles import RIGHTS, Role


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
            BotCommand(given.name, words.say(given.menu, language))
            for given, action in with_commands()
            if given.menu and action.right in RIGHTS[role]
        ]
        await bot.set_my_commands(commands, scope, language_code=code)
