"""The built widget is what its source gives, small, and without an address of anybody else."""

from __future__ import annotations

import gzip
import hashlib
import json
import re

from bot.launch.project import ROOT

SOURCES = ROOT / "widget"
BUILT = (ROOT / "bot" / "widget" / "widget.js").read_text(encoding="utf-8")
LARGEST = 40 * 1024
"""Bytes of everything the widget consists of, gzipped."""


def digest() -> str:
    """The digest that `widget/build.mjs` writes into the file it builds."""
    names = ["build.mjs", "package-lock.json"]
    names += [f"src/{path.name}" for path in (SOURCES / "src").iterdir()]
    found = hashlib.sha256()
    for name in sorted(names):
        content = (SOURCES / name).read_bytes()
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def test_the_built_file_was_built_from_the_source_that_is_there() -> None:
    assert f"sha256 {digest()}" in BUILT.splitlines()[0], "Run `make widget`."


def test_the_widget_is_small() -> None:
    assert len(gzip.compress(BUILT.encode(), 9)) <= LARGEST


def test_the_widget_names_no_address() -> None:
    # The language of drawings is named like an address, and an error message of the socket.io
    # client names its manual; nothing is asked for at either.
    named = {"http://www.w3.org/", "https://socket.io/"}
    assert set(re.findall(r"https?://[\w.]+/?", BUILT)) <= named


def test_the_lock_file_names_versions_and_hashes_and_no_address() -> None:
    text = (SOURCES / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "://" not in re.sub(r'"url": "[^"]*"', "", text)
    assert all("integrity" in package for name, package in packages.items() if name)


def test_the_source_of_the_widget_holds_no_sentence() -> None:
    sentence = re.compile(r"[\"'`][A-Z][a-z]+(?: [a-z]+){2,}[^\"'`]*[\"'`]")
    for path in (SOURCES / "src").glob("*.ts"):
        code = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        assert not sentence.findall(code), path.name
