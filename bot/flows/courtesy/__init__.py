"""Somebody greets or thanks, as one does in a chat, and is answered."""
