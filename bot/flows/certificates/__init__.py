"""What was completed, and how its certificates are handed over."""
