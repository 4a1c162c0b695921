"""Digests under kills and at full load."""
