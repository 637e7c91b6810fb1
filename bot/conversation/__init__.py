"""How any conversation works. It names no feature."""
