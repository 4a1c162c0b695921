"""Answers people."""
