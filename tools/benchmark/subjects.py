"""The two assistants that are measured: this one, and Rasa's stock configuration.

Stock is what `rasa init` gives: the default pipeline and policies of the installed Rasa, its
own REST channel and response generator, trained on the same examples, rules and responses.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.launch.ports import HOST
from bot.launch.programs import SERVER_LIMITS

OWN, STOCK = "companion", "stock"
MODEL = "benchmark"
SHARED_DATA = ("nlu", "rules", "stories", "responses")
_DEFAULT_CONFIG = Path("engine/recipes/config_files/default_config.yml")


@dataclass(frozen=True)
class Subject:
    """An assistant that can be trained and served.

    directory: where its models and caches go.
    prepared_by: modules that run before training, as `make train` runs them.
    server: the module that serves, with its first arguments.
    environment: what is set for the server alone.
    python: the interpreter, with the libraries that the assistant needs.
    """

    name: str
    directory: Path
    config: Path
    domain: Path
    data: Path
    endpoints: Path
    credentials: Path
    prepared_by: Sequence[str] = ()
    server: Sequence[str] = ("rasa", "run")
    environment: Mapping[str, str] = field(default_factory=dict)
    python: str = sys.executable

    @property
    def model(self) -> Path:
        """The trained model."""
        return self.directory / "models" / f"{MODEL}.tar.gz"

    def training_commands(self) -> list[list[str]]:
        """What has to run, one after the other, until there is a model."""
        options = {"config": self.config, "domain": self.domain, "data": self.data}
        train = [f"--{name}={path}" for name, path in options.items()]
        train += ["--force", f"--fixed-model-name={MODEL}", f"--out={self.model.parent}"]
        modules = [*((name,) for name in self.prepared_by), ("rasa", "train", *train)]
        return [[self.python, "-m", *module] for module in modules]

    def server_command(self, port: int) -> list[str]:
        """What serves the model on the loopback interface."""
        options = {
            "interface": HOST,
            "port": port,
            "model": self.model,
            "endpoints": self.endpoints,
            "credentials": self.credentials,
        }
        arguments = [f"--{name}={value}" for name, value in options.items()]
        return [self.python, "-m", *self.server, *arguments]


def own(root: Path, directory: Path, action_port: int) -> Subject:
    """This project as it stands, with its models and caches in another directory."""
    endpoints = _read(root / "endpoints.yml")
    endpoints["action_endpoint"] = _action_endpoint(action_port)
    # A benchmark types faster than any person may.
    unhurried = {"at_most": {"messages": 1_000_000, "seconds": 1}}
    credentials = {name: unhurried for name in _read(root / "credentials.yml")}
    return Subject(
        name=OWN,
        directory=directory,
        config=root / "config.yml",
        domain=root / "domain.yml",
        data=root / "data",
        endpoints=_write(directory / "endpoints.yml", endpoints),
        credentials=_write(directory / "credentials.yml", credentials),
        prepared_by=("bot.encoder",),
        server=("bot.launch.server",),
        environment=SERVER_LIMITS,
    )


def stock(root: Path, directory: Path, action_port: int, epochs: int | None = None) -> Subject:
    """A project with Rasa's default configuration and this project's data.

    Args:
        root: this project.
        directory: where the stock project is written.
        action_port: of the action server that both assistants use.
        epochs: how long its networks are trained, where not as long as stock says.
    """
    for name in SHARED_DATA:
        if (root / "data" / name).is_dir():
            shutil.copytree(root / "data" / name, directory / "data" / name)
    shutil.copy(root / "domain.yml", directory / "domain.yml")
    endpoints = {"action_endpoint": _action_endpoint(action_port)}
    return Subject(
        name=STOCK,
        directory=directory,
        config=_write(directory / "config.yml", stock_config(epochs)),
        domain=directory / "domain.yml",
        data=directory / "data",
        endpoints=_write(directory / "endpoints.yml", endpoints),
        credentials=_write(directory / "credentials.yml", {"rest": None}),
        python=str(stock_python(root)),
    )


def stock_python(root: Path) -> Path:
    """The interpreter of the libraries with the real TensorFlow; `make setup STOCK=1` makes it."""
    return root / ".venv-stock" / "bin" / "python"


def stock_config(epochs: int | None = None) -> dict[str, Any]:
    """The configuration that the installed Rasa uses where none is given."""
    found = importlib.util.find_spec("rasa")
    if found is None or found.origin is None:
        raise RuntimeError("Rasa is not installed: run make setup.")
    config = _read(Path(found.origin).parent / _DEFAULT_CONFIG)
    config["assistant_id"] = STOCK
    for component in (*config["pipeline"], *config["policies"]):
        if epochs is not None and "epochs" in component:
            component["epochs"] = epochs
    return config


def _action_endpoint(port: int) -> dict[str, str]:
    return {"url": f"http://{HOST}:{port}/webhook"}


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _write(path: Path, content: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path
