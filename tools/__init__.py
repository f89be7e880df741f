"""Programs for those who build the assistant: evaluation and benchmarks."""
