"""Measures of what Sulh promises, each run by `python -m benchmarks.<name>`."""
