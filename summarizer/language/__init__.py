"""Reading English text: words, sentences, names, numbers, dates."""
