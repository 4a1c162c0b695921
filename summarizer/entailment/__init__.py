"""A local entailment model that may refuse proved bullets."""
