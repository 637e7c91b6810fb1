"""A Bot API server for tests. It plays Telegram, and refuses what Telegram refuses, in Telegram's
own words.

A test reads like a chat:

    async with FakeTelegram() as fake:                  # listens on a free loopback port
        bot = Bot(fake.token, base_url=fake.api_url + "/bot")
        amal = fake.user(1001, language="ar")
        await amal.says("/start")                       # an update, fetched by long polling or
        posted to the webhook
        (welcome,) = await amal.expects(1)              # one message was sent or visibly edited,
        and then all was quiet
        await amal.taps("Next")                         # the button on the newest message that has
        it; `taps(2)` too
        await amal.expects(1)
        assert "first card" in amal.screen and amal.screen.labels == ["1", "2", "3"]
        assert amal.toasts == [] and amal.spinning == 0 # every tap was answered

How it works. One aiohttp handler takes all calls; each method is one coroutine that never
awaits before it has changed the state (getUpdates apart), so a call happens wholly or not at all.
What a person does becomes an update in a queue: `getUpdates` reads it and forgets what the next
offset acknowledges; with a webhook, updates are posted again until a 2xx, in lanes, each one after
another. As on Telegram's own server, a chat's messages are one lane, a person's taps another and
joining or leaving a third: a text and a tap of one person may be posted at once and overtake.

Where the texts come from: github.com/tdlib/telegram-bot-api (Client.cpp, WebhookActor.cpp) and
github.com/tdlib/td (MessageEntity.cpp, MessageContent.cpp, misc.cpp, ReplyMarkup.cpp), read in
their version of Bot API 10; numbers from `telegram.constants`. Where the real server is lenient or
silent, the fake takes the strict side, because a test has to notice: lengths are counted in UTF-16
units (the server counts code points), more than 8 buttons a row are refused (it would drop them), a
second answer to one tap is refused.

Not played: Markdown, albums, inline mode, payments, forum topics, stickers and media sent by the
bot.
"""

from tests.fakes.telegram.html import clean, is_blank, parse_html
from tests.fakes.telegram.messages import File, Message, inline_rows
from tests.fakes.telegram.people import User
from tests.fakes.telegram.refusal import JSON, Refusal
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.weather import Pace

__all__ = [
    "JSON",
    "FakeTelegram",
    "File",
    "Message",
    "Pace",
    "Refusal",
    "User",
    "clean",
    "inline_rows",
    "is_blank",
    "parse_html",
]
