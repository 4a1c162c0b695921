"""/trends: what was covered, and what rises."""
