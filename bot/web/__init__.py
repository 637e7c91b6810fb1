"""The web server: the chat page, files, webhooks, health."""
