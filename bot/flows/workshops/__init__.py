"""A learner who finished a module leads a workshop on it for their group: asked first, laid down
at any time (seed: Digital Welcome)."""
