"""Tests lie in the rooms of the code (docs/architecture.md, How tests lie)."""
