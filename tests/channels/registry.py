"""All counterparts: every class with a channel in a file under `counterparts/`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from inspect import isclass
from pathlib import Path

import pytest

from tests.channels.counterpart import Counterpart

Kind = type[Counterpart]


def _found() -> dict[str, Kind]:
    kinds = {}
    for path in sorted((Path(__file__).parent / "counterparts").glob("*.py")):
        module = importlib.import_module(f"tests.channels.counterparts.{path.stem}")
        for value in vars(module).values():
            if isclass(value) and issubclass(value, Counterpart) and hasattr(value, "channel"):
                kinds[value.channel] = value
    return kinds


COUNTERPARTS = _found()


def on_every_channel(
    applies: Callable[[Kind], bool] = lambda _: True,
) -> pytest.MarkDecorator:
    """Run a test on every channel where the promise has a meaning."""
    names = [name for name, kind in COUNTERPARTS.items() if applies(kind)]
    return pytest.mark.parametrize("platform", names, indirect=True)
