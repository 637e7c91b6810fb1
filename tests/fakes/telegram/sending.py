"""What the bot does in chats: sends, edits, deletes, answers a tap."""

import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.constants import (
    CallbackQueryLimit,
    FileSizeLimit,
    MessageLimit,
)

from tests.fakes.telegram.args import Args
from tests.fakes.telegram.chat import Chat, Query
from tests.fakes.telegram.html import clean, is_blank, parse_html, utf16
from tests.fakes.telegram.messages import Button, File, Message, Toast, inline_rows
from tests.fakes.telegram.refusal import JSON, WORDS, Refusal, bad_request

PHOTO_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")
WRONG_FILE = "wrong file identifier/HTTP URL specified"
_ACTIONS = re.compile(
    "typing|(upload|record)_(photo|video|voice|document|video_note)|choose_sticker|find_location"
)


class Sending:
    """A test may set `query_lifetime`: seconds a tap may be answered; and `newest` to False, for a
    server of before disabled buttons and effects."""

    def __init__(self) -> None:
        self.query_lifetime = 60.0
        self.newest = True
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self._last_message = 0
        self._last_file = 0

    @property
    def sending_methods(self) -> dict[str, Callable[[Args], Awaitable[Any]]]:
        return {
            "sendMessage": self._do_send_message,
            "sendPhoto": self._do_send_photo,
            "sendVoice": self._do_send_voice,
            "getFile": self._do_get_file,
            "sendDocument": self._do_send_document,
            "sendChatAction": self._do_send_chat_action,
            "editMessageText": self._do_edit_message_text,
            "editMessageCaption": self._do_edit_message_caption,
            "editMessageReplyMarkup": self._do_edit_message_reply_markup,
            "deleteMessage": self._do_delete_message,
            "answerCallbackQuery": self._do_answer_callback_query,
        }

    def next_message_id(self) -> int:
        self._last_message += 1
        return self._last_message

    def take(self, kind: str, name: str, mime: str, content: bytes) -> File:
        if not content:
            raise bad_request("file must be non-empty")
        if kind == "photo":
            if len(content) > FileSizeLimit.PHOTOSIZE_UPLOAD:
                raise bad_request("file is too big")
            if not content.startswith(PHOTO_MAGIC):
                raise bad_request("IMAGE_PROCESS_FAILED")
        elif len(content) > FileSizeLimit.FILESIZE_UPLOAD:
            raise Refusal(413, WORDS[413])
        self._last_file += 1
        file = File(f"{kind.upper()}-{self._last_file:04}", kind, name, mime, content)
        self.files[file.id] = file
        return file

    def _chat(self, args: Args, *, to_write: bool = False) -> Chat:
        if not args.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(args.integer("chat_id"))
        if not chat:
            raise bad_request("chat not found")
        if chat.migrated_to:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, text, migrate_to_chat_id=chat.migrated_to)
        if to_write and chat.refusal:
            raise Refusal(403, f"Forbidden: {chat.refusal}")
        return chat

    def _formatted(self, args: Args, name: str, entities: str) -> tuple[str, list[JSON]]:
        """A text parameter after parsing and cleaning; its length is not checked yet."""
        text, mode = args.text(name), args.text("parse_mode").lower()
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise bad_request("strings must be encoded in UTF-8")
        if len(text.encode()) > 1 << 15:
            raise bad_request("text is too long")
        if mode == "html" and not self.newest and "<tg-time" in text:
            raise bad_request('can\'t parse entities: Unsupported start tag "tg-time"')
        if mode == "html":
            return clean(*parse_html(text))
        if mode in ("markdown", "markdownv2"):
            raise NotImplementedError("this fake does not parse Markdown")
        if mode and mode != "none":
            raise bad_request("unsupported parse_mode")
        return clean(text, args.parsed(entities, "entities") or [])

    def _text(self, args: Args, too_long: str) -> tuple[str, list[JSON]]:
        if not args.text("text"):
            raise bad_request("message text is empty")
        text, entities = self._formatted(args, "text", "entities")
        if is_blank(text):
            raise bad_request("text must be non-empty")
        if utf16(text) > MessageLimit.MAX_TEXT_LENGTH:
            raise bad_request(too_long)
        return text, entities

    def _caption(self, args: Args) -> tuple[str, list[JSON]]:
        text, entities = self._formatted(args, "caption", "caption_entities")
        if utf16(text) > MessageLimit.CAPTION_LENGTH:
            raise bad_request("message caption is too long")
        return text, entities

    def _markup(self, args: Args, chat: Chat, *, only_inline: bool = False) -> list[list[Button]]:
        """The inline keyboard of a call. A reply keyboard is put under the chat's input line
        instead."""
        markup = args.parsed("reply_markup", "reply keyboard markup")
        if not markup:
            return []
        if not isinstance(markup, dict):
            raise bad_request("object expected as reply markup")
        if only_inline and not {"inline_keyboard"} >= markup.keys():
            raise bad_request("inline keyboard expected")
        if "keyboard" in markup:
            cells = [
                [cell if isinstance(cell, str) else cell["text"] for cell in row]
                for row in markup["keyboard"]
            ]
            chat.keyboard = cells
        elif markup.get("remove_keyboard"):
            chat.keyboard = []
        return inline_rows(markup.get("inline_keyboard") or [], self.newest)

    def _preview(self, args: Args) -> JSON:
        """The options of a link's preview that is shown; nothing where it is off."""
        options = args.parsed("link_preview_options", "link preview options") or {}
        if not isinstance(options, dict):
            raise bad_request("object expected as link preview options")
        url = options.get("url", "")
        if options.get("is_disabled") or not url:
            return {}
        if not re.match(r"https?://[^/]*\.", url):
            raise bad_request(f"link preview URL '{url}' is invalid")
        return options

    def _post_message(self, args: Args, chat: Chat, **fields: Any) -> JSON:
        if (effect := args.text("message_effect_id")) and not (self.newest and chat.private):
            raise bad_request("EFFECT_ID_INVALID")
        reply = args.parsed("reply_parameters", "reply parameters") or {}
        if reply.get("message_id") and not chat.find(int(reply["message_id"])):
            if not reply.get("allow_sending_without_reply"):
                raise bad_request("message to be replied not found")
            reply = {}
        message = Message(self.next_message_id(), chat, None, int(time.time()), **fields)
        message.effect = effect
        message.silent, message.reply_to = (
            args.flag("disable_notification"),
            int(reply.get("message_id", 0)),
        )
        chat.all_messages.append(message)
        chat.show(message)
        return message.json()

    async def _do_send_message(self, args: Args) -> JSON:
        text, entities = self._text(args, "message is too long")
        chat = self._chat(args, to_write=True)
        return self._post_message(
            args,
            chat,
            text=text,
            entities=entities,
            rows=self._markup(args, chat),
            preview=self._preview(args),
        )

    async def _do_send_document(self, args: Args) -> JSON:
        return self._send_file(args, "document")

    async def _do_send_photo(self, args: Args) -> JSON:
        return self._send_file(args, "photo")

    async def _do_send_voice(self, args: Args) -> JSON:
        if (upload := args.upload("voice")) and not upload[2].startswith(b"OggS"):
            raise bad_request("wrong type of the web page content")
        return self._send_file(args, "voice")

    def _send_file(self, args: Args, kind: str) -> JSON:
        upload, given = args.upload(kind), args.text(kind)
        if not upload and not given:
            raise bad_request(f"there is no {kind} in the request")
        text, entities = self._caption(args)
        chat = self._chat(args, to_write=True)
        rows = self._markup(args, chat)
        file = self.take(kind, *upload) if upload else self._known(kind, given)
        return self._post_message(
            args, chat, kind=kind, text=text, entities=entities, file=file, rows=rows
        )

    def _known(self, kind: str, file_id: str) -> File:
        if file_id not in self.files:
            raise bad_request(WRONG_FILE)
        file = self.files[file_id]
        if file.kind != kind:
            raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
        return file

    async def _do_get_file(self, args: Args) -> JSON:
        file = self.files.get(args.text("file_id"))
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise bad_request("file is too big")
        size = {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_size": len(file.content)}
        return {**size, "file_path": f"{file.kind}s/{file.id}_{file.name}"}

    async def _do_send_chat_action(self, args: Args) -> bool:
        action = args.text("action").lower()
        if not _ACTIONS.fullmatch(action):
            raise bad_request("wrong parameter action in request")
        self._chat(args, to_write=True).actions.append(action)
        return True

    # -- editing

    def _target(self, args: Args, to: str) -> tuple[Chat, Message]:
        if not args.text("chat_id") or not args.integer("message_id"):
            raise bad_request("message identifier is not specified")
        chat = self._chat(args)
        message = chat.find(args.integer("message_id"))
        if not message:
            raise bad_request(f"message to {to} not found")
        return chat, message

    def _own(self, args: Args) -> tuple[Chat, Message]:
        chat, message = self._target(args, "edit")
        if not message.by_bot:
            raise bad_request("message can't be edited")
        return chat, message

    def _change(
        self,
        message: Message,
        text: str,
        entities: list[JSON],
        rows: list[list[Button]],
        changed: bool = False,
    ) -> JSON:
        if not changed and (text, entities, rows) == (message.text, message.entities, message.rows):
            what = (
                "specified new message content and reply markup are exactly the same as a "
                "current content and"
            )
            raise bad_request(f"message is not modified: {what} reply markup of the message")
        open_to_tap = any(not button.disabled for row in rows for button in row)
        if (text, entities) != (message.text, message.entities) or (
            open_to_tap and rows != message.rows
        ):
            message.chat.show(message)
        if rows != message.rows:
            message.past_rows.append(message.rows)
        message.text, message.entities, message.rows = text, entities, rows
        message.edit_date = int(time.time())
        return message.json()

    async def _do_edit_message_text(self, args: Args) -> JSON:
        text, entities = self._text(args, "MESSAGE_TOO_LONG")
        chat, message = self._own(args)
        if message.kind != "text":
            raise bad_request("there is no text in the message to edit")
        rows, preview = self._markup(args, chat, only_inline=True), self._preview(args)
        changed, message.preview = preview != message.preview, preview
        return self._change(message, text, entities, rows, changed)

    async def _do_edit_message_caption(self, args: Args) -> JSON:
        text, entities = self._caption(args)
        chat, message = self._own(args)
        if message.kind == "text":
            raise bad_request("there is no caption in the message to edit")
        return self._change(message, text, entities, self._markup(args, chat, only_inline=True))

    async def _do_edit_message_reply_markup(self, args: Args) -> JSON:
        chat, message = self._own(args)
        return self._change(
            message, message.text, message.entities, self._markup(args, chat, only_inline=True)
        )

    async def _do_delete_message(self, args: Args) -> bool:
        chat, message = self._target(args, "delete")
        if time.time() - message.date > 48 * 3600 or not (message.by_bot or chat.private):
            raise bad_request("message can't be deleted for everyone")
        message.deleted = True
        return True

    async def _do_answer_callback_query(self, args: Args) -> bool:
        query = self.queries.get(args.text("callback_query_id"))
        if not query or query.answered or time.monotonic() - query.at > self.query_lifetime:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        text = args.text("text")
        if utf16(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answered = True
        if text:
            query.user.toasts.append(Toast(text, args.flag("show_alert")))
        return True
