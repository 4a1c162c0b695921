"""Decides whether a bullet is proved by what it cites."""
