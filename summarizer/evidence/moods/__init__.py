"""Reads how far a text asserts each event: planned, possible, denied, bounded, reported."""
