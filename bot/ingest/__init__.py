"""Polling of sources: fetch, read, store."""
