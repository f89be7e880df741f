"""Which messaging channels a start opens, and the file by which Rasa opens them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.channels.messaging.settings import (
    CHANNELS,
    Channel,
    ChannelError,
    State,
    load_channels,
)
from bot.launch.errors import LaunchError

CREDENTIALS = Path("credentials.yml")
"""The channels that are always open."""

OPENED = Path(".cache") / "credentials.yml"
"""Those and the ones that this start opens; it names classes and holds no secret."""


def channels_to_open(root: Path, environment: Mapping[str, str]) -> list[Channel]:
    """The channels whose variables are set.

    Raises:
        LaunchError: one is set up by half, or the list of channels cannot be read.
    """
    channels = _listed(root)
    half = [channel for channel in channels if channel.state(environment) is State.HALF]
    if half:
        lines = [channel.what_is_missing(channel.missing(environment)) for channel in half]
        raise LaunchError("\n".join(lines))
    return [channel for channel in channels if channel.state(environment) is State.ON]


def credentials_for(root: Path, channels: Sequence[Channel]) -> Path:
    """The credentials file that opens these channels, written anew or taken away."""
    file = root / OPENED
    file.unlink(missing_ok=True)
    if not channels:
        return CREDENTIALS
    text = (root / CREDENTIALS).read_text(encoding="utf-8")
    set_up = _entries(root)
    lines = [f"{channel.input}: {{}}" for channel in channels if channel.input not in set_up]
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join((text.rstrip(), *lines, "")), encoding="utf-8")
    return OPENED


def table(root: Path, environment: Mapping[str, str]) -> list[str]:
    """A line for each channel: its name, its state, its page; below it what is missing."""
    lines = [_row("CHANNEL", "STATE", "PAGE")]
    entries = _entries(root)
    for always in yaml.safe_load((root / CHANNELS).read_text(encoding="utf-8"))["always"]:
        state = State.ON if always["input"] in entries else State.OFF
        lines.append(_row(always["title"], state.value, always["page"]))
    for channel in _listed(root):
        lines.append(_row(channel.title, channel.state(environment).value, channel.page))
        missing = channel.missing(environment)
        lines += [f"    needs {name}: {channel.variables[name]}" for name in missing]
    return lines


def _listed(root: Path) -> list[Channel]:
    try:
        return list(load_channels(root / CHANNELS).values())
    except ChannelError as error:
        raise LaunchError(str(error)) from error


def _entries(root: Path) -> Mapping[str, Any]:
    found = yaml.safe_load((root / CREDENTIALS).read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def _row(title: str, state: str, page: str) -> str:
    return f"{title:<22}{state:<12}{page}"
