"""Who is staff, and what staff read about it."""
