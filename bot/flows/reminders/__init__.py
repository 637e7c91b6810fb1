"""The reminder and the goal for a week."""
