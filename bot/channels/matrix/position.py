"""How far the assistant has read, kept in a file: nothing is answered twice, or left unread."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path

logger = logging.getLogger(__name__)

DIRECTORY = Path(".cache") / "matrix"
_LONGEST = 1000
_TOKEN = re.compile(rf"[!-~]{{1,{_LONGEST}}}")


class TakenError(RuntimeError):
    """Another process of this machine reads for the same account; the message says so."""


class Position:
    """The homeserver's own mark of how far was read. It tells nothing about anybody."""

    def __init__(self, user: str) -> None:
        """Keep the mark of one account in a file of its own."""
        self._path = DIRECTORY / hashlib.sha256(user.encode()).hexdigest()[:16]
        self._file: int | None = None
        self._keeping: asyncio.Task[None] | None = None

    def open(self) -> str | None:
        """Hold the file, and return the mark in it; nothing where there is none.

        Where the file cannot be written, reading goes on from now at each start.

        Raises:
            TakenError: another process holds it.
        """
        if self._file is None:
            try:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._file = self._held()
            except OSError as error:
                logger.warning("matrix: %s cannot be kept (%s).", self._path, error.strerror)
                return None
        text = os.pread(self._file, _LONGEST + 1, 0).decode("ascii", "replace")
        return text if _TOKEN.fullmatch(text) else None

    def _held(self) -> int:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(file)
            raise TakenError("another process on this machine reads for this account") from error
        return file

    def reached(self, mark: str, turns: Sequence[asyncio.Task[None]]) -> None:
        """Keep a mark once the turns before it are over, and those of the marks before."""
        self._keeping = asyncio.create_task(self._keep(mark, turns, self._keeping))

    async def _keep(
        self, mark: str, turns: Sequence[asyncio.Task[None]], before: asyncio.Task[None] | None
    ) -> None:
        if pending := [*turns, *filter(None, [before])]:
            await asyncio.wait(pending)
        if self._file is not None:
            with contextlib.suppress(OSError):  # of two marks, the older one loses nothing
                os.pwrite(self._file, mark.encode("ascii", "replace"), 0)
                os.ftruncate(self._file, len(mark))

    async def close(self) -> None:
        """Keep the last mark and let go of the file."""
        if self._keeping is not None:
            await asyncio.wait([self._keeping])
        if self._file is not None:
            os.close(self._file)
            self._file = None
