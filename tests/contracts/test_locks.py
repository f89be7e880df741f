"""The two locked sets of libraries are what they are said to be."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.launch.project import ROOT
from standins.build_wheels import STAND_INS, build

LEAN, STOCK = "requirements.txt", "requirements-stock.txt"
_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """The version of each package in a lock or in a file of overrides."""
    return dict(_PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def test_the_lock_holds_the_hashes_of_the_stand_ins_in_the_repository(tmp_path: Path) -> None:
    lock = (ROOT / LEAN).read_text(encoding="utf-8")
    for standin in STAND_INS:
        digest = hashlib.sha256(build(standin, tmp_path).read_bytes()).hexdigest()
        assert f"{standin.name}=={standin.full_version} " in lock
        assert f"--hash=sha256:{digest}" in lock, "run make lock"


def test_the_default_set_contains_nothing_of_tensorflow() -> None:
    locked = pins(LEAN)
    brought = {"keras", "tensorboard", "tensorflow-estimator", "jax", "grpcio", "h5py", "torch"}
    assert not brought & set(locked)
    assert all(
        pin.endswith("+absent") for name, pin in locked.items() if name.startswith("tensorflow")
    )


def test_the_other_set_has_the_real_tensorflow() -> None:
    assert pins(STOCK)["tensorflow"] == "2.12.0"


@pytest.mark.parametrize(
    ("lock", "overrides"),
    [
        (LEAN, ("overrides/both.txt", "overrides/lean.txt")),
        (STOCK, ("overrides/both.txt", "overrides/stock.txt")),
    ],
)
def test_every_lifted_pin_is_in_the_lock(lock: str, overrides: tuple[str, ...]) -> None:
    locked = pins(lock)
    for file in overrides:
        for name, pin in pins(file).items():
            assert locked[name] == pin


def test_the_installed_libraries_are_those_of_a_lock() -> None:
    lock = pins(LEAN if version("tensorflow").endswith("+absent") else STOCK)
    rasa = {name: version(name) for name in ("rasa", "numpy", "protobuf", "scikit-learn")}
    assert {name: lock[name] for name in rasa} == rasa


def test_the_lock_of_the_telegram_test_server_names_hashes_and_no_address() -> None:
    lock = ROOT / "tests" / "channels" / "telegram_test_server" / "package-lock.json"
    text = lock.read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "://" not in re.sub(r'"url": "[^"]*"', "", text)
    assert all("integrity" in package for name, package in packages.items() if name)
