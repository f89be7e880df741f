"""Learn the adapter of the sentence encoder from all examples: `make adapt`.

`--further` goes through them once more from the adapter that is there, a third of the time: for
examples that were added since.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from bot.encoder.adapter import ADAPTER_FILE, read_adapter, write_adapter
from bot.encoder.encoder import open_tokenizer
from bot.encoder.errors import EncoderError
from bot.encoder.weights import file_sha256, open_model
from bot.launch.project import ROOT, shared_environment
from tools.adapt.examples import load


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, write the file, and say which hash goes into `bot/encoder/adapter.py`."""
    parser = argparse.ArgumentParser(prog="python -m tools.adapt", description=__doc__)
    parser.add_argument("--further", action="store_true", help="go on from the adapter there is")
    further = parser.parse_args(arguments).further
    os.chdir(ROOT)
    # The fast products of TensorFlow, which the shared environment leaves out: they differ in the
    # last digits from machine to machine, and the adapter is learnt on one.
    os.environ.update({**shared_environment(ROOT), "TF_ENABLE_ONEDNN_OPTS": "1"})
    from tools.adapt.fitting import fit

    try:
        files = open_model(adapt=False)
        tokenizer = open_tokenizer(files)
        begin = read_adapter() if further else None
    except EncoderError as error:
        print(error, file=sys.stderr)
        return 1
    write_adapter(fit(files, load(), lambda text: tokenizer.encode(text).ids, begin))
    print(f"{ADAPTER_FILE} is written. Set in bot/encoder/adapter.py:")
    print(f'ADAPTER_SHA256 = "{file_sha256(ADAPTER_FILE)}"')
    return 0


if __name__ == "__main__":
    sys.exit(main())
