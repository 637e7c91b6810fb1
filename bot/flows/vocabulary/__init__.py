"""The words that a learner collects, and their practice."""
