"""What language models cost and answered."""
