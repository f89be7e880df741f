"""Where conversations are kept: trackers that stay short, and a lock that does not poll."""
