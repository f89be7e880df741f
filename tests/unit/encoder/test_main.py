"""Building the graph ahead of time from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.encoder.__main__ import main
from bot.encoder.store import CACHE_ENV
from bot.encoder.weights import ModelFiles


def test_a_build_prints_one_line_with_the_path(
    tiny_files: ModelFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(CACHE_ENV, str(tmp_path / "graphs"))
    arguments = ["--directory", str(tiny_files.directory), "--sha256", tiny_files.sha256]
    assert main(arguments) == 0
    output = capsys.readouterr().out
    (graph,) = (tmp_path / "graphs").glob("*.onnx")
    assert output.startswith("Building")
    assert output.endswith(f"{graph}\n")
    assert output.count("\n") == 1


def test_an_error_is_one_message_and_a_failing_status(
    tiny_directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--directory", str(tiny_directory)]) == 1
    assert "is not the expected model" in capsys.readouterr().err
