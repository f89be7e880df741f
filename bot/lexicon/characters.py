"""Makes the characters of a message plain: one form for each, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_SAME = {
    "'": "\u2018\u2019\u201a\u201b\u2032`\u00b4",
    '"': "\u201c\u201d\u201e\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2212",
    " - ": "\u2014",
    " to ": "\u2192",
}
_PLAIN = str.maketrans({sign: plain for plain, signs in _SAME.items() for sign in signs})
_ARROW = re.compile(r"[-=]{1,3}>")
_MARKS = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_SIGNS = re.compile(r"([!?,;])\1+")


def _visible(character: str) -> str:
    """Return the character, a blank for a control character, nothing for an invisible one."""
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category == "Cc" or category.startswith("Z"):
        return " "
    return "" if category in {"Cf", "Cs", "Co", "Cn"} else character


def clean(text: str) -> str:
    """Return the text in NFKC with plain quotes and dashes, without invisible characters.

    Line ends stay (one at a time); other runs of blanks and repeated "!!", "??" become one.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    visible = plain if plain.isascii() and plain.isprintable() else "".join(map(_visible, plain))
    unmarked = _ARROW.sub(" to ", _MARKS.sub("", visible))
    return _SIGNS.sub(r"\1", _LINES.sub("\n", _BLANKS.sub(" ", unmarked))).strip()
