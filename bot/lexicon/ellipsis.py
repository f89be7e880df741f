"""Messages that only make sense after the one before: "and for lung?", "how is that treated?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.lexicon.mention import Mention

_MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# What may stand around a mention in a message that asks nothing by itself.
_FUNCTION_WORDS = frozenset(
    {
        "a", "about", "actually", "again", "also", "an", "and", "another", "any", "as", "at",
        "both", "but", "by", "dad's", "each", "else", "er", "for", "from", "her", "his", "hmm",
        "how", "in", "instead", "just", "like", "maybe", "mine", "mom's", "mum's", "my", "no",
        "not", "now", "of", "oh", "ok", "okay", "on", "one", "ones", "only", "or", "other",
        "others", "our", "please", "same", "say", "so", "sorry", "specifically", "spread",
        "spreading", "still", "than", "thanks", "the", "their", "then", "these", "this",
        "those", "to", "too", "type", "um", "versus", "vs", "well", "what", "what's", "whats",
        "with", "yeah", "yes", "your",
    }
)  # fmt: skip
_FRAME = re.compile(
    r"\b(?:i mean|i meant|i said|same question|same thing"
    r"|(?:i was |i am |i'm )?asking about"
    r"|(?:is|are|does|do) (?:that|it|this|they|those) (?:the same|any better|any different|better"
    r"|worse|different|true|similar|so|higher|lower|more|less|differ|apply)"
    r"|(?:and |but |what |how about |what about )?(?:if|when) it(?:'s| is| has| goes| gets)?)\b",
    re.IGNORECASE,
)

# A noun that a pronoun later in the same message may stand for.
_ANTECEDENT = re.compile(
    r"\b(?:cancers?|tumou?rs?|mets|disease|chemo|drugs?|treatments?|radiation|biops(?:y|ies)"
    r"|scans?|tests?|hospices?|care|lumps?|pains?|surgery|doctors?|nurses?|people|patients?"
    r"|symptoms?|cells?|genes?|organs?|nodes?|fluid|ulcers?|stage \d|secondar(?:y|ies)"
    r"|metasta\w+|\w+therapy|\w+oma|\w+oids?)\b",
    re.IGNORECASE,
)
# "It" that stands for nothing: "is it true that", "how long does it take", "will I make it".
_IMPERSONAL = re.compile(
    r"\b(?:is|was|isn't|would|how \w+ is) it (?:be )?(?:really |even |still |also )?"
    r"(?:(?:true|possible|normal|ok|okay|safe|common|likely|rare|worth|better|wrong|right"
    r"|the case|fair|correct|known"
    r"|too late|time|dangerous|usual|unusual|bad|good|necessary|important|hard|difficult|easy"
    r"|helpful) )?(?:that|to|for|if|when|my|\w+ing)\b"
    r"|\bis it (?:because|mainly|just me|me|true|only)\b|\bhow (?:is it|can it be) that\b"
    r"|\bwhat(?:'s| does| is) it (?:mean|called) (?:to|when|if|for|that)\b"
    r"|\b(?:when it comes to|does it matter|does it mean that|how long does it take)\b"
    r"|\bit (?:seems|feels|looks) like\b|\bit(?:'s| is) (?:hard|important|difficult|ok|okay)\b"
    r"|\bwhat(?:'s it| is it| does it feel) like\b|\b(?:make|get|got|do) it\b"
    r"|\bthat(?:'s| is) it\b",
    re.IGNORECASE,
)
# "They said", "how do they treat": the doctors.
_DOCTORS = re.compile(
    r"\bthey(?:'re|'ve|'ll|'d| are| have| will| would| can| could)? (?:\w+ly |keep |just )?"
    r"(?:said|says?|told|tell|found|finds?|think|thought|want|wanted|gave|gives?|took|takes?"
    r"|calls?|called|offer|offered|do|did|doing|treat|check|checked|use|used|using|operate|look"
    r"|looking|looked|speak|spoke|put|scan|scanned|inject|mean|meant|know|let|see|saw|explain"
    r"|recommend|suggest|suggested|prescribe|prescribed|diagnose|diagnosed|ask|asked|sent|need"
    r"|trying|try|hoping|hope|aim|make|choose|decide|manufacture|remove)\b",
    re.IGNORECASE,
)
_IT = re.compile(
    r"\b(?:it|its|it's|itself|them|they|they're|their|theirs|themselves)\b", re.IGNORECASE
)
_THIS = (
    r"\b(?:this|these|those)\b(?!\s+(?:who|whose|with|in|that|of|from|morning|afternoon|evening"
    r"|weeks?|months?|year|time|app|bot|chat|chatbot|assistant|service|site|website|page"
    r"|conversation|computer)\b)"
)
# "That" after these is a pronoun; after a noun or "know" it joins ("cancer that has spread").
_THAT = (
    r"(?:^|[,;.?!]\s*|\b(?:is|are|was|were|does|do|did|can|could|will|would|should|has|have"
    r"|of|about|for|with|from|after|before|like|to|by|in|on|at|why|how|what's|and|but|or|than|what"
    r"|treat|cure|mean|explain|understand|repeat|say)\s+)"
    r"that(?:'s)?\b(?!\s+(?:i|my|she|he|we|you|they|the|mum|dad|there)\b)"
)
_OTHER = (
    r"\b(?:the same(?! (?:as|thing as|time|disease|illness|person|place))|that one|this one"
    r"|the (?:other|first|second|third|last) ones?|which ones?|one of them|the former|the latter"
    r"|(?:go|goes|gone|spread|spreads|up|in|from|it|get|gets|out|over) there)\b"
)
_POINTING = re.compile(f"{_THIS}|{_THAT}|{_OTHER}", re.IGNORECASE)
_RELATIVE = (
    r"(?:mum|mom|dad|mother|father|wife|husband|sister|brother|son|daughter|nan|gran|grandma"
    r"|grandad|aunt|uncle|friend|partner)"
)
_OWN_CASE = re.compile(
    r"\b(?:mine|ours|his|hers|theirs|my own"
    r"|(?:for|with|of|about|like|to) (?:me|us|him|her)"
    r"|(?:my|our|his|her|(?:mum|mom|dad)'?s) (?:own )?(?:one|case|situation|cancer|tumou?r|disease)"
    rf"|(?:my |our )?{_RELATIVE}'?s|(?:for|and|about|with|of) (?:my |our ){_RELATIVE})\W*$"
    rf"|^(?:(?:and|so|but|ok|okay|well|oh|then) )*(?:mine|ours|his|hers|(?:my |our )?{_RELATIVE}'s)"
    r" (?:is|was|are|were|came|went|has been|has gone) (?:\w+ )?(?:\d|high|low|raised|up|down"
    r"|normal|positive|negative|clear|rising|doubled)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,.;:!?]\s")


def is_elliptical(text: str, mentions: Sequence[Mention]) -> bool:
    """Return whether a message is only mentions and function words, its question the last one.

    "and for lung?", "what about the brain", "bone?", "and in the liver then". `mentions` are those
    that `ClinicalLexicon.find` returned for this very text.
    """
    if not mentions:
        return False
    rest = list(text)
    for mention in mentions:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    plain = "".join(rest).lower().replace("\u2019", "'")
    words = _WORD.findall(_FRAME.sub(" ", plain))
    return len(words) <= _MOST_WORDS and all(word in _FUNCTION_WORDS for word in words)


def asks_of_own_case(text: str) -> bool:
    """Return whether a message is short and ends on the person's own case.

    "so can mine?", "and for me?", "what about dad's": what was said in general is asked again of
    one person, whom only the people who treat that person can answer.
    """
    plain = text.replace("\u2019", "'")
    return len(_WORD.findall(plain)) <= _MOST_WORDS and bool(_OWN_CASE.search(plain))


def has_anaphora(text: str) -> bool:
    """Return whether a message points back to something said before it.

    "how is that treated", "is it curable", "the symptoms of those". A pronoun whose noun stands
    earlier in the same message does not ("when lung cancer spreads, where does it go"), nor does
    an impersonal one ("is it true that", "how long does it take").
    """
    plain = _DOCTORS.sub(" ", _IMPERSONAL.sub(" ", text.replace("\u2019", "'")))
    noun = _ANTECEDENT.search(plain)
    pronoun = _IT.search(plain)
    if pronoun and not (noun and noun.start() < pronoun.start()):
        return True
    # an earlier clause has the noun: "melanoma in the brain, is that common"
    settled = _BREAK.search(plain, noun.end()) if noun else None
    end = settled.start() if settled else len(plain)
    return any(match.start() < end for match in _POINTING.finditer(plain))
