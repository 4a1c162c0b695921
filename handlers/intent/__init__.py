"""What a line that is no typed command asks for: a command, or a question about the news."""
