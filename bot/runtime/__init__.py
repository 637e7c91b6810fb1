"""What every process of ours stands on: tasks that are watched, clocks, logs in proportion."""
