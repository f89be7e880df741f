"""What the tracker store holds of a conversation: feedback goes in, deletion takes all out."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Protocol, runtime_checkable

from rasa.core.agent import Agent
from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    RedisTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)

from bot.channels.feedback import FeedbackGiven


class RecordsError(RuntimeError):
    """A conversation could not be changed or deleted, or something of it is still there."""


@runtime_checkable
class Deletes(Protocol):
    """A store that can forget a conversation, wherever it keeps it."""

    def delete(self, sender_id: str) -> None:
        """Forget a conversation."""


class Records:
    """The conversations of a running assistant."""

    def __init__(self, context: Any) -> None:
        """Use the stores of the agent that Rasa keeps in the server's context."""
        self._context = context

    @property
    def _agent(self) -> Agent:
        agent = getattr(self._context, "agent", None)
        if agent is None:
            raise RecordsError("The assistant is not ready: try again in a moment.")
        return agent

    async def add_feedback(self, conversation: str, feedback: FeedbackGiven) -> bool:
        """Keep what a person thought of an answer; false where the conversation is not known.

        Raises:
            RecordsError: the assistant is not ready.
        """
        async with self._agent.lock_store.lock(conversation):
            tracker = await self._agent.tracker_store.retrieve(conversation)
            if tracker is None:
                return False
            tracker.update(feedback)
            await self._agent.tracker_store.save(tracker)
        return True

    async def erase(self, conversation: str) -> dict[str, Any]:
        """Delete all of a conversation and look whether anything is left.

        Returns:
            The receipt: `records` deleted, and `erased_at` in UTC.

        Raises:
            RecordsError: the assistant is not ready, the kind of store is not known, or something
                is still there.
        """
        store = self._agent.tracker_store
        async with self._agent.lock_store.lock(conversation):
            tracker = await store.retrieve_full_tracker(conversation)
            _erase_from(_innermost(store), conversation)
            if await store.retrieve_full_tracker(conversation) is not None:
                raise RecordsError("Something of the conversation is still there.")
        self._agent.lock_store.delete_lock(conversation)
        erased_at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        return {"records": len(tracker.events) if tracker else 0, "erased_at": erased_at}


def _innermost(store: TrackerStore) -> TrackerStore:
    """The store itself, without what Rasa wraps around it."""
    while isinstance(store, AwaitableTrackerStore | FailSafeTrackerStore):
        store = store._tracker_store
    return store


def _erase_from(store: TrackerStore, conversation: str) -> None:
    """Ours delete; Rasa's stores cannot: each is asked in its own way."""
    if isinstance(store, Deletes):
        store.delete(conversation)
    elif isinstance(store, InMemoryTrackerStore):
        store.store.pop(conversation, None)
    elif isinstance(store, SQLTrackerStore):
        with store.session_scope() as session:
            session.query(store.SQLEvent).filter_by(sender_id=conversation).delete()
            session.commit()
    elif isinstance(store, RedisTrackerStore):
        store.red.delete(f"{store.key_prefix}{conversation}")
    else:
        raise RecordsError(f"It is not known how to delete from a {type(store).__name__}.")
