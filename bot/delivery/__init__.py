"""Stored messages are sent, at the allowed rate, each once."""
