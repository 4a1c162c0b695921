"""Bytes and text of strangers, cleaned."""
