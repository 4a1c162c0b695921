"""Sources, and which are due."""
