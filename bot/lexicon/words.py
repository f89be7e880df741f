"""A message as words: the tokens of a blank English spaCy pipeline, blanks left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

# Bounds the time for a message.
LONGEST = 20_000
# No words, and spaCy takes time with the square of the length to strip their signs ("?????...").
_UNBROKEN = re.compile(r"\S{120,}")
# Words glued by these signs are two words ("lung+liver", "bone&brain"); spaCy keeps them together.
_GLUE = r"(?<=[A-Za-z])[+&!?;_|](?=[A-Za-z])"


def blank_english() -> Language:
    """Return spaCy's rule-based English tokenizer: no model, nothing to download."""
    pipeline = spacy.blank("en")
    infixes = [*(pipeline.Defaults.infixes or []), _GLUE]
    tokenizer: Any = pipeline.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    return pipeline


@dataclass(frozen=True)
class Words:
    """The words of one text, with their places in it.

    `lower` has the words in lower case with curly apostrophes made straight, and `doc` those
    same lower-case words as a spaCy document to match on.
    """

    text: str
    tokens: tuple[Token, ...]
    lower: tuple[str, ...]
    doc: Doc

    @classmethod
    def of(cls, text: str, pipeline: Language) -> Words:
        """Tokenize a text, the first `LONGEST` characters of it; never fails on any string."""
        # half a surrogate pair cannot be encoded; its stand-in has the same length
        valid = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
        valid = _UNBROKEN.sub(lambda run: " " * len(run.group()), valid)
        tokens = tuple(token for token in pipeline.make_doc(valid) if not token.is_space)
        lower = tuple(token.text.lower().replace("\u2019", "'") for token in tokens)
        return cls(text, tokens, lower, Doc(pipeline.vocab, words=list(lower)))

    @cached_property
    def shouted(self) -> bool:
        """Whether the text is in capitals throughout, so that case tells nothing."""
        return self.text.isupper() and sum(c.isalpha() for c in self.text) > 8

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the character offsets of the words `first` to `last` (exclusive)."""
        end = self.tokens[last - 1]
        return self.tokens[first].idx, end.idx + len(end.text)
