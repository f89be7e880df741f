"""A messaging platform as the tests play it: it delivers what people write and keeps what they see.

A new channel brings one subclass, in a file of its own under `counterparts/`, and is held to every
promise by the tests beside this file. The stub of the platform's sending API runs on loopback and
refuses what the platform refuses.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import aiohttp
from rasa.core.channels.channel import InputChannel
from rasa.shared.utils.common import class_from_module_path

from bot.channels.messaging.reception import Reception
from bot.channels.messaging.settings import load_channels
from tests.channels.stub import SendingApi

Signature = Literal["right", "wrong", "missing", "old"]


@dataclass(frozen=True)
class Shown:
    """One message as the person sees it."""

    text: str
    buttons: tuple[str, ...] = ()


class Counterpart(ABC):
    """A platform. The class attributes say which promises have a meaning there."""

    channel: ClassVar[str]
    """The channel's name, as in channels.yml."""
    OTHER_KINDS: ClassVar[tuple[str, ...]] = ()
    """What can be sent that is not text."""
    SIGNED: ClassVar[bool] = True
    """Whether the platform calls a webhook and proves that it is the platform."""
    DATED: ClassVar[bool] = False
    """Whether that proof grows old."""
    ADMITS: ClassVar[bool] = False
    """Whether the channel itself says who may write, because anybody could."""
    DELIVERS_AGAIN: ClassVar[bool] = True
    """Whether a message may come twice."""
    GROUPS: ClassVar[bool] = False
    """Whether there are rooms with several people."""
    BUTTONS: ClassVar[bool] = False
    """Whether the choices of the symptom check are shown as buttons."""
    NUMBERED: ClassVar[bool] = True
    """Whether choices stand in the text as well, with numbers."""
    SENDS: ClassVar[bool] = True
    """Whether answers go out through a sending API, which can be down."""

    client: aiohttp.ClientSession
    """Reaches the server that the channel is mounted on."""
    reception: Reception | None

    def __init__(self) -> None:
        self.violations: list[str] = []
        """What was sent that the platform does not allow."""
        self._shown: dict[str, list[Shown]] = defaultdict(list)

    async def __aenter__(self) -> Counterpart:
        """Start the stub of the sending API."""
        return self

    async def __aexit__(self, *_: Any) -> None:
        """Stop it."""
        return None

    @property
    def environment(self) -> dict[str, str]:
        """The channel's variables, pointing to the stub."""
        return {}

    def make(self) -> InputChannel:
        """The channel as Rasa makes it; `environment` is set."""
        settings = load_channels()[self.channel]
        assert not settings.missing(os.environ)
        return class_from_module_path(settings.input).from_credentials({})

    def mounted(self, client: aiohttp.ClientSession, reception: Reception | None) -> None:
        """Told once the channel is served."""
        self.client = client
        self.reception = reception

    async def handled(self) -> None:
        """Wait until everything that was delivered has been answered."""
        if self.reception is not None:
            await self.reception.finish()

    @abstractmethod
    async def say(self, person: str, text: str, *, id: str | None = None) -> list[Shown]:
        """Deliver one message, proven and in the documented form; what the person then sees."""

    async def press(self, person: str, title: str) -> list[Shown]:
        """Press a button that was shown last."""
        raise NotImplementedError

    async def send_other(self, person: str, kind: str) -> list[Shown]:
        """Deliver something that is not text, one of `OTHER_KINDS`."""
        raise NotImplementedError

    async def send_picture(self, person: str, caption: str) -> list[Shown]:
        """Deliver a picture with words under it, where "image" is one of `OTHER_KINDS`."""
        raise NotImplementedError

    async def say_in_group(self, person: str, text: str, *, addressed: bool) -> list[Shown]:
        """Say something in a room of several people, to the assistant or to the others."""
        raise NotImplementedError

    async def say_unadmitted(self, person: str, text: str) -> list[Shown]:
        """Write as somebody who may not write to the assistant."""
        raise NotImplementedError

    async def deliver_twice(self, person: str, text: str) -> list[Shown]:
        """Deliver the same message twice."""
        raise NotImplementedError

    async def post(self, person: str, text: str, *, signature: Signature) -> int:
        """Deliver one message with this proof; the HTTP status."""
        raise NotImplementedError

    async def post_raw(self, body: bytes) -> int:
        """Post any bytes, proven as well as they can be; the HTTP status."""
        raise NotImplementedError

    def fail(self, times: int) -> None:
        """The sending API is down for so many calls from now on; 0 mends it."""
        raise NotImplementedError

    def show(self, person: str, message: Shown) -> None:
        """Keep what a person is shown; nobody may be shown an empty message."""
        if not message.text.strip():
            self.violations.append("an empty message")
        self._shown[person].append(message)

    def seen_by(self, person: str) -> list[Shown]:
        """All that a person was shown so far."""
        return list(self._shown[person])

    def traces(self, person: str) -> Sequence[str]:
        """What would tell who the person is: the address, the name at the platform."""
        return [person]


class BehindSendingApi(Counterpart):
    """A platform that answers go out to through an API, of which a stub listens on loopback."""

    _api: SendingApi

    async def __aenter__(self) -> Counterpart:
        await self._api.__aenter__()
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self._api.__aexit__()
