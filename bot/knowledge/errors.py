"""The one error of the knowledge files.

KnowledgeError says in one sentence which file and key are wrong and what to do.
"""

from __future__ import annotations

from pathlib import Path


class KnowledgeError(ValueError):
    """A knowledge file is missing or broken."""

    def __init__(self, file: Path, key: str, problem: str, remedy: str) -> None:
        """Builds the message from the file, the key in it, the problem and what to do."""
        super().__init__(f"{file}: {key}: {problem}; {remedy}.")
        self.file = file
        self.key = key
