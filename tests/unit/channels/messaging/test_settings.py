"""When a channel is on, off or half, and a list of channels that is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.messaging.settings import (
    Channel,
    ChannelError,
    Limits,
    State,
    load_channels,
)
from bot.launch.project import ROOT

FILE = ROOT / "data" / "channels" / "channels.yml"
PIGEON = Channel(
    name="pigeon",
    title="Pigeon post",
    input="birds.PigeonInput",
    page="docs/pigeon.md",
    webhook=None,
    variables={"LOFT": "where", "CORN": "what"},
    optional={"RING": "a number"},
    limits=Limits(40, 0, 0),
)
BOTH = {"LOFT": "here", "CORN": "maize"}


@pytest.mark.parametrize(
    ("environment", "state"),
    [
        ({}, State.OFF),
        ({"OTHER": "x"}, State.OFF),
        ({"LOFT": "", "CORN": ""}, State.OFF),
        ({"LOFT": "here"}, State.HALF),
        ({"LOFT": "here", "CORN": ""}, State.HALF),
        ({"RING": "7"}, State.HALF),
        (BOTH, State.ON),
        ({**BOTH, "RING": "7"}, State.ON),
    ],
)
def test_a_channel_is_on_when_everything_it_needs_is_set(
    environment: dict[str, str], state: State
) -> None:
    assert PIGEON.state(environment) is state


def test_the_values_are_those_of_the_channel_alone_and_none_is_empty() -> None:
    assert PIGEON.values({**BOTH, "RING": "", "HOME": "/"}) == BOTH
    assert PIGEON.values({**BOTH, "RING": "7"}) == {**BOTH, "RING": "7"}


def test_without_what_it_needs_there_are_no_values_and_the_error_names_no_value() -> None:
    with pytest.raises(ChannelError) as error:
        PIGEON.values({"LOFT": "a secret loft"})
    assert str(error.value) == (
        "Pigeon post is set up by half: set CORN, or none of its variables. "
        "docs/pigeon.md tells how."
    )


@pytest.mark.parametrize(
    "text",
    ["", "channels: 1", "channels: {a: 1}", "channels: {a: {title: A}}", "channels: [", "a: {}"],
)
def test_a_broken_list_is_one_clear_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "channels.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ChannelError, match="cannot be read as channels"):
        load_channels(file)


def test_a_missing_list_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ChannelError, match="cannot be read as channels"):
        load_channels(tmp_path / "channels.yml")


def test_no_two_channels_share_a_variable_a_webhook_or_a_class() -> None:
    channels = load_channels(FILE).values()
    named = [name for each in channels for name in (*each.variables, *each.optional)]
    webhooks = [each.webhook for each in channels if each.webhook]
    inputs = [each.input for each in channels]
    for used in (named, webhooks, inputs):
        assert len(set(used)) == len(used)


@pytest.mark.parametrize("name", load_channels(FILE))
def test_a_channel_and_its_variables_bear_its_name(name: str) -> None:
    channel = load_channels(FILE)[name]
    prefix = f"COMPANION_{name.upper()}_"
    variables = (*channel.variables, *channel.optional)
    assert all(variable.startswith(prefix) for variable in variables)
    assert channel.webhook in (None, f"/webhooks/{name}/webhook")
