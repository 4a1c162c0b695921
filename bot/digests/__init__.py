"""Digests: which are due, what they hold, and the loops that prepare them."""
