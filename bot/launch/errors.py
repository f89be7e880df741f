"""What ends a command of the launcher."""


class LaunchError(RuntimeError):
    """Something is missing or in the way; the message says what to do and is shown as it is."""
