"""Calls of Telegram's Bot API (https://core.telegram.org/bots/api), and their errors."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from bot.channels.messaging.sending import SendingError

API = "https://api.telegram.org"

PATIENCE = aiohttp.ClientTimeout(total=15)
"""Seconds for one call."""

_Parameters = dict[str, Any]


class BotApi:
    """The methods of one bot. Its address holds the token, so no error quotes it."""

    def __init__(self, token: str, base: str = API) -> None:
        """Call in the name of the bot with this token."""
        self._address = f"{base.rstrip('/')}/bot{token}"
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, **parameters: Any) -> Any:
        """The result of a method.

        Raises:
            SendingError: there is none; of its reason, only `setWebhook` and `getMe`, which send
                no words of anybody, hold what Telegram says.
        """
        try:
            status, answer = await self._answer(method, parameters)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise SendingError(f"no answer: {type(error).__name__}") from None
        if answer.get("ok") is True:
            return answer.get("result")
        raise _refusal(method, status, answer)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _answer(self, method: str, parameters: _Parameters) -> tuple[int, _Parameters]:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=PATIENCE)
        address = f"{self._address}/{method}"
        async with self._session.post(address, json=parameters, allow_redirects=False) as response:
            try:
                answer = await response.json(content_type=None)
            except ValueError:  # what stands between may answer with a page
                answer = None
        return response.status, answer if isinstance(answer, dict) else {}


def _refusal(method: str, status: int, answer: _Parameters) -> SendingError:
    reason = f"status {status}"
    if method != "sendMessage" and answer.get("description"):
        reason = f"{reason}: {answer['description']}"
    after = (answer.get("parameters") or {}).get("retry_after")
    again = status == 429 or status >= 500
    return SendingError(reason, again=again, after=None if after is None else float(after))
