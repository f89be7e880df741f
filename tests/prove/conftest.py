"""The searches over the real knowledge, loaded once."""

from __future__ import annotations

import pytest

from bot.launch.project import ROOT
from tools.prove.exhaustive import Exhaustive


@pytest.fixture(scope="session")
def exhaustive() -> Exhaustive:
    return Exhaustive(ROOT)
