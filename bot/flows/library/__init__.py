"""Cards, words, questions and answers, and who helps: found by what people type."""
