"""What the bot says of itself: name, description, commands."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.constants import (
    BotCommandLimit,
)

from tests.fakes.telegram.args import Args
from tests.fakes.telegram.html import clean
from tests.fakes.telegram.refusal import JSON, bad_request


class Profile:
    """By language, commands by their scope too."""

    def __init__(self, me: JSON) -> None:
        self.me = me
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        """(scope as JSON, language) -> commands."""
        self.texts: dict[tuple[str, str], str] = {}
        """(method, language) -> name or description."""

    @property
    def methods(self) -> dict[str, Callable[[Args], Awaitable[Any]]]:
        methods: dict[str, Callable[[Args], Awaitable[Any]]] = {
            "getMe": self._get_me,
            "setMyCommands": self._set_my_commands,
            "deleteMyCommands": self._delete_my_commands,
            "getMyCommands": self._get_my_commands,
        }
        for what in ("Name", "Description", "ShortDescription"):
            methods[f"setMy{what}"] = self._setter(f"setMy{what}", what)
            methods[f"getMy{what}"] = self._getter(f"setMy{what}", what)
        return methods

    async def _get_me(self, args: Args) -> JSON:
        more = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        return self.me | more

    @staticmethod
    def _scope(args: Args) -> tuple[str, str]:
        scope = args.parsed("scope", "BotCommandScope") or {"type": "default"}
        return json.dumps(scope, sort_keys=True), args.text("language_code")

    async def _set_my_commands(self, args: Args) -> bool:
        commands = args.parsed("commands", "commands")
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        kept = []
        for item in commands:
            command = str(item.get("command", "")).removeprefix("/")
            description = clean(str(item.get("description", "")))[0]
            if len(command) > BotCommandLimit.MAX_COMMAND:
                raise bad_request(f"command length must not exceed {BotCommandLimit.MAX_COMMAND}")
            if not description:
                raise bad_request("command description must be non-empty")
            if len(description) > BotCommandLimit.MAX_DESCRIPTION:
                raise bad_request(
                    f"command description length must not exceed {BotCommandLimit.MAX_DESCRIPTION}"
                )
            if not re.fullmatch(r"[a-z0-9_]+", command):
                raise bad_request("BOT_COMMAND_INVALID")
            kept.append({"command": command, "description": description})
        self.commands[self._scope(args)] = kept
        return True

    async def _delete_my_commands(self, args: Args) -> bool:
        self.commands.pop(self._scope(args), None)
        return True

    async def _get_my_commands(self, args: Args) -> list[JSON]:
        return self.commands.get(self._scope(args), [])

    def _setter(self, method: str, what: str) -> Callable[[Args], Awaitable[bool]]:
        name = re.sub(r"(?<!^)([A-Z])", r"_\1", what).lower()

        async def set_it(args: Args) -> bool:
            self.texts[method, args.text("language_code")] = args.text(name)
            return True

        return set_it

    def _getter(self, method: str, what: str) -> Callable[[Args], Awaitable[JSON]]:
        name = re.sub(r"(?<!^)([A-Z])", r"_\1", what).lower()

        async def get_it(args: Args) -> JSON:
            return {name: self.texts.get((method, args.text("language_code")), "")}

        return get_it
