"""How many were killed or hurt, as texts state it."""
