"""The replies that a channel gives by itself, when planning has no part in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.dialogue.names import TROUBLE

TOO_FAST = "utter_too_fast"
TEXT_ONLY = "utter_text_only"
ENCRYPTED = "utter_encrypted"


class RepliesError(ValueError):
    """The replies that a channel itself gives cannot be read; the message says why."""


@dataclass(frozen=True)
class Replies:
    """The replies that a channel itself gives."""

    trouble: str
    too_fast: str
    text_only: str
    encrypted: str

    @classmethod
    def load(cls, path: Path = Path("data/responses/small_talk.yml")) -> Replies:
        """Read the curated texts once, before anything can fail.

        Raises:
            RepliesError: the file is missing or broken, or one of them is not in it.
        """
        try:
            listed = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            texts = [
                listed["responses"][name][0]["text"].strip()
                for name in (TROUBLE, TOO_FAST, TEXT_ONLY, ENCRYPTED)
            ]
        except (
            OSError,
            ValueError,
            yaml.YAMLError,
            LookupError,
            TypeError,
            AttributeError,
        ) as error:
            raise RepliesError(f"{path} cannot be read as replies: {error!r}") from error
        if not all(texts):
            raise RepliesError(f"{path} cannot be read as replies: one of them is empty.")
        return cls(*texts)
