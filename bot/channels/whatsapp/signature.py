"""Whether a webhook comes from Meta: HMAC-SHA256 of the raw body with the app's secret. Pure.

The body escapes what is not ASCII (`\\u00e4`, `\\/`): read and written again it would be another
one, so only its bytes count.
"""

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"
_PREFIX = b"sha256="


def signed(body: bytes, secret: str) -> str:
    """What stands in the header of this body."""
    return (_PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()).decode()


def is_signed(body: bytes, given: str, secret: str) -> bool:
    """In constant time, whatever was given."""
    expected = signed(body, secret).encode()
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected)
