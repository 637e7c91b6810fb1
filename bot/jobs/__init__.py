"""Work that nobody waits for: files on their way, tidying, what a dead process left behind."""
