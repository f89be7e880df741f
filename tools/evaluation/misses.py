"""Every miss, written down: for finding faults, not for tuning to the held-out sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tools.evaluation.judged import Judged, SetResult
from tools.evaluation.safety_report import SafetyResult
from tools.evaluation.safety_run import Tried
from tools.evaluation.safety_sets import Match
from tools.evaluation.scoring import Outcome

WARNING = (
    "Held-out messages are listed here too. Whoever tunes data or rules to one of them makes "
    "every later figure worthless: tune on the practice sets."
)


def misses(results: Sequence[SetResult], safety: SafetyResult | None) -> str:
    """All misses as Markdown."""
    parts = ["# Misses", "", WARNING]
    for result in results:
        lines = [_line(one) for one in result.judged if one.outcome is not Outcome.RIGHT]
        parts += ["", f"## {result.name} ({len(lines)})", "", *lines]
    if safety is not None:
        parts += _safety("the rules alone", safety.rules)
        parts += _safety("the whole assistant", safety.assistant)
        parts += _changed("the rules alone", safety.rule_pairs)
        parts += _changed("the whole assistant", safety.assistant_pairs)
    return "\n".join(parts) + "\n"


def _line(one: Judged) -> str:
    wanted = ", ".join(_named(e.label, e.focus.values()) for e in one.turn.expected)
    answers = [_named(a.topic, a.focus.values()) for a in one.reply.answers]
    got = ", ".join(answers) or " ".join(one.reply.actions[:-1])
    sure = f"{one.reply.best} {one.reply.best_confidence:.2f}, safety {one.reply.safety}"
    return f"- {one.outcome.value}: {one.turn.text!r}; wanted {wanted}; got {got} ({sure})"


def _named(label: str, values: Iterable[str]) -> str:
    words = " ".join(values)
    return f"{label} ({words})" if words else label


def _safety(who: str, side: Sequence[Tried]) -> list[str]:
    missed = [tried for tried in side if tried.match is not Match.RECOGNISED]
    lines = [
        f"- {tried.match.value}: {' / '.join(tried.case.messages)!r}; "
        f"wanted {tried.case.expected.value} ({tried.case.source}); got {tried.verdict.value}"
        for tried in missed
    ]
    return ["", f"## Safety, {who} ({len(lines)})", "", *lines]


def _changed(who: str, pairs: Sequence[Sequence[Tried]]) -> list[str]:
    lines = [
        f"- {tried.case.messages[0]!r}: {tried.verdict.value}; "
        f"{base.case.messages[0]!r}: {base.verdict.value}"
        for base, *variants in pairs
        for tried in variants
        if tried.verdict is not base.verdict
    ]
    return ["", f"## Variants with another verdict, {who} ({len(lines)})", "", *lines]
