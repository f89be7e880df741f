"""Write the wheels that stand in for TensorFlow's packages: `python standins/build_wheels.py DIR`.

They carry the names and versions that Rasa asks for, with `+absent` behind the version, so that
installers and `pip check` are satisfied and nobody takes them for the real ones. Only the standard
library is used, and the same files come out on every machine: requirements.txt holds their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CODE = Path(__file__).with_name("absent_tensorflow.py")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TAG = "py3-none-any"


@dataclass(frozen=True)
class StandIn:
    """A package by the name and version that Rasa 3.6.21 asks for, and the modules it brings."""

    name: str
    version: str
    modules: Sequence[str] = ()

    @property
    def full_version(self) -> str:
        """The version with the mark of a stand-in."""
        return f"{self.version}+absent"

    @property
    def stem(self) -> str:
        """What the names of the wheel and of its metadata begin with."""
        return f"{self.name.replace('-', '_')}-{self.full_version}"


STAND_INS = (
    StandIn("tensorflow", "2.12.0", ("tensorflow", "keras")),
    StandIn("tensorflow-cpu-aws", "2.12.0"),
    StandIn("tensorflow-hub", "0.13.0", ("tensorflow_hub",)),
    StandIn("tensorflow-io-gcs-filesystem", "0.32.0"),
    StandIn("tensorflow-text", "2.12.0", ("tensorflow_text",)),
)
"""tensorflow brings keras and the code; the others ask for it."""


def build(standin: StandIn, directory: Path) -> Path:
    """Write one wheel and return its path."""
    files = {f"{name}/__init__.py": _module(name) for name in standin.modules}
    if standin is STAND_INS[0]:
        files[CODE.name] = CODE.read_text(encoding="utf-8")
    info = f"{standin.stem}.dist-info"
    files[f"{info}/METADATA"] = _metadata(standin)
    files[f"{info}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: stand-in\nRoot-Is-Purelib: true\nTag: {_TAG}\n"
    )
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD")
    path = directory / f"{standin.stem}-{_TAG}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as wheel:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o100644 << 16
            entry.create_system = 3
            wheel.writestr(entry, content)
    return path


def _module(name: str) -> str:
    return (
        f'"""Stands where {name} would: see absent_tensorflow."""\n\n'
        "from absent_tensorflow import take_place\n\n"
        "take_place(__name__)\n"
    )


def _metadata(standin: StandIn) -> str:
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {standin.name}",
        f"Version: {standin.full_version}",
        f"Summary: Stands in for {standin.name}, which is not installed.",
    ]
    first = STAND_INS[0]
    if standin is not first:
        lines.append(f"Requires-Dist: {first.name}=={first.full_version}")
    return "\n".join(lines) + "\n"


def _record(files: Mapping[str, str], own: str) -> str:
    lines = []
    for name, content in files.items():
        data = content.encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(data)}")
    return "\n".join([*lines, f"{own},,"]) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write all wheels into the directory that is named; return the exit status."""
    if len(arguments) != 1:
        print("usage: python standins/build_wheels.py DIRECTORY", file=sys.stderr)
        return 2
    directory = Path(arguments[0])
    directory.mkdir(parents=True, exist_ok=True)
    for standin in STAND_INS:
        build(standin, directory)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
