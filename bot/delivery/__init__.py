"""Sends stored messages at the allowed rate, each once."""
