"""What is ahead: the days to come that articles name, with their sentences."""
