"""What a person who knows Rasa types: `rasa data validate` and `rasa test core`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.launch.project import ROOT, child_environment
from tests.trained_model import trained_model

STORIES = Path("tests") / "stories" / "test_stories.yml"


def _rasa(*arguments: str) -> str:
    """Run a command of Rasa to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=ROOT,
        env=child_environment(ROOT, os.environ, {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout


@pytest.mark.slow
def test_rasa_finds_the_data_valid_and_the_rules_without_conflict() -> None:
    printed = _rasa("data", "validate")
    assert "No story structure conflicts found" in printed
    assert "contradicting rules" not in printed


@pytest.mark.slow
def test_all_stories_are_told_as_written(tmp_path: Path) -> None:
    model = str(trained_model())
    options = ["--stories", str(STORIES), "--model", model, "--out", str(tmp_path), "--no-plot"]
    _rasa("test", "core", "--e2e", *options)
    failed = (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    stories = yaml.safe_load((ROOT / STORIES).read_text(encoding="utf-8"))["stories"]
    assert report["conversation_accuracy"]["total"] == len(stories)
    assert report["conversation_accuracy"]["correct"] == len(stories), failed
