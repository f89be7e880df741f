"""What the graph components have in common: how Rasa makes them, and keeps what they learnt."""

from __future__ import annotations

from typing import Any, ClassVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from typing_extensions import Self

from bot.intents.network import Network


class PlainComponent(GraphComponent):
    """A component that is made from its settings alone."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Take the settings (see `get_default_config`)."""
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Create the component (see the parent class)."""
        return cls(config)


class LearningComponent(GraphComponent):
    """A component that learns a network and keeps it in the model, in a file named `FILE`."""

    FILE: ClassVar[str]

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Network | None = None,
    ) -> None:
        """Take the settings, and the network where there is one yet."""
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Create the component before training (see the parent class)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Load what was learnt; a broken file stops the start with a clear message."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, Network.load(directory / cls.FILE))

    def _keep(self, model: Network) -> Resource:
        """Write what was learnt into the model."""
        with self._storage.write_to(self._resource) as directory:
            model.save(directory / self.FILE)
        return self._resource
