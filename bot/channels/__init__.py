"""The ways in: every channel is mounted through one guarded input."""
