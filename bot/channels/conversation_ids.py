"""Conversation ids that only this server can make: a random part and its signature.

What stands in events and in the store is the random part alone. Whoever reads it there cannot
continue or read the conversation, because the signature is missing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

KEY_VARIABLE = "COMPANION_CONVERSATION_KEY"
"""Set it to share one key among several servers, or to keep it outside the file system."""

KEY_FILE = Path(".cache") / "conversation_key"
_KEY_BYTES = 32
_SHORTEST_KEY = 32
_TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})")


class ConversationKeyError(RuntimeError):
    """The key is too short or cannot be kept; the message says what to do."""


class ConversationIds:
    """Issues tokens and tells which conversation a token stands for."""

    def __init__(self, key: bytes) -> None:
        """Sign with this key; a new key makes all earlier tokens worthless."""
        self._key = key

    def issue(self) -> str:
        """A token for a new conversation: 128 random bits and a signature of 256."""
        return self._signed(secrets.token_hex(16))

    def conversation_of(self, token: object) -> str | None:
        """The conversation that a token stands for; nothing if this server did not issue it."""
        found = _TOKEN.fullmatch(token) if isinstance(token, str) else None
        if found is None or not hmac.compare_digest(self._signed(found[1]), found[0]):
            return None
        return found[1]

    def _signed(self, conversation: str) -> str:
        signature = hmac.new(self._key, conversation.encode(), hashlib.sha256).hexdigest()
        return f"{conversation}.{signature}"


def load_key(environment: Mapping[str, str] = os.environ, file: Path = KEY_FILE) -> bytes:
    """The key of the environment; else the one that is kept in a file, made when it is missing.

    Raises:
        ConversationKeyError: the key is too short, or the file cannot be read or written.
    """
    given = environment.get(KEY_VARIABLE)
    key = given.encode() if given else _kept_key(file)
    if len(key) < _SHORTEST_KEY:
        where = KEY_VARIABLE if given else str(file)
        raise ConversationKeyError(
            f"{where} holds fewer than {_SHORTEST_KEY} characters: put a long random text there."
        )
    return key


def _kept_key(file: Path) -> bytes:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            _write_key(file)
        return file.read_bytes().strip()
    except OSError as error:
        raise ConversationKeyError(
            f"{file} cannot be used for the key ({error.strerror}): set {KEY_VARIABLE}."
        ) from error


def _write_key(file: Path) -> None:
    """Write beside and link into place: of two servers that start at once, one key wins."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(f"{secrets.token_hex(_KEY_BYTES)}\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
