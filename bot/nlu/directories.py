"""What tells Rasa's training cache that a component's data files have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path


def directories_fingerprint(*directories: str) -> str:
    """The sha256 over names and contents of all files below the directories.

    Rasa caches what a component made of the training data, and knows only its settings: without
    this, edited words or examples would go unnoticed by the next `rasa train`.
    """
    digest = hashlib.sha256()
    for directory in directories:
        for path in sorted(Path(directory).rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                digest.update(f"{path.as_posix()}\0{len(content)}\0".encode())
                digest.update(content)
    return digest.hexdigest()
