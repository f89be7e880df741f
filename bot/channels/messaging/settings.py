"""The messaging channels that there are: their variables, their limits, whether they are on.

Nothing secret stands in a file of this project: a channel is on when the environment holds the
variables that it needs, and its credentials are read from there alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

CHANNELS = Path("data/channels/channels.yml")


class ChannelError(ValueError):
    """The list of channels cannot be read, or a channel is set up by half; the message says how."""


class State(Enum):
    """Whether a channel is open."""

    ON = "on"
    OFF = "off"
    HALF = "incomplete"


@dataclass(frozen=True)
class Limits:
    """What a platform shows: the longest text, how many buttons, the longest word on one."""

    text: int
    """Characters of one message, counted as UTF-16 units, the widest way that a platform counts."""
    buttons: int
    """Buttons under one message; none where the platform has none."""
    title: int
    """Characters on a button."""
    short_sources: bool = False
    """Whether an answer names the organisations alone, because each character costs."""
    plain_letters: bool = False
    """Whether typographic quotes and dashes become plain ones: they double the price."""


@dataclass(frozen=True)
class Channel:
    """One platform: where its class is, what it needs, what it shows."""

    name: str
    title: str
    input: str
    """The dotted path of its class, as credentials.yml names it."""
    page: str
    """The page of the documentation that tells how to set it up."""
    webhook: str | None
    """The path that the platform calls; nothing where the assistant itself connects."""
    variables: Mapping[str, str]
    """Every variable that it needs, with what belongs in it."""
    optional: Mapping[str, str]
    """Variables that it can do without."""
    limits: Limits

    def state(self, environment: Mapping[str, str]) -> State:
        """Whether all, some or none of its variables are set; an empty one is not."""
        missing = self.missing(environment)
        if not missing:
            return State.ON
        known = [*self.variables, *self.optional]
        return State.HALF if any(environment.get(name) for name in known) else State.OFF

    def missing(self, environment: Mapping[str, str]) -> list[str]:
        """The needed variables that are not set."""
        return [name for name in self.variables if not environment.get(name)]

    def values(self, environment: Mapping[str, str]) -> dict[str, str]:
        """All its variables that are set, by name.

        Raises:
            ChannelError: a needed one is missing.
        """
        if missing := self.missing(environment):
            raise ChannelError(self.what_is_missing(missing))
        names = [*self.variables, *self.optional]
        return {name: environment[name] for name in names if environment.get(name)}

    def what_is_missing(self, missing: list[str]) -> str:
        """One line for whoever set up half of it."""
        return (
            f"{self.title} is set up by half: set {' and '.join(missing)}, or none of its "
            f"variables. {self.page} tells how."
        )


def load_channels(path: Path = CHANNELS) -> dict[str, Channel]:
    """The channels by name, in the order of the file.

    Raises:
        ChannelError: the file is missing or broken.
    """
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))["channels"]
        return {name: _channel(name, entry) for name, entry in listed.items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ChannelError(f"{path} cannot be read as channels: {error!r}") from error


def _channel(name: str, entry: Mapping[str, Any]) -> Channel:
    given = {**entry, "limits": Limits(**entry["limits"])}
    return Channel(name, **{"webhook": None, "optional": {}, **given})
