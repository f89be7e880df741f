"""One message, read once: its tokens, sentences, numbers and the concepts it mentions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from bot.safety.numbers import Number, find_numbers
from bot.safety.tokens import Piece, pieces
from bot.safety.verdicts import Span
from bot.safety.vocabulary import TokenSpan, Vocabulary
from bot.safety.wording import Forms, Wording

_PAUSE_WIDTH = 1
_CAN, _NOT, _CANNOT = ("can",), ("not",), ("cannot",)


class Document:
    """The tokens of a message and where its concepts are.

    Attributes:
        tokens: the possible readings of each token.
        offsets: character offsets of each token in the original text.
        positions: a running count of tokens in which a comma counts as one more.
        sentences: index of the sentence that each token stands in.
        numbers: the numbers of the message.
        concepts: names of all concepts that occur.
    """

    def __init__(self, text: str, vocabulary: Vocabulary, wording: Wording) -> None:
        """Read `text` with the given vocabulary and wording."""
        self.tokens: list[Forms] = []
        self.offsets: list[Span] = []
        self.positions: list[int] = []
        self.sentences: list[int] = []
        self._joined: list[bool] = []
        self._read(text, wording)
        self.numbers: tuple[Number, ...] = find_numbers([forms[0] for forms in self.tokens])
        self._found: dict[str, list[list[TokenSpan]]] = {}
        self._merged: dict[tuple[str, ...], list[TokenSpan]] = {}
        self._starts: dict[tuple[str, ...], list[int]] = {}
        for names, spans in vocabulary.find(self.tokens, self._joined).items():
            for name in names:
                self._found.setdefault(name, []).append(spans)
        for name, (lowest, highest) in vocabulary.number_ranges.items():
            spans = [(n.start, n.end) for n in self.numbers if lowest <= n.value <= highest]
            if spans:
                self._found[name] = [spans]
        self._counts = {name: sum(map(len, lists)) for name, lists in self._found.items()}
        self.concepts: frozenset[str] = frozenset(self._found)

    def mentions(self, names: tuple[str, ...]) -> bool:
        """Whether any of the concepts occurs anywhere."""
        return not self.concepts.isdisjoint(names)

    def commonness(self, names: tuple[str, ...]) -> int:
        """Return how often any of the concepts occurs, shared places counted for each."""
        return sum(map(self._counts.__getitem__, self.concepts.intersection(names)))

    def occurrences(self, names: tuple[str, ...]) -> list[TokenSpan]:
        """Return where any of the concepts occurs, in order of the first token."""
        if names not in self._merged:
            lists = [spans for name in names for spans in self._found.get(name, ())]
            self._merged[names] = lists[0] if len(lists) == 1 else sorted(set().union(*lists))
        return self._merged[names]

    def starting_between(self, names: tuple[str, ...], first: int, last: int) -> list[TokenSpan]:
        """Return occurrences whose first token is at least `first` and at most `last`."""
        starts = self._starts.get(names)  # asked for most often of all, so no call before it
        if starts is None:
            starts = self._starts[names] = [start for start, _ in self.occurrences(names)]
        if not starts:
            return []
        low = bisect_left(starts, first)
        return self._merged[names][low : bisect_right(starts, last, low)]

    def sentence_holds(self, names: tuple[str, ...], token: int) -> bool:
        """Whether any of the concepts begins in the sentence of `token`."""
        sentence = self.sentences[token]
        first = bisect_left(self.sentences, sentence)
        last = bisect_right(self.sentences, sentence) - 1
        return bool(names) and bool(self.starting_between(names, first, last))

    def gap(self, before: int, after: int) -> int:
        """Return how many words (commas counted) stand between two tokens."""
        return self.positions[after] - self.positions[before] - 1

    def goes_on(self, token: int) -> bool:
        """Whether there is such a token and it follows the one before it without a break."""
        return token < len(self.tokens) and self._joined[token]

    def together(self, one: int, other: int) -> bool:
        """Whether two tokens stand in the same sentence."""
        return self.sentences[one] == self.sentences[other]

    def characters(self, spans: Iterable[TokenSpan]) -> tuple[Span, ...]:
        """Return token spans as character spans of the original text."""
        return tuple((self.offsets[a][0], self.offsets[b - 1][1]) for a, b in sorted(spans))

    def _read(self, text: str, wording: Wording) -> None:
        position, sentence, joined = 0, 0, False
        for piece in _rejoined(pieces(text), wording):
            if piece.kind == "stop":
                sentence += bool(self.sentences) and self.sentences[-1] == sentence
                joined = False
            elif piece.kind == "pause":
                position += _PAUSE_WIDTH
                joined = False
            else:
                words = wording.read(piece.text) if piece.kind == "word" else ((piece.text,),)
                for forms in words:
                    self._append(forms, (piece.start, piece.end), position, sentence, joined)
                    position += 1
                    joined = True

    def _append(
        self, forms: Forms, offsets: Span, position: int, sentence: int, joined: bool
    ) -> None:
        if joined and forms == _NOT and self.tokens[-1] == _CAN:
            self.tokens[-1] = _CANNOT
            self.offsets[-1] = (self.offsets[-1][0], offsets[1])
            return
        self.tokens.append(forms)
        self.offsets.append(offsets)
        self.positions.append(position)
        self.sentences.append(sentence)
        self._joined.append(joined)


def _rejoined(all_pieces: Iterable[Piece], wording: Wording) -> Iterator[Piece]:
    """Put together again what text-speak writes with figures ("2nite", "b4", "gr8")."""
    held: Piece | None = None
    for piece in all_pieces:
        if held is None:
            held = piece
            continue
        text = held.text + piece.text
        if held.end == piece.start and wording.is_text_speak(text):
            yield Piece("word", text, held.start, piece.end)
            held = None
        else:
            yield held
            held = piece
    if held is not None:
        yield held
