"""Tell whether anything that the trained model depends on has changed since it was trained."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bot.launch.project import MODEL, MODEL_NAME

INPUTS = (
    "config.yml",
    "domain.yml",
    "requirements.txt",
    "data",
    "bot/dialogue",
    "bot/encoder",
    "bot/intents",
    "bot/knowledge",
    "bot/lexicon",
    "bot/nlu",
    "bot/policies",
    "bot/safety",
)
"""What training reads: settings, versions, data, and the code of the components."""

NOT_READ = ("data/widget", "data/channels")
"""The chat widget's words and the list of channels: a change of them needs no new training."""

_TENSORFLOW = "tensorflow"
"""Its version tells which of the two sets of libraries trains."""

RECORD = MODEL.with_name(f"{MODEL_NAME}.sha256")


def fingerprint(root: Path) -> str:
    """Return one sha256 over the names and contents of all inputs, and which libraries train."""
    digest = hashlib.sha256(f"{version(_TENSORFLOW)}\0".encode())
    for path in _files(root):
        content = path.read_bytes()
        # Lengths keep two files apart from one that holds both.
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_trained(root: Path, current: str) -> bool:
    """Tell whether there is a model and it was trained from what has this fingerprint."""
    try:
        recorded = (root / RECORD).read_text(encoding="utf-8").strip()
    except OSError:
        return False
    return recorded == current and (root / MODEL).is_file()


def record(root: Path, current: str) -> None:
    """Note what the model was trained from."""
    (root / RECORD).write_text(f"{current}\n", encoding="utf-8")


def forget(root: Path) -> None:
    """Remove model and note: a training that is cut off must not pass for a complete one."""
    for path in (RECORD, MODEL):
        (root / path).unlink(missing_ok=True)


def _files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        candidates = sorted(path.rglob("*")) if path.is_dir() else [path]
        files = (found for found in candidates if found.is_file() and not _is_by_product(found))
        yield from (found for found in files if not _is_not_read(found.relative_to(root)))


def _is_not_read(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in NOT_READ)


def _is_by_product(path: Path) -> bool:
    """Compiled code and what editors leave beside a file."""
    return path.suffix == ".pyc" or path.name.startswith((".", "#")) or path.name.endswith("~")
