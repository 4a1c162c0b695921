"""The pages behind a link: each takes a visit and returns its HTML."""
