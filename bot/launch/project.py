"""Where things lie in this project, and the environment its programs run in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LOGS = Path(".logs")
MODEL_NAME = "companion"
MODEL = Path("models") / f"{MODEL_NAME}.tar.gz"
ENVIRONMENT_FILE = Path("scripts") / "env"

ACTION_SERVER_URL = "ACTION_SERVER_URL"
"""The variable that endpoints.yml reads."""


def shared_environment(root: Path) -> dict[str, str]:
    """Return what `scripts/env` exports, which make and the shell read as well."""
    exports = {}
    for line in (root / ENVIRONMENT_FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            exports[name] = value
    return exports


def child_environment(
    root: Path, base: Mapping[str, str], additions: Mapping[str, str]
) -> dict[str, str]:
    """Return the environment of a program: the caller's, the project's, then the additions."""
    # What a program writes must be in its log when it dies.
    return {**base, **shared_environment(root), "PYTHONUNBUFFERED": "1", **additions}
