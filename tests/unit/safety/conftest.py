"""One loaded safety core for all tests, and the examples of its rules as test parameters."""

from __future__ import annotations

from functools import cache

import pytest

from bot.launch.project import ROOT
from bot.safety.assess import SafetyCore

SAFETY_DATA = ROOT / "data" / "knowledge" / "safety"


@cache
def load_core() -> SafetyCore:
    return SafetyCore.load(SAFETY_DATA)


@pytest.fixture(scope="session")
def core() -> SafetyCore:
    return load_core()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each example of each rule and combination to the tests that ask for one."""
    data = load_core().data
    for fixture, records in (("rule", data.rules), ("combination", data.combinations)):
        for examples in ("must_match", "must_not_match"):
            if fixture in metafunc.fixturenames and examples in metafunc.fixturenames:
                pairs = [(record, each) for record in records for each in getattr(record, examples)]
                ids = [f"{record.rule_id}: {each}" for record, each in pairs]
                metafunc.parametrize((fixture, examples), pairs, ids=ids)
