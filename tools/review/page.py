"""The review as one page of HTML that holds all it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from tools.review.rows import Row

STATUS = "Not signed off. No clinician has reviewed these rules and texts yet."
_STYLE = """
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { border: 1px solid #999; padding: .4rem; text-align: left; vertical-align: top; }
th { background: #eee; } td ul { margin: 0; padding-left: 1.1rem; }
td.sign { min-width: 11rem; height: 4rem; } td.said p { margin: 0 0 .5rem; white-space: pre-line; }
.status { border: 2px solid #a00; padding: .6rem; font-weight: bold; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } }
"""
_HEAD = (
    "Rule and source",
    "Messages that it must find",
    "Messages that it must leave alone",
    "What the person gets",
    "Clinician: agreed or not, name, date, signature",
)


def page(groups: Mapping[str, Sequence[Row]], made_on: str) -> str:
    """The whole page; `made_on` is the day it was made, as it is shown."""
    parts = "\n".join(_part(name, rows) for name, rows in groups.items())
    count = sum(len(rows) for rows in groups.values())
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Safety rules for clinical review</title>
<style>{_STYLE}</style></head><body>
<h1>Safety rules for clinical review</h1>
<p class="status">{STATUS}</p>
<p>{count} rules, written out on {escape(made_on)} from the data of the assistant. The examples are
tested: each message in the second column is found by its rule, each in the third is not. A crisis
of someone else gets the second of the two texts. A red flag comes before an amber sign, an amber
sign before any other symptom. A statistical detector stands beside these rules and leads to the
same texts. The intended purpose and the hazards stand in docs/safety-case.md.</p>
{parts}
</body></html>
"""


def _part(name: str, rows: Sequence[Row]) -> str:
    head = "".join(f'<th scope="col">{title}</th>' for title in _HEAD)
    body = "\n".join(map(_row, rows))
    return (
        f"<h2>{escape(name)} ({len(rows)})</h2>\n"
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    )


def _row(row: Row) -> str:
    said = "".join(f"<p>{escape(text)}</p>" for text in row.said)
    return (
        f'<tr id="{escape(row.rule_id)}"><td><b>{escape(row.rule_id)}</b><br>'
        f"{escape(row.category.value)}<br><i>{escape(row.source)}</i></td>"
        f"<td>{_list(row.finds)}</td><td>{_list(row.leaves)}</td>"
        f'<td class="said">{said}</td><td class="sign"></td></tr>'
    )


def _list(texts: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>" if texts else "-"
