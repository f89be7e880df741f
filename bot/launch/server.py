"""`rasa run`, lean, and stopping where it cannot answer: a program of its own, like the terminal.

Rasa's server goes on when the model does not load, answers its health check, and every message
with nothing. This one ends with a message. It imports no library of a service that the settings do
not name, does not check again what training has checked, and never searches what was loaded for
garbage again.
"""

from __future__ import annotations

import gc
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.launch.unused import leave_out, unused

SETTINGS = {"--credentials": "credentials.yml", "--endpoints": "endpoints.yml"}
"""The options that name the settings, and what they name unless they are given."""


class ModelError(SystemExit):
    """The model cannot answer; the message says what to do."""


def main() -> None:
    """Run `rasa run` with the arguments of this program."""
    # Loading makes hundreds of thousands of objects that stay, and no garbage.
    gc.disable()
    leave_out(unused(path.read_text(encoding="utf-8") for path in settings(sys.argv)))
    _stop_without_model()
    from rasa.__main__ import main as rasa_command_line

    sys.argv[:1] = ["rasa", "run"]
    rasa_command_line()


def settings(arguments: list[str]) -> list[Path]:
    """The files of settings that the arguments name."""
    given = dict(pairwise(arguments))
    return [Path(given.get(option, usual)) for option, usual in SETTINGS.items()]


def _stop_without_model() -> None:
    import rasa.core.run
    from rasa.shared.utils import validation

    load = rasa.core.run.load_agent_on_start

    async def load_or_stop(*arguments: Any) -> Any:
        # The domain of a model was checked when it was trained.
        check, validation.validate_yaml_schema = validation.validate_yaml_schema, _accept
        agent = await load(*arguments)
        validation.validate_yaml_schema = check
        if not agent.is_ready():
            raise ModelError("ERROR: The model could not be loaded: run `make train`.")
        gc.collect()
        gc.freeze()
        gc.enable()
        return agent

    rasa.core.run.load_agent_on_start = load_or_stop


def _accept(*_: Any, **__: Any) -> None:
    """Take a YAML file as it is."""


if __name__ == "__main__":
    main()
