"""The tables of an evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tools.evaluation.crossval import CrossValidation
from tools.evaluation.judged import Judged, SetResult, Tally, by, in_scope, out_of_scope
from tools.evaluation.scoring import Outcome
from tools.evaluation.sets import HELD_OUT
from tools.tables import Table, percent

_OUTCOMES = (Outcome.RIGHT, Outcome.WRONG, Outcome.ASKED, Outcome.REFUSED)
_HEAD = tuple(outcome.value for outcome in _OUTCOMES)
GOALS = ("goal", "", "at least 95%", "at most 3%", "", "at most 3%", "", "at least 95%")


def held_out(results: Iterable[SetResult]) -> list[Judged]:
    """The judged messages of the held-out sets."""
    return [one for result in results if result.name in HELD_OUT for one in result.judged]


def sets_table(results: Sequence[SetResult]) -> Table:
    """Every set with its in-scope outcomes and its out-of-scope messages."""
    rows = [_set_row(result.name, result.judged) for result in results]
    counted = held_out(results)
    if counted:
        rows.append(_set_row("all held-out sets", counted))
    head = ("set", "in scope", *_HEAD, "out of scope", "turned away")
    return Table("Answers", head, [*rows, GOALS])


def groups_table(results: Sequence[SetResult], groups: Mapping[str, str]) -> Table:
    """The held-out messages by the group of what was expected."""
    boxes = by(lambda one: groups.get(one.label, "other"), held_out(results))
    return _boxes_table("Held-out messages by group", "group", boxes)


def voices_table(results: Sequence[SetResult]) -> Table:
    """The held-out messages by the voice that they are written in."""
    voiced = [one for one in held_out(results) if one.turn.voice]
    boxes = by(lambda one: one.turn.voice, in_scope(voiced))
    return _boxes_table("Held-out messages in scope by voice", "voice", boxes)


def crossval_table(validation: CrossValidation) -> Table:
    """The classifier alone on the training data, five folds."""
    figures = {
        "right": "right",
        "second": "right among the first two guesses",
        "macro_f1": "F1, mean over the labels",
        "sure": "sure enough",
        "sure_right": "sure enough and right",
    }
    rows = []
    for figure, name in figures.items():
        folds = [f"{100 * getattr(fold, figure):.1f}%" for fold in validation.folds]
        mean = f"{100 * validation.mean(figure):.1f}%"
        rows.append((name, *folds, mean, f"{100 * validation.deviation(figure):.1f}"))
    numbers = (f"fold {number}" for number in range(1, len(validation.folds) + 1))
    head = ("training data", *numbers, "mean", "deviation")
    return Table(f"Cross-validation of the classifier, {len(validation.folds)} folds", head, rows)


def crossval_groups_table(validation: CrossValidation) -> Table:
    """The cross-validated classifier by group."""
    rows = [
        (group, str(total), percent(right, total))
        for group, (right, total) in sorted(validation.groups.items())
    ]
    return Table("Cross-validation by group", ("group", "examples", "right"), rows)


def left_out_table(results: Sequence[SetResult], safety: int) -> Table:
    """How many messages were left out, because the assistant was made with them."""
    rows = [(result.name, str(result.left_out)) for result in results]
    title = "Left out: also in the training data, a safety rule's examples or a button"
    return Table(title, ("set", "messages"), [*rows, ("safety", str(safety))])


def _set_row(name: str, judged: Sequence[Judged]) -> Sequence[str]:
    inside, outside = Tally.of(in_scope(judged)), Tally.of(out_of_scope(judged))
    shares = [percent(inside[outcome], inside.total) for outcome in _OUTCOMES]
    away = percent(outside.kept_out, outside.total)
    return (name, str(inside.total), *shares, str(outside.total), away)


def _boxes_table(title: str, what: str, boxes: Mapping[str, Sequence[Judged]]) -> Table:
    rows = []
    for name, judged in boxes.items():
        tally = Tally.of(judged)
        shares = [percent(tally[outcome], tally.total) for outcome in _OUTCOMES]
        rows.append((name, str(tally.total), *shares))
    return Table(title, (what, "messages", *_HEAD), rows)
