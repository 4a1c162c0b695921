"""Scripts that fit the weights of the summarizer on labelled sets."""
