"""Tables of figures, for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[str]


@dataclass(frozen=True)
class Table:
    """A titled table: the first column names things, the others hold figures."""

    title: str
    head: Row
    rows: Sequence[Row]

    def as_text(self) -> str:
        """The table in aligned columns, the first one flush left."""
        lines = [self.head, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.head))]
        text = [self.title, _aligned(self.head, widths), "  ".join("-" * width for width in widths)]
        return "\n".join([*text, *(_aligned(row, widths) for row in self.rows)])

    def as_markdown(self) -> str:
        """The table under a heading, as GitHub shows it."""
        rule = ["---", *("---:" for _ in self.head[1:])]
        lines = [f"## {self.title}", "", *(_piped(row) for row in (self.head, rule, *self.rows))]
        return "\n".join(lines)


def percent(part: int, whole: int) -> str:
    """The share of `part` in `whole` with one decimal, or a dash where there is nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "-"


def _aligned(row: Row, widths: Sequence[int]) -> str:
    first, *others = [
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join([first, *others]).rstrip()


def _piped(row: Row) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
