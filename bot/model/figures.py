"""Figures about people. Pure."""

FEWEST_IN_STATISTICS = 5
"""Fewer people could be told apart in a figure about all of them (product.md, Privacy 6)."""
