"""The symptom check: which questions it asks, and how an answer is read.

An answer is kept in the person's own words. What counts as one is decided by cue words
(data, see `CheckCues`) and by the classifier; a question asked in between is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Said
from bot.dialogue.names import DURATION, IN_TREATMENT, TREND
from bot.dialogue.reading import UNKNOWN

NOT_GIVEN = "not given"
MOST_KEPT = 300
"""Characters of one answer that are kept for the note."""
MOST_DESCRIBED = 900
"""Characters of all that was told of symptoms in one check; each telling gets its share."""
_CUT = "…"
_JOINED = "; "

_ANSWER_LABELS = {"inform_symptom_detail"}


class CheckCuesError(ValueError):
    """The file of cue words is missing or broken; the message says where."""


@dataclass(frozen=True)
class CheckCues:
    """The words by which an answer to each question is recognised.

    treatment_statement: what a yes to the question about treatment says in full.
    """

    duration: re.Pattern[str]
    trend: re.Pattern[str]
    in_treatment: re.Pattern[str]
    question: re.Pattern[str]
    treatment_statement: str

    @classmethod
    def load(cls, path: Path) -> CheckCues:
        """Load the cue words; raises `CheckCuesError` when the file is missing or broken."""
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[
                "check_cues"
            ]
            names = ("duration", "trend", "in_treatment", "question")
            patterns = {name: _pattern(data[name]) for name in names}
            return cls(**patterns, treatment_statement=str(data["treatment_statement"]))
        except (OSError, yaml.YAMLError, KeyError, TypeError, re.error) as error:
            raise CheckCuesError(f"{path}: cannot read the check's cue words: {error}") from error

    def for_slot(self, slot: str) -> re.Pattern[str] | None:
        """The cues of one question; the description of a symptom has none, any words do."""
        cues: Mapping[str, re.Pattern[str]] = {
            DURATION: self.duration,
            TREND: self.trend,
            IN_TREATMENT: self.in_treatment,
        }
        return cues.get(slot)


def _pattern(cues: Sequence[Any]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{cue})" for cue in cues), re.IGNORECASE)


def read_answer(slot: str, said: Said, cues: CheckCues) -> str | None:
    """The answer that a message gives to the question `slot`, or None if it gives none."""
    label = said.reading.label
    if label == "skip":
        return NOT_GIVEN
    if cues.question.search(said.text):
        return None
    pattern = cues.for_slot(slot)
    if pattern is None:
        return kept(said.text) if len(said.text.split()) > 1 or label == UNKNOWN else None
    if label == "unsure" or pattern.search(said.text) or label in _ANSWER_LABELS:
        return kept(said.text)
    return None


def kept(text: str) -> str:
    """The words of an answer as they go into the note: one line of bounded length."""
    return _shortened(" ".join(text.split()), MOST_KEPT)


def _shortened(words: str, most: int) -> str:
    """The words, cut after a whole one where they are too long, with a mark that they are cut."""
    if len(words) <= most:
        return words
    head = words[: most - len(_CUT)]
    return (head.rpartition(" ")[0] or head) + _CUT


def times_done(conversation: Conversation, action: str) -> int:
    """How often in a row `action` was the reply while the same question stood open."""
    asked = conversation.turn.requested_before if conversation.turn else None
    count = 0
    for turn in reversed(conversation.before):
        if turn.requested_before != asked or action not in turn.done:
            break
        count += 1
    return count


def described(text: str, earlier: object) -> str:
    """The symptom in the person's own words, after what they said of it before, if anything.

    What was told last is kept whole, like any answer; where all together is too long, what was
    told before it is cut.
    """
    words = kept(text)
    if not isinstance(earlier, str) or earlier in ("", NOT_GIVEN):
        return words
    return f"{_shortened(earlier, MOST_DESCRIBED - len(words) - len(_JOINED))}{_JOINED}{words}"
