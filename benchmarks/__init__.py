"""What is fast, and how fast: `python -m benchmarks`. Never a timed test."""
