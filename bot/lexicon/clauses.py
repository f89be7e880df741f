"""Where inside one sentence a second question begins: "what is it and how is it treated".

A cut needs a link ("and", "also", a comma, ...) and an opening of a question after it. `may_cut`
then refuses the look-alikes: "where and how", "how big and how many", "it has spread and is
growing", "it spreads, doesn't it", "if I have pain, is it cancer", "for lung, where does it go".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WH = r"(?:what|how|where|why|when|who|which|whats|hows|wheres)"
_HELP = (
    r"(?:is|are|am|was|were|does|do|did|can|could|will|would|should|has|have|had|may|might|must"
    r"|isn't|aren't|doesn't|don't|didn't|can't|won't|wouldn't|shouldn't|hasn't|haven't)"
)
_DOING = r"(?:causes?|caused|happens?|happened|works?|helps?|comes?|means?|goes|spreads?|kills?)"
_PRONOUN = (
    r"(?:it|they|there|this|that|these|those|i|you|we|he|she|one|us|anyone|anybody|somebody"
    r"|someone|everyone|everybody|nobody)"
)
_SUBJECT = (
    rf"(?:{_PRONOUN}|the|a|an|any|all|my|mum|mom|dad|people|patients|every|some|cancers?|mets"
    r"|treatments?|chemo|chemotherapy|radiotherapy|surgery|metast\w+|[\w-]+ cancers?)"
)
_REQUEST = (
    r"(?:please |pls |kindly )?(?:tell (?:me|us)|explain|describe|give me|show me|can you|could you"
    rf"|help me|tell(?=\s+{_WH}\b))"
)
# Any noun may be asked about, but after a question only: "and is ultrasound enough".
_NO_SUBJECT = r"(?!(?:not|to|also|more|less|very|so|been|and|or|but|then|if|when|about|for|with)\b)"
_ANY_SUBJECT = rf"{_NO_SUBJECT}[a-z]\w+(?<!ing)(?<!ed)"
_ASKS_OF_DOING = r"(?:does|do|did|can|could|will|would|should)\s+[a-z]\w+ing"
_BEFORE_WH = r"(?:(?:to|from|in|into|by|with|for|on|at|of)\s+(?=(?:what|which|whom)\b))?"
_OPENING = (
    rf"(?P<wh>{_BEFORE_WH}{_WH}(?:'s|'re)?(?=\W))|(?P<help>{_HELP}\s+{_SUBJECT}\b)"
    rf"|(?P<any>(?:{_HELP}\s+{_ANY_SUBJECT}|{_ASKS_OF_DOING})\b)"
    rf"|(?P<request>{_REQUEST}\b)|(?P<ifso>if (?:so|yes|not|it is|it does|it has)\b)"
)
_LINK = (
    r"(?P<mark>\s*[,;:]\s*|\s+-\s+)?(?:(?:(?<=\s)|(?<=[,;:]))"
    r"(?P<word>and|also|plus|but|or|then|so|n|&|\+|as well as)\s+"
    r"(?:also |then |so |if so,? |first(?:ly)? |second(?:ly)? |lastly |finally |please )?)?"
)
_CUT = re.compile(rf"{_LINK}(?<=[\s,;:])(?:{_OPENING})", re.IGNORECASE)
_ADDING = frozenset({"and", "n", "&", "+", "also", "plus"})
_SURELY_ADDING = frozenset({"+", "also", "plus"})
_ENDS_OPEN = re.compile(
    rf"(?:\b{_WH}|\b(?:between|of|to|for|about|with|and|or|the|a))$", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"(?:and |but |so )?(?:if|when|once|after|before|since|because|as|although|though|while|unless"
    r"|for|with|in|about|given|regarding|apart from|besides|other than|of|at|on|to|from|among|by"
    r"|out of|during|under|as)\b(?!\s+(?:which|what|whom)\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    rf"(?:and |but |so |also )?(?:{_WH}(?:'s)?\s+{_HELP}|{_WH}'s)\b", re.IGNORECASE
)
_ASKS = re.compile(rf"(?:and |but |so |also )?(?:{_WH}|{_HELP})\b", re.IGNORECASE)
# The question itself, after what was put before it: "before I trust you: how old is it".
_ASKS_LATER = re.compile(rf"[,:]\s*(?:{_WH}|{_HELP})\b", re.IGNORECASE)
_OFFERS = re.compile(r"(?:is|are) there\b", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:who|which|where|when)\b", re.IGNORECASE)
_RELATIVE_ONLY = re.compile(r"(?:who|which|when)\b", re.IGNORECASE)
# "Hormone tablets, what are they" names its topic first: no verb, no cut.
_STATES = re.compile(
    rf"\b(?:{_HELP}|{_PRONOUN}|said|says|told|tells|got|went|feels?|thinks?|knows?|found|died)\b"
    r"|\w'(?:m|re|ve|ll|d)\b",
    re.IGNORECASE,
)
# After these a question word may go on without inversion: "tell me what it is and how it spreads".
_INDIRECT = re.compile(
    rf"\b(?:{_WH}|know|tell|explain|describe|understand|wonder|wondering|ask)\b", re.IGNORECASE
)
_NO_VERB = re.compile(
    rf"(?:and |but |so |also )?(?!who\b){_WH}(?!'s)"
    rf"(?:\s+(?!(?:{_HELP}|{_DOING})\b)[\w'-]+){{0,2}}$",
    re.IGNORECASE,
)
_WH_HELP = re.compile(
    rf"{_BEFORE_WH}{_WH}(?:'s|s\b|\s+(?:(?:(?!{_PRONOUN}\b)[\w-]+\s+){{0,2}}{_HELP}\b|long|many|much|often|far"
    r"|common|soon|bad|about|to|else|kind|type|types|kinds|causes?|happens|helps|makes|stops|sets))",
    re.IGNORECASE,
)
_WH_PREPOSITION = re.compile(rf"{_WH}\s+(?:to|in|for|from|of|at|not|and|or)\b", re.IGNORECASE)
_TAG = re.compile(rf"{_HELP}\s+{_PRONOUN}\s*[?.!]*", re.IGNORECASE)
_HELP_PRONOUN = re.compile(rf"(?!ha[sd]\b|have\b){_HELP}\s+{_PRONOUN}\b", re.IGNORECASE)
_POSSESSION = re.compile(
    r"(?:has|have|had)\s+(?!it\b|they\b|you\b|we\b|he\b|she\b|i\b)", re.IGNORECASE
)


def _wh_may_open(left: str, right: str, mark: bool, word: str) -> bool:
    """Return whether a question word opens a second question after a link or after none."""
    if _WH_PREPOSITION.match(right):
        return False
    if word:
        indirect = word != "or" and _INDIRECT.search(left)
        return bool(_WH_HELP.match(right) or indirect)
    asked = bool(_QUESTION.match(left))
    if mark:
        return bool(_WH_HELP.match(right)) and (asked or not _RELATIVE.match(right))
    run_on = bool(_QUESTION.match(right)) and not _RELATIVE_ONLY.match(right)
    return asked and run_on and len(left.split()) > 2


def _help_may_open(left: str, right: str, word: str) -> bool:
    """Return whether an auxiliary opens a second question, not the rest of a statement."""
    if _TAG.fullmatch(right) or _POSSESSION.match(right):
        return False
    if word in {"or", "as well as"}:
        return bool(_ASKS.match(left) and _OFFERS.match(right))
    asks = bool(_ASKS.match(left)) or right.rstrip().endswith("?") or word in _SURELY_ADDING
    return asks or bool(_HELP_PRONOUN.match(right))


def may_cut(left: str, match: re.Match[str], right: str) -> bool:
    """Return whether the sentence may be cut between `left` and `right`, the opening found."""
    mark, word = bool(match["mark"]), (match["word"] or "").lower()
    words = left.split()
    if len(words) < 2 or len(right.split()) < 2 or _ENDS_OPEN.search(left):
        return False
    if _NO_VERB.match(left):
        return False
    if _SUBORDINATE.match(left) and (mark or len(words) < 4) and not _ASKS_LATER.search(left):
        return False
    if mark and not word and not (_STATES.search(left) or _ASKS.match(left)):
        return False
    if match["wh"]:
        return _wh_may_open(left, right, mark, word)
    if match["help"]:
        return bool(mark or word) and _help_may_open(left, right, word)
    if match["any"]:
        return word in _ADDING and bool(_ASKS.match(left) or word in _SURELY_ADDING)
    return bool(mark or word)


def cuts(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where one question ends and the next begins, as offsets, in order."""
    begin = 0
    for match in _CUT.finditer(sentence):
        opening = match.start(match.lastgroup or 0)
        left = sentence[begin : match.start()].strip()
        if may_cut(left, match, sentence[opening:]):
            yield match.start(), opening
            begin = opening
