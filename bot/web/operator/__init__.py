"""The operator's pages, behind a password."""
