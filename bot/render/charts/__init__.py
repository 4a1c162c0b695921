"""Charts for pages, chats and the terminal: pure, from a Chart."""
