"""What is outside of us, as tests play it."""
