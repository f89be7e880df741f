"""The words that a rule went by, with a few around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.safety.verdicts import Span

_WORD = re.compile(r"\S+")


def around(text: str, spans: Sequence[Span], words: int) -> str:
    """The stretch of a text from the first span to the last, and so many words on either side.

    Returns:
        The whole text, where there is no span.
    """
    if not spans:
        return text
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    found = [match.span() for match in _WORD.finditer(text)]
    touched = [at for at, word in enumerate(found) if word[1] > start and word[0] < end]
    if not touched:
        return text
    first, last = max(0, touched[0] - words), min(len(found) - 1, touched[-1] + words)
    return text[found[first][0] : found[last][1]]
