"""The service: conversations, the messengers that carry them, and what keeps them."""
