"""WhatsApp, through Meta's Cloud API."""

from bot import logs

# a token, a message's id (it holds the phone number), a business-scoped user id
logs.hide(
    r"()\bEAA[A-Za-z0-9]{20,}",
    r"()\bwamid\.[A-Za-z0-9+/=_-]+",
    r"()\b[A-Z]{2}\.\d{6,}",
)
