"""Edits and paraphrases by rule, to measure what the evidence checker lets pass."""
