"""The HTTP client for untrusted addresses."""
