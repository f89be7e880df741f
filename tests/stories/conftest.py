"""Rasa's own commands take their time."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of what takes more than a few seconds."""
    config.addinivalue_line("markers", "slow: starts Rasa in a process of its own")
