"""Charts for pages: pure, from counts to bars and words."""
