"""Words into a language, and the texts that translators get."""
