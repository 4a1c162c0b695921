"""Countries, and the names that they and their people go by."""
