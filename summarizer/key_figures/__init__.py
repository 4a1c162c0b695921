"""The figures of the day: numbers that articles state as having happened, with their sentences."""
