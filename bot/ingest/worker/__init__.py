"""Untrusted bodies are parsed and stored in separate processes."""
