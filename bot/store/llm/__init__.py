"""Spending on language models, and their cached answers."""
