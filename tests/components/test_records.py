"""Feedback and deletion, in each of the tracker stores that Rasa brings for one machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    InMemoryTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.feedback import FeedbackGiven
from bot.channels.records import Records, RecordsError
from bot.store.lock_store import PromptLockStore
from bot.store.memory_store import BoundedMemoryTrackerStore
from bot.store.sql_store import BoundedSQLTrackerStore

ME, OTHER = "me", "other"


@pytest.fixture(params=["memory", "bounded", "sqlite", "bounded_sqlite", "wrapped"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TrackerStore]:
    """A tracker store with two conversations to come."""
    domain = Domain.empty()
    if request.param.endswith("sqlite"):
        kind = SQLTrackerStore if request.param == "sqlite" else BoundedSQLTrackerStore
        kept = kind(domain, db=str(tmp_path / "events.db"))
        yield kept
        kept.engine.dispose()
    else:
        bounded = request.param == "bounded"
        memory = BoundedMemoryTrackerStore(domain) if bounded else InMemoryTrackerStore(domain)
        yield AwaitableTrackerStore(memory) if request.param == "wrapped" else memory


async def talked(store: TrackerStore, *conversations: str) -> Records:
    """The records of a server on which these conversations took place."""
    for conversation in conversations:
        events = [UserUttered("a private thing"), BotUttered("An answer.")]
        await store.save(DialogueStateTracker.from_events(conversation, events))
    agent = SimpleNamespace(tracker_store=store, lock_store=PromptLockStore())
    return Records(SimpleNamespace(agent=agent))


async def test_feedback_stands_in_the_tracker_store_after_what_was_said(
    store: TrackerStore,
) -> None:
    records = await talked(store, ME)
    given = FeedbackGiven("utter_metastasis/overview", False, ["hard_to_read"])
    assert await records.add_feedback(ME, given)
    tracker = await store.retrieve_full_tracker(ME)
    assert tracker is not None
    assert list(tracker.events)[-1] == given
    assert [event.type_name for event in tracker.events] == ["user", "bot", "feedback"]


async def test_feedback_changes_nothing_in_the_dialogue(store: TrackerStore) -> None:
    records = await talked(store, ME)
    before = await store.retrieve(ME)
    await records.add_feedback(ME, FeedbackGiven("utter_greet", True))
    after = await store.retrieve(ME)
    assert before is not None and after is not None
    assert after.latest_message == before.latest_message
    assert after.current_slot_values() == before.current_slot_values()


async def test_feedback_on_a_conversation_that_is_not_there_is_not_kept(
    store: TrackerStore,
) -> None:
    records = await talked(store)
    assert not await records.add_feedback(ME, FeedbackGiven("utter_greet", True))
    assert await store.retrieve(ME) is None


async def test_deleting_deletes_all_of_one_conversation_and_nothing_of_another(
    store: TrackerStore,
) -> None:
    records = await talked(store, ME, OTHER)
    receipt = await records.erase(ME)
    assert receipt["records"] == 2
    assert receipt["erased_at"].endswith("+00:00")
    assert await store.retrieve_full_tracker(ME) is None
    assert await store.retrieve_full_tracker(OTHER) is not None


async def test_deleting_what_is_not_there_is_no_fault(store: TrackerStore) -> None:
    assert (await (await talked(store)).erase(ME))["records"] == 0


async def test_a_store_that_cannot_delete_gives_no_receipt() -> None:
    class Stubborn(InMemoryTrackerStore):
        """Keeps everything."""

        async def retrieve_full_tracker(self, sender_id: str) -> DialogueStateTracker:
            return DialogueStateTracker.from_events(sender_id, [])

    records = await talked(Stubborn(Domain.empty()))
    with pytest.raises(RecordsError, match="still there"):
        await records.erase(ME)


async def test_a_server_that_is_not_ready_says_so() -> None:
    with pytest.raises(RecordsError, match="not ready"):
        await Records(SimpleNamespace()).erase(ME)
