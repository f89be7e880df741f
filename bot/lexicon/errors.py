"""The one error of the lexicon: its data cannot be used."""

from __future__ import annotations


class LexiconError(ValueError):
    """A file under ``data/lexicon`` is missing or malformed; the message says what to do."""
