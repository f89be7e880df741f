"""A small project on disk, and small programs to start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.launch import commands, programs
from bot.launch.child import Child
from bot.launch.ports import Ports, free_port
from bot.launch.readiness import Canary, State

MakeChild = Callable[..., Child]

CHANNELS = """
always:
  - {title: REST, input: rest.Input, page: docs/rest.md}
channels:
  pigeon:
    title: Pigeon post
    input: birds.PigeonInput
    page: docs/pigeon.md
    webhook: /webhooks/pigeon/webhook
    variables: {COMPANION_PIGEON_LOFT: where they live, COMPANION_PIGEON_CORN: what they eat}
    optional: {COMPANION_PIGEON_RING: a number}
    limits: {text: 40, buttons: 0, title: 0}
  parrot:
    title: Parrot
    input: birds.ParrotInput
    page: docs/parrot.md
    variables: {COMPANION_PARROT_CAGE: where it lives}
    limits: {text: 10, buttons: 0, title: 0}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A directory with the files that the launcher reads, below a name with a space."""
    root = tmp_path / "my project"
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"name: {name}\n", encoding="utf-8")
    (root / "requirements.txt").write_text("rasa==3.6.21\n", encoding="utf-8")
    (root / "scripts").mkdir()
    (root / "scripts" / "env").write_text("# Why\nexport A=1\n", encoding="utf-8")
    for name in ("data/nlu/greet.yml", "data/responses/small_talk.yml", "bot/nlu/guard.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("a: 1\n", encoding="utf-8")
    (root / "models").mkdir()
    (root / "data" / "channels").mkdir()
    (root / "data" / "channels" / "channels.yml").write_text(CHANNELS, encoding="utf-8")
    return root


@pytest.fixture
def make_child(tmp_path: Path) -> Iterator[MakeChild]:
    """Makes a child that runs a line of shell; whatever still runs at the end is stopped."""
    children: list[Child] = []

    def make(script: str, name: str = "The server") -> Child:
        log = tmp_path / "logs" / f"{len(children)}.log"
        environment = {"PATH": "/usr/bin:/bin"}
        children.append(Child(name, ["sh", "-c", script], environment, log, grace=0.2))
        return children[-1]

    yield make
    for child in children:
        child.stop()


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> Ports:
    """Free ports, which the environment names."""
    ports = Ports(free_port(), free_port())
    monkeypatch.setenv("COMPANION_PORT", str(ports.assistant))
    monkeypatch.setenv("COMPANION_ACTION_PORT", str(ports.actions))
    return ports


@dataclass
class Servers:
    """Two servers that are ready at once and do nothing."""

    ports: Ports
    actions: Child
    assistant: Child
    stop_when_ready: Callable[[], None]
    """From now on, Ctrl-C is pressed as soon as both are up."""
    credentials: list[Path] = field(default_factory=list)
    """The credentials files that the assistant was started with."""

    @property
    def both(self) -> list[Child]:
        return [self.actions, self.assistant]

    def start_assistant(self, _: Path, __: Ports, credentials: Path) -> Child:
        self.credentials.append(credentials)
        return self.assistant


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch, make_child: MakeChild, ports: Ports) -> Servers:
    """A trained project with such servers."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    def stop_when_ready() -> None:
        monkeypatch.setattr(commands.Supervisor, "watch", interrupt)

    children = make_child("exec sleep 30"), make_child("exec sleep 30")
    servers = Servers(ports, *children, stop_when_ready)
    monkeypatch.setattr(commands, "ensure_model", lambda *_: None)
    monkeypatch.setattr(commands, "trouble_text", lambda _: "trouble")
    monkeypatch.setattr(commands, "action_server_state", lambda _: State.READY)
    monkeypatch.setattr(Canary, "state", lambda _: State.READY)
    monkeypatch.setattr(programs, "action_server", lambda *_: servers.actions)
    monkeypatch.setattr(programs, "assistant", servers.start_assistant)
    return servers
