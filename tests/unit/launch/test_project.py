"""The environment that make, the shell and the launcher share."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.launch.project import ENVIRONMENT_FILE, ROOT, child_environment, shared_environment


def test_the_exports_are_read(project: Path) -> None:
    assert shared_environment(project) == {"A": "1"}


def test_the_shell_reads_the_same(tmp_path: Path) -> None:
    command = ["sh", "-c", '. "$0" && env', str(ROOT / ENVIRONMENT_FILE)]
    printed = subprocess.run(command, env={}, capture_output=True, text=True, check=True).stdout
    seen = dict(line.split("=", 1) for line in printed.splitlines())
    assert shared_environment(ROOT).items() <= seen.items()


def test_make_reads_the_same(tmp_path: Path) -> None:
    # By a name without a directory: make takes a space in a path for the end of it.
    shutil.copy(ROOT / ENVIRONMENT_FILE, tmp_path / "env")
    (tmp_path / "Makefile").write_text("include env\nall:\n\t@env\n", encoding="utf-8")
    command = ["make", "--no-print-directory"]
    printed = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    seen = dict(line.split("=", 1) for line in printed.splitlines())
    assert shared_environment(ROOT).items() <= seen.items()


def test_rasa_reports_nothing_home() -> None:
    assert shared_environment(ROOT)["RASA_TELEMETRY_ENABLED"] == "false"
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "false"


@pytest.mark.parametrize(
    ("base", "additions", "value"), [({"A": "0"}, {}, "1"), ({"A": "0"}, {"A": "2"}, "2")]
)
def test_the_project_overrides_the_caller_and_additions_override_both(
    project: Path, base: dict[str, str], additions: dict[str, str], value: str
) -> None:
    assert child_environment(project, base, additions)["A"] == value
