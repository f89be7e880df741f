"""The launcher's command line: `python -m bot.launch run`, or another of `COMMANDS`."""

from __future__ import annotations

import argparse
import os
import signal
import sys

from bot.launch import commands
from bot.launch.errors import LaunchError
from bot.launch.project import ROOT
from bot.launch.supervisor import STOP_SIGNALS

COMMANDS = {
    "run": commands.run,
    "shell": commands.shell,
    "train": commands.train,
    "check": commands.check,
    "channels": commands.channels,
}
INTERRUPTED = 130
"""The exit status that a shell expects after Ctrl-C."""


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.launch", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    command = COMMANDS[parser.parse_args(arguments).command]
    _stop_in_order()
    os.chdir(ROOT)
    try:
        return command(ROOT)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED


def _stop_in_order() -> None:
    """Take every request to end for Ctrl-C, which `finally` blocks see as an exception."""
    for number in STOP_SIGNALS:
        hidden_by_nohup = number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN
        if not hidden_by_nohup:
            signal.signal(number, signal.default_int_handler)


if __name__ == "__main__":
    sys.exit(main())
