"""Which web pages may talk to the assistant: its own, and those of an allow-list."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

ORIGINS_VARIABLE = "COMPANION_ALLOWED_ORIGINS"
"""Origins with commas between them; it takes the place of the list in credentials.yml."""


class OriginError(ValueError):
    """An entry of the allow-list is no origin; the message says which."""


@dataclass(frozen=True)
class AllowedOrigins:
    """The allow-list of pages on other origins that embed the widget."""

    origins: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, listed: Iterable[str], environment: Mapping[str, str] = os.environ
    ) -> AllowedOrigins:
        """Take the list of the settings, or the environment's where it names one.

        Raises:
            OriginError: an entry is not of the form `https://host` or `https://host:port`.
        """
        given = environment.get(ORIGINS_VARIABLE)
        names = given.split(",") if given is not None else listed
        return cls(frozenset(_checked(name.strip()) for name in names if name.strip()))

    def allows(self, origin: str | None, host: str | None) -> bool:
        """Whether a page may ask. A request without an origin comes from no page.

        The assistant's own page is known by its host: a proxy may have ended the encryption.
        """
        if origin is None:
            return True
        own = bool(host) and urlsplit(origin).netloc == host
        return own or origin in self.origins

    def headers(self, origin: str | None, host: str | None) -> dict[str, str]:
        """The CORS headers of an answer; none for a page that may not read it."""
        if origin is None or not self.allows(origin, host):
            return {"Vary": "Origin"}
        return {
            "Vary": "Origin",
            "Access-Control-Allow-Origin": origin,
        }


def _checked(name: str) -> str:
    parts = urlsplit(name)
    if parts.scheme not in {"http", "https"} or f"{parts.scheme}://{parts.netloc}" != name:
        raise OriginError(f"{name!r} is no origin: write it like https://www.example.org.")
    return name
