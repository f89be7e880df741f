"""How far the assistant has read is kept when, and only when, that much is answered."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.matrix import position
from bot.channels.matrix.position import Position, TakenError

USER = "@companion:example.org"


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(position, "DIRECTORY", tmp_path / "matrix")
    yield tmp_path / "matrix"


async def over(turn: asyncio.Event) -> None:
    """A turn that ends when it is told to."""
    await turn.wait()


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_mark_is_kept_across_processes(directory: Path) -> None:
    first = Position(USER)
    assert first.open() is None
    for mark in ("s100_200", "s9"):
        first.reached(mark, [])
    await first.close()
    for user, mark in ((USER, "s9"), ("@other:example.org", None)):
        kept = Position(user)
        assert kept.open() == mark
        await kept.close()


async def test_it_is_kept_once_all_before_it_is_answered() -> None:
    kept, turn = Position(USER), asyncio.Event()
    kept.open()
    kept.reached("s1", [])
    kept.reached("s2", [asyncio.create_task(over(turn))])
    kept.reached("s3", [])
    await settled()
    assert kept.open() == "s1"
    turn.set()
    await settled()
    assert kept.open() == "s3"
    await kept.close()


async def test_only_one_process_holds_it() -> None:
    kept = Position(USER)
    kept.open()
    with pytest.raises(TakenError):
        Position(USER).open()
    await kept.close()
    after = Position(USER)
    assert after.open() is None
    await after.close()


async def test_nobody_else_can_read_the_file_and_it_names_nobody(directory: Path) -> None:
    kept = Position(USER)
    kept.open()
    kept.reached("s1", [])
    await kept.close()
    [file] = directory.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "companion" not in file.name
    assert file.read_text(encoding="ascii") == "s1"


async def test_a_mark_that_cannot_be_one_is_none(directory: Path) -> None:
    first = Position(USER)
    first.open()
    await first.close()
    [file] = directory.iterdir()
    for content in ("two words", "\x00", "ä", "x" * 2000):
        file.write_text(content, encoding="utf-8")
        kept = Position(USER)
        assert kept.open() is None
        await kept.close()
