"""Finding a module, going through it, reviewing it."""
