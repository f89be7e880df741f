"""A model that cannot be loaded ends the server instead of leaving people without answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.launch.ports import HOST, Ports, free_port
from bot.launch.programs import assistant_environment
from bot.launch.project import ROOT


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_broken_model_stops_the_server_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    model = tmp_path / "model.tar.gz"
    model.write_bytes(content)
    ports = Ports(free_port(), free_port())
    options = ["--interface", HOST, "--port", str(ports.assistant), "--model", str(model)]
    done = subprocess.run(
        [sys.executable, "-m", "bot.launch.server", *options],
        cwd=ROOT,
        env={**os.environ, **assistant_environment(ROOT, ports)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "ERROR: The model could not be loaded: run `make train`." in done.stderr
