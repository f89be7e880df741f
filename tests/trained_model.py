"""The trained model that conversations, stories and running servers are tested with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.launch.project import MODEL, ROOT

MODEL_VARIABLE = "COMPANION_MODEL"


def trained_model() -> Path:
    """The model that `make train` writes, or the one that COMPANION_MODEL names."""
    path = ROOT / os.environ.get(MODEL_VARIABLE, MODEL)
    if not path.is_file():
        pytest.fail(
            f"There is no trained model at {path}: run `make train`, "
            f"or set {MODEL_VARIABLE} to another model.",
            pytrace=False,
        )
    return path
