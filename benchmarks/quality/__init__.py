"""How good topics, stories, bullets and proofs are, beside peers."""
