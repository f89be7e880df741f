"""What the tests of Rasa's components share: storage, and components made as Rasa makes them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.clinical_extractor import ClinicalEntityExtractor
from bot.nlu.message_splitter import MessageSplitter
from bot.nlu.sentence_featurizer import SentenceEncoderFeaturizer
from tests.channels.telegram_stub import BotApiStub

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
LEXICON = {"lexicon_dir": str(DATA / "lexicon")}
CONTEXT = ExecutionContext(GraphSchema({}))
Create = Callable[..., Any]


def typed(text: str) -> Message:
    """A message as it comes in."""
    return Message({TEXT: text})


@pytest.fixture(scope="session")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    """A model storage on disk."""
    return LocalModelStorage(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="session")
def create(storage: LocalModelStorage) -> Create:
    """A function that makes a component with its default settings and some changed ones."""

    def make(component: Any, **changed: Any) -> Any:
        config = {**component.get_default_config(), **changed}
        return component.create(config, storage, Resource(component.__name__), CONTEXT)

    return make


@pytest.fixture(scope="session")
def splitter(create: Create) -> MessageSplitter:
    """The component that cleans, normalises and cuts."""
    made: MessageSplitter = create(MessageSplitter, **LEXICON)
    return made


@pytest.fixture(scope="session")
def featurizer(create: Create) -> SentenceEncoderFeaturizer:
    """The component that embeds, with the default model."""
    made: SentenceEncoderFeaturizer = create(SentenceEncoderFeaturizer)
    return made


@pytest.fixture(scope="session")
def extractor(create: Create) -> ClinicalEntityExtractor:
    """The component that finds clinical words."""
    made: ClinicalEntityExtractor = create(ClinicalEntityExtractor, **LEXICON)
    return made


@pytest.fixture(autouse=True)
def from_the_root(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rasa runs in the project's directory; the settings name paths that lie in it."""
    monkeypatch.chdir(ROOT)
    yield


@pytest.fixture(scope="session")
def domain() -> Domain:
    """The assistant's domain with all its responses."""
    return Domain.load([str(ROOT / "domain.yml"), str(DATA / "responses")])


@pytest.fixture
async def stub() -> AsyncIterator[BotApiStub]:
    """A stub of Telegram's Bot API; nothing may be sent that it refuses."""
    api = BotApiStub()
    async with api.server:
        yield api
    assert api.violations == []
