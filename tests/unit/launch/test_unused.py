"""Libraries of services that are not used are left out, and say so when they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.launch.project import ROOT
from bot.launch.unused import NEEDED_BY, unused

LEAVE_OUT = "from bot.launch.unused import leave_out\nleave_out(['boto3', 'pymongo', 'twilio'])\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, where nothing is imported yet."""
    command = [sys.executable, "-c", LEAVE_OUT + code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_with_the_settings_of_the_project_no_connector_is_loaded() -> None:
    settings = [(ROOT / name).read_text(encoding="utf-8") for name in ("credentials.yml",)]
    assert set(unused(settings)) == set(NEEDED_BY)


@pytest.mark.parametrize("library", [name for name, words in NEEDED_BY.items() if words])
def test_a_library_is_loaded_where_the_settings_name_its_service(library: str) -> None:
    for word in NEEDED_BY[library]:
        assert library not in unused([f"bot.channels.{word.title()}Input:\n", ""])


def test_the_own_channel_for_telegram_needs_no_library() -> None:
    assert "aiogram" in unused(["bot.channels.telegram.TelegramInput: {}\n"])


@pytest.mark.parametrize(
    "code",
    [
        "import boto3, pymongo.errors\nfrom twilio.rest import Client",
        "from boto3.dynamodb.conditions import Key\nclass Mine(Key): pass",
        "import pymongo.errors\ntry: 1 / 0\nexcept (pymongo.errors.A, ZeroDivisionError): pass",
        "from twilio.rest import Client\ndef f(c: Client | None) -> 'Client[int]': ...",
    ],
)
def test_what_rasa_does_while_it_is_imported_works(code: str) -> None:
    done = run(code)
    assert done.returncode == 0, done.stderr


def test_a_call_is_one_error_that_says_what_to_do() -> None:
    done = run("from twilio.rest import Client\nClient('account')")
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert "twilio.rest.Client is not loaded" in last
    assert "start the assistant with `rasa run`" in last
