"""Who may talk to the assistant: an open network delivers what anybody writes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.messaging.settings import ChannelError

ALLOWED = "COMPANION_MATRIX_ALLOWED"
EVERYONE = "*"

# https://spec.matrix.org/v1.15/appendices/#server-name and #user-identifiers
_SERVER = re.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_USER = re.compile(rf"@[!-9;-~]+:({_SERVER.pattern})")


def server_of(user: str) -> str | None:
    """The server that a user belongs to; nothing where it is no user id."""
    found = _USER.fullmatch(user)
    return found[1] if found else None


@dataclass(frozen=True)
class Access:
    """The servers and the users that may talk to the assistant."""

    servers: frozenset[str]
    users: frozenset[str]
    everyone: bool = False

    @classmethod
    def of(cls, listed: str | None, own_server: str) -> Access:
        """What a list with commas between its entries allows; without one, the own server.

        Raises:
            ChannelError: an entry is neither a server nor a user, or there is none. A list that
                is not understood must not let anybody in.
        """
        if listed is None:
            return cls(frozenset({own_server}), frozenset())
        entries = [entry.strip() for entry in listed.split(",")]
        if entries == [EVERYONE]:
            return cls(frozenset(), frozenset(), everyone=True)
        users = frozenset(entry for entry in entries if server_of(entry))
        servers = frozenset(entry for entry in entries if _SERVER.fullmatch(entry))
        if broken := [entry for entry in entries if entry not in users | servers]:
            raise ChannelError(
                f"{ALLOWED} holds {broken[0]!r}: write servers (example.org) and users "
                f"(@name:example.org) with commas between them, or {EVERYONE} alone for everyone."
            )
        return cls(servers, users)

    def admits(self, user: str) -> bool:
        """Whether a user may talk to the assistant."""
        server = server_of(user)
        return server is not None and (
            self.everyone or server in self.servers or user in self.users
        )
