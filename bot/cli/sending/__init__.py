"""Commands on what goes out: digests, and who gets them by mail or webhook."""
