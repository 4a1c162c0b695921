"""Bullets written by a language model."""
