"""Build the graph of the sentence encoder ahead of time: `python -m bot.encoder`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.encoder.errors import EncoderError
from bot.encoder.store import cache_directory, ensure_graph
from bot.encoder.weights import DEFAULT_SHA256, open_model


def main(arguments: list[str] | None = None) -> int:
    """Build the graph where it is missing; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.encoder", description=__doc__)
    parser.add_argument("--directory", help="model directory; default: the installed package")
    parser.add_argument("--sha256", default=DEFAULT_SHA256, help="of its model.safetensors")
    options = parser.parse_args(arguments)
    try:
        files = open_model(options.directory, options.sha256)
        path = ensure_graph(files, cache_directory(), notify=_announce)
    except EncoderError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Sentence encoder ready: {path}")
    return 0


def _announce(path: Path) -> None:
    print(f"Building {path.name} ... ", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
