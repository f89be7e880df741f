"""Which channels a start opens, what it writes for Rasa, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.launch import commands, programs
from bot.launch.channels import OPENED, channels_to_open, credentials_for, table
from bot.launch.errors import LaunchError
from bot.launch.ports import Ports
from bot.launch.project import ROOT
from bot.launch.server import settings
from bot.launch.unused import unused
from tests.unit.launch.conftest import Servers

PIGEON = {"COMPANION_PIGEON_LOFT": "a secret loft", "COMPANION_PIGEON_CORN": "maize"}
PARROT = {"COMPANION_PARROT_CAGE": "the kitchen"}


def credentials(project: Path, environment: dict[str, str]) -> Path:
    """The credentials file of a start in this environment."""
    return credentials_for(project, channels_to_open(project, environment))


def test_without_variables_no_channel_is_opened(project: Path) -> None:
    assert channels_to_open(project, {"HOME": "/"}) == []


def test_a_channel_is_opened_when_all_that_it_needs_is_set(project: Path) -> None:
    assert [channel.name for channel in channels_to_open(project, PIGEON)] == ["pigeon"]
    both = channels_to_open(project, PIGEON | PARROT)
    assert [channel.name for channel in both] == ["pigeon", "parrot"]


@pytest.mark.parametrize(
    "environment",
    [
        {"COMPANION_PIGEON_LOFT": "here"},
        {"COMPANION_PIGEON_LOFT": "here", "COMPANION_PIGEON_CORN": ""},
        {"COMPANION_PIGEON_LOFT": "here"} | PARROT,
    ],
)
def test_half_a_channel_is_one_line_that_says_what_is_missing(
    project: Path, environment: dict[str, str]
) -> None:
    with pytest.raises(LaunchError) as error:
        channels_to_open(project, environment)
    assert str(error.value) == (
        "Pigeon post is set up by half: set COMPANION_PIGEON_CORN, or none of its variables. "
        "docs/pigeon.md tells how."
    )


def test_what_is_not_needed_does_not_open_a_channel_on_its_own(project: Path) -> None:
    with pytest.raises(LaunchError, match="COMPANION_PIGEON_LOFT and COMPANION_PIGEON_CORN"):
        channels_to_open(project, {"COMPANION_PIGEON_RING": "7"})


def test_a_list_of_channels_that_cannot_be_read_is_said(project: Path) -> None:
    (project / "data" / "channels" / "channels.yml").write_text("channels: 1", encoding="utf-8")
    with pytest.raises(LaunchError, match="cannot be read as channels"):
        channels_to_open(project, {})


def test_the_credentials_file_adds_the_open_channels_and_holds_no_secret(project: Path) -> None:
    file = credentials(project, PIGEON | PARROT)
    assert file == OPENED
    text = (project / file).read_text(encoding="utf-8")
    assert yaml.safe_load(text) == {
        "name": "credentials.yml",
        "birds.PigeonInput": {},
        "birds.ParrotInput": {},
    }
    assert not any(value in text for value in (PIGEON | PARROT).values())


def test_without_messaging_channels_the_file_of_an_earlier_start_is_gone(project: Path) -> None:
    assert credentials(project, PIGEON) == OPENED
    assert credentials(project, {}) == Path("credentials.yml")
    assert not (project / OPENED).exists()


def test_a_channel_that_stands_in_credentials_keeps_its_settings(project: Path) -> None:
    text = "birds.PigeonInput: {at_most: {messages: 5, seconds: 60}}\n"
    (project / "credentials.yml").write_text(text, encoding="utf-8")
    file = project / credentials(project, PIGEON)
    assert file.read_text(encoding="utf-8") == text


def test_the_assistant_is_started_with_that_file(project: Path) -> None:
    command = list(programs.assistant(project, Ports(1, 2), OPENED).command)
    assert command[command.index("--credentials") + 1] == str(OPENED)


def test_the_server_reads_the_settings_that_it_is_given() -> None:
    assert settings(["x", "--port", "1"]) == [Path("credentials.yml"), Path("endpoints.yml")]
    named = ["x", "--credentials", "a.yml", "--endpoints", "b.yml"]
    assert settings(named) == [Path("a.yml"), Path("b.yml")]


def test_the_library_of_an_open_channel_is_not_left_out(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    names = ("ACCOUNT_SID", "AUTH_TOKEN", "FROM", "URL")
    file = credentials(tmp_path, {f"COMPANION_SMS_{name}": "x" for name in names})
    assert "twilio" not in unused([(tmp_path / file).read_text(encoding="utf-8")])


def test_running_prints_where_each_open_channel_is(
    project: Path,
    servers: Servers,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in (PIGEON | PARROT).items():
        monkeypatch.setenv(name, value)
    servers.stop_when_ready()
    assert commands.run(project) == 0
    printed = capsys.readouterr().out
    webhook = f"http://127.0.0.1:{servers.ports.assistant}/webhooks/pigeon/webhook"
    assert f"Pigeon post: {webhook}\n" in printed
    assert "Parrot: no webhook, the assistant connects by itself\n" in printed
    assert servers.credentials == [OPENED]


def test_half_a_channel_is_reported_before_anything_is_trained_or_started(
    project: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[Path] = []
    monkeypatch.setattr(commands, "ensure_model", lambda root, _: trained.append(root))
    monkeypatch.setenv("COMPANION_PIGEON_LOFT", "here")
    with pytest.raises(LaunchError, match="by half"):
        commands.run(project)
    assert (trained, servers.credentials) == ([], [])


def test_the_table_tells_the_state_of_each_channel_and_what_it_needs(project: Path) -> None:
    (project / "credentials.yml").write_text("rest.Input: {}\n", encoding="utf-8")
    lines = [" ".join(line.split()) for line in table(project, PARROT)]
    assert lines == [
        "CHANNEL STATE PAGE",
        "REST on docs/rest.md",
        "Pigeon post off docs/pigeon.md",
        "needs COMPANION_PIGEON_LOFT: where they live",
        "needs COMPANION_PIGEON_CORN: what they eat",
        "Parrot on docs/parrot.md",
    ]


def test_the_table_tells_half_a_channel_and_shows_no_value(project: Path) -> None:
    printed = "\n".join(table(project, {"COMPANION_PIGEON_LOFT": "a secret loft"}))
    assert "incomplete" in printed
    assert "COMPANION_PIGEON_CORN" in printed
    assert "secret" not in printed


def test_what_was_taken_out_of_credentials_is_off(project: Path) -> None:
    assert " ".join(table(project, {})[1].split()) == "REST off docs/rest.md"


def test_channels_can_be_listed_by_the_command(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.channels(project) == 0
    assert "Pigeon post" in capsys.readouterr().out
