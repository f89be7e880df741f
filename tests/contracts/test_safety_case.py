"""The safety case names only what there is, carries the README's figures, and claims nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASE = (ROOT / "docs" / "safety-case.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:bot|data|tests|tools)/[\w./-]+)`", CASE)))
TARGETS = sorted(set(re.findall(r"`make ([a-z-]+)`", CASE)))
HAZARDS = [line.split("|")[1:-1] for line in CASE.splitlines() if line.startswith("| ")][2:]


@pytest.mark.parametrize("path", NAMED)
def test_what_the_safety_case_names_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_it_names_exists(target: str) -> None:
    assert re.search(rf"^{target}:.*## ", MAKEFILE, re.M)


@pytest.mark.parametrize("row", HAZARDS, ids=lambda row: row[0].strip()[:40])
def test_every_hazard_has_a_control_something_that_does_it_and_a_test(row: list[str]) -> None:
    hazard, control, code, test = (cell.strip() for cell in row)
    assert hazard and control and "`" in code
    assert "`tests/" in test or "`make " in test


def test_it_carries_the_figures_of_the_readme() -> None:
    rows = README.split("| safety, held-out messages |")[1].split("\n\n")[0].splitlines()[2:]
    figures = [row.split("|")[3].strip() for row in rows]
    assert len(figures) > 10
    assert [figure for figure in figures if figure not in CASE] == []


def test_it_claims_no_sign_off() -> None:
    assert "No clinician has signed this off" in CASE
    assert not re.search(r"clinically (?:validated|approved)|certified", CASE, re.I)
