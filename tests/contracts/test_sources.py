"""Every clinical rule names published guidance, and no file a document outside the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.launch.project import ROOT
from bot.safety.assess import SafetyCore

SAFETY_DATA = ROOT / "data" / "knowledge" / "safety"
FOLDERS = ("actions", "bot", "data", "docs", "tools")
KINDS = {".md", ".py", ".yml", ".js", ".html", ".txt"}
OUTSIDE = re.compile(r"\bsafety\.md\b|\bshared/|/tmp/|/work/")
PUBLISHED = re.compile(
    r"NICE (?:NG|CG)\d+|UKONS v3|CDC|FDA|NHS|NCI|WHO|MDCG|988 Lifeline|Samaritans"
    r"|American (?:Heart|Stroke) Association|cancer units|Clinical consensus|public emergency signs"
)

FILES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*")
    if path.suffix in KINDS and path.is_file()
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_points_to_a_document_outside_the_project(path: Path) -> None:
    assert OUTSIDE.findall(path.read_text(encoding="utf-8")) == []


def test_every_safety_rule_cites_published_guidance() -> None:
    data = SafetyCore.load(SAFETY_DATA).data
    records = (*data.rules, *data.combinations, *data.bands)
    assert len(records) > 100
    assert [each.rule_id for each in records if not PUBLISHED.search(each.source)] == []
