"""How much of a message is looked at."""

from __future__ import annotations

LONGEST = 20_000
"""Characters of a message that are looked at; of a longer one, its beginning and its end."""

_LEFT_OUT = "\n\n"


def both_ends(text: str, limit: int) -> str:
    """The text, without its middle where it has more than `limit` characters."""
    if len(text) <= limit or limit <= len(_LEFT_OUT):
        return text[:limit]
    half = (limit - len(_LEFT_OUT)) // 2
    return f"{text[:half]}{_LEFT_OUT}{text[len(text) - half :]}"
