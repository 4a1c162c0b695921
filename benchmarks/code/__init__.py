"""The code itself: which module imports which, a picture of it, and mutants for the tests."""
