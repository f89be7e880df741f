"""Measures the trained assistant on the evaluation sets under `tests/evaluation`."""
