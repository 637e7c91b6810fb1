"""What is remembered: tables, their migrations, and the store that loads and saves learners."""
