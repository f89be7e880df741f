"""No channel without a counterpart that holds it to the promises, nor without its page."""

from __future__ import annotations

import pytest
from rasa.shared.utils.common import class_from_module_path

from bot.channels.messaging.platform import MessagingInput
from bot.channels.messaging.settings import load_channels
from bot.launch.project import ROOT
from tests.channels.registry import COUNTERPARTS

NAMES = sorted(load_channels(ROOT / "data" / "channels" / "channels.yml"))


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", NAMES)
def test_every_channel_has_a_counterpart(name: str) -> None:
    assert name in COUNTERPARTS, f"write tests/channels/counterparts/{name}.py"


@pytest.mark.parametrize("name", NAMES)
def test_every_channel_has_a_page_that_names_its_variables(name: str) -> None:
    channel = load_channels()[name]
    page = (ROOT / channel.page).read_text(encoding="utf-8")
    assert [name for name in (*channel.variables, *channel.optional) if name not in page] == []
    assert channel.webhook is None or channel.webhook in page


@pytest.mark.parametrize("name", NAMES)
def test_every_channel_names_its_class_and_the_class_names_the_channel(name: str) -> None:
    found = class_from_module_path(load_channels()[name].input)
    assert issubclass(found, MessagingInput)
    assert found.name() == name


def test_there_is_no_counterpart_of_a_channel_that_is_not_there() -> None:
    assert set(COUNTERPARTS) == {*NAMES, "rest", "web"}
