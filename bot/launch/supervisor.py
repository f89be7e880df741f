"""Keep the assistant and its action server running until the assistant ends."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.launch.child import Child
from bot.launch.errors import LaunchError

MOST_RESTARTS = 3
"""So often an action server that keeps ending is started again ..."""

STEADY_AFTER = 60.0
"""... unless it ran for this many seconds in between, which makes the count begin anew."""

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a request to end, a closed terminal."""


class Supervisor:
    """Watches over two programs, of which only the assistant is indispensable."""

    def __init__(
        self, assistant: Child, actions: Child, say: Callable[[str], object], pause: float = 0.5
    ) -> None:
        """Take two started programs; `pause` is the seconds between two looks at them."""
        self._assistant = assistant
        self._actions = actions
        self._say = say
        self._pause = pause
        self._restarts = 0
        self._started = time.monotonic()
        self._given_up = False

    def watch(self) -> None:
        """Watch until the assistant ends.

        Raises:
            LaunchError: when it has ended.
        """
        while self._assistant.status() is None:
            if not self._given_up and self._actions.status() is not None:
                self._revive()
            time.sleep(self._pause)
        raise LaunchError(f"{self._assistant.name} stopped: {self._assistant.last_words()}")

    def _revive(self) -> None:
        name, words = self._actions.name, self._actions.last_words()
        if time.monotonic() - self._started > STEADY_AFTER:
            self._restarts = 0
        if self._restarts == MOST_RESTARTS:
            self._given_up = True
            self._say(f"{name} keeps stopping and stays off: {words}")
            return
        self._restarts += 1
        self._say(f"{name} stopped and is started again: {words}")
        self._started = time.monotonic()
        self._actions.start(append=True)


@contextmanager
def stopped_at_the_end(*children: Child) -> Iterator[None]:
    """Stop the programs, the last one first, however the block ends."""
    try:
        yield
    finally:
        # make passes a signal on to a child that may have got it already: stop only once.
        handlers = {number: signal.signal(number, signal.SIG_IGN) for number in STOP_SIGNALS}
        for child in reversed(children):
            child.stop()
        for number, handler in handlers.items():
            signal.signal(number, handler)
