"""Leave out libraries that Rasa imports for services which this server does not use.

Rasa imports every connector and every database client when it starts: a second and a fifth of the
memory. What the settings do not name gets modules without content in its place. Whoever calls
something in them all the same gets one clear error.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from collections.abc import Iterable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

NEEDED_BY: Mapping[str, tuple[str, ...]] = {
    # Training alone.
    "sklearn": (),
    "matplotlib": (),
    # Connectors, and clients of databases and storages, by what the settings call them.
    # This project's own channel for Telegram calls the Bot API without it.
    "aiogram": ("telegram:", "rasa.core.channels.telegram"),
    "boto3": ("dynamo", "aws"),
    "botocore": ("dynamo", "aws"),
    # Our own channel for Messenger does without it.
    "fbmessenger": ("facebook",),
    "mattermostwrapper": ("mattermost",),
    "pymongo": ("mongo",),
    "rocketchat_API": ("rocketchat",),
    "slack_sdk": ("slack",),
    "twilio": ("twilio", "sms", "voice", "whatsapp"),
    "webexteamssdk": ("webex",),
}
"""For each library, the words in the settings by which it is in use."""

_ERRORS = {"errors", "exceptions"}
"""Modules whose names stand in `except` clauses."""


class NotLoadedError(ImportError):
    """A library that was left out is needed; the message says what to do."""


def unused(settings: Iterable[str]) -> list[str]:
    """The libraries that no text of the settings names; a comment counts as well."""
    text = "\n".join(settings).casefold()
    return [name for name, words in NEEDED_BY.items() if not any(word in text for word in words)]


def leave_out(libraries: Iterable[str]) -> None:
    """Put empty modules in the place of these libraries; to be called before Rasa is imported."""
    left_out = [name for name in libraries if name not in sys.modules]
    sys.meta_path.insert(0, _Finder(frozenset(left_out)))


class _EmptyType(ABCMeta):
    """The type of all names: they can be named, subscripted and subclassed, and not called."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _empty(f"{cls.__module__}.{cls.__qualname__}", name)

    def __getitem__(cls, _: Any) -> Any:
        return cls

    def __call__(cls, *_: Any, **__: Any) -> NoReturn:
        raise NotLoadedError(
            f"{cls.__module__}.{cls.__qualname__} is not loaded, because credentials.yml and "
            f"endpoints.yml name no service that needs it: start the assistant with `rasa run`."
        )


def _empty(module: str, name: str) -> type:
    bases = (Exception,) if module.rpartition(".")[2] in _ERRORS else ()
    return _EmptyType(name, bases, {"__module__": module, "__doc__": "Left out."})


class _EmptyModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found = _empty(self.__name__, name)
        setattr(self, name, found)
        return found


class _Finder(MetaPathFinder, Loader):
    def __init__(self, libraries: frozenset[str]) -> None:
        self._libraries = libraries

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in self._libraries:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _EmptyModule(spec.name, "Left out.")

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to execute."""
