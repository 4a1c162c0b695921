"""Answers the clock: which digests are due, what they hold, and whether they arrived."""
