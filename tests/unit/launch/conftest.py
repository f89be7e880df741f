"""A small project on disk, and small programs to start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.launch.child import Child

MakeChild = Callable[..., Child]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A directory with the files that the launcher reads, below a name with a space."""
    root = tmp_path / "my project"
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"name: {name}\n", encoding="utf-8")
    (root / "requirements.txt").write_text("rasa==3.6.21\n", encoding="utf-8")
    (root / "scripts").mkdir()
    (root / "scripts" / "env").write_text("# Why\nexport A=1\n", encoding="utf-8")
    for name in ("data/nlu/greet.yml", "data/responses/small_talk.yml", "bot/nlu/guard.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("a: 1\n", encoding="utf-8")
    (root / "models").mkdir()
    return root


@pytest.fixture
def make_child(tmp_path: Path) -> Iterator[MakeChild]:
    """Makes a child that runs a line of shell; whatever still runs at the end is stopped."""
    children: list[Child] = []

    def make(script: str, name: str = "The server") -> Child:
        log = tmp_path / "logs" / f"{len(children)}.log"
        environment = {"PATH": "/usr/bin:/bin"}
        children.append(Child(name, ["sh", "-c", script], environment, log, grace=0.2))
        return children[-1]

    yield make
    for child in children:
        child.stop()
