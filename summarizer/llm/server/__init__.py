"""One OpenAI-compatible model server: requests, answers, faults, and what its errors teach."""
