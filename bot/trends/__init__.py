"""The coverage of topics over days, and its picture."""
