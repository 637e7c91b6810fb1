"""What is known, as plain frozen data. No conversation, no messenger, no database."""
