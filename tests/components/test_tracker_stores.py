"""Long conversations are kept short, and lose nothing that matters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.events import Remembered
from bot.dialogue.names import CHECK_FORM, LISTEN, TELL_PROVIDER
from bot.dialogue.reading import Reading
from bot.dialogue.remembering import KEPT_TURNS, MOST_TURNS
from bot.safety.verdicts import Assessment, Category
from bot.store.memory_store import BoundedMemoryTrackerStore
from bot.store.recent import MOST
from bot.store.remembered_event import ConversationRemembered
from bot.store.sql_store import BoundedSQLTrackerStore

MakeStore = Callable[[], TrackerStore]
MANY = MOST_TURNS * 3


def said(label: str, verdict: Category = Category.NONE) -> list[Event]:
    """A message and a reply to it."""
    parsed = {
        "text": "...",
        "intent": {"name": label.split("/")[0], "confidence": 1.0},
        "entities": [],
        "reading": Reading.of(label).to_dict(),
        "safety": Assessment(verdict).to_dict(),
    }
    heard = UserUttered("...", parsed["intent"], parse_data=parsed)
    replied = [ActionExecuted("utter_greet"), BotUttered("Hello"), ActionExecuted(LISTEN)]
    return [heard, *replied]


@pytest.fixture(params=["memory", "sql"])
def make_store(request: pytest.FixtureRequest, domain: Domain, tmp_path: Path) -> MakeStore:
    """A function that opens a store; a second one opens the same database."""
    memory = BoundedMemoryTrackerStore(domain)
    path = str(tmp_path / "conversations.db")
    stores: dict[str, MakeStore] = {
        "memory": lambda: memory,
        "sql": lambda: BoundedSQLTrackerStore(domain, dialect="sqlite", db=path),
    }
    return stores[request.param]


@pytest.fixture
def store(make_store: MakeStore) -> TrackerStore:
    """A store with nothing in it."""
    return make_store()


async def talk(store: TrackerStore, *events: Event, sender: str = "ann") -> DialogueStateTracker:
    """Add events as a turn does, and return the conversation as the next turn finds it."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    tracker.update_with_events(list(events), store.domain)
    await store.save(tracker)
    return await store.get_or_create_tracker(sender, append_action_listen=False)


async def talk_long(store: TrackerStore, turns: int = MANY) -> DialogueStateTracker:
    for _ in range(turns):
        tracker = await talk(store, *said("greet"))
    return tracker


async def test_a_short_conversation_comes_back_as_it_was(store: TrackerStore) -> None:
    await talk(store, ActionExecuted("action_session_start"), SessionStarted())
    tracker = await talk(store, *said("metastasis/tests"), SlotSet("test", "ct"))
    assert [event.type_name for event in tracker.events] == [
        *("action", "session_started", "user", "action", "bot", "action", "slot")
    ]
    assert tracker.get_slot("test") == "ct"


async def test_nobody_known_is_nobody(store: TrackerStore) -> None:
    assert await store.retrieve("nobody") is None


async def test_a_long_conversation_is_loaded_in_part(store: TrackerStore) -> None:
    tracker = await talk_long(store)
    heard = sum(isinstance(event, UserUttered) for event in tracker.events)
    assert KEPT_TURNS <= heard <= MOST_TURNS
    assert isinstance(tracker.events[0], ConversationRemembered)


async def test_slots_form_and_pause_outlast_what_is_left_out(store: TrackerStore) -> None:
    before = [SlotSet("country", "uk"), ActiveLoop(CHECK_FORM), ConversationPaused()]
    await talk(store, *said("report_symptom", Category.SYMPTOM), *before)
    tracker = await talk_long(store)
    assert tracker.get_slot("country") == "uk"
    assert tracker.active_loop_name == CHECK_FORM
    assert tracker.is_paused()
    assert tracker.events[0].memory.owed


async def test_the_last_value_of_a_slot_counts(store: TrackerStore) -> None:
    await talk(store, *said("greet"), SlotSet("country", "uk"))
    await talk(store, SlotSet("country", None), SlotSet("test", "ct"))
    tracker = await talk_long(store)
    assert tracker.get_slot("country") is None
    assert tracker.get_slot("test") == "ct"


async def test_a_new_session_forgets_the_slots_and_keeps_the_debt(store: TrackerStore) -> None:
    await talk(store, *said("report_symptom", Category.SYMPTOM), SlotSet("country", "uk"))
    await talk(store, ActionExecuted("action_session_start"), SessionStarted())
    tracker = await talk_long(store)
    assert tracker.get_slot("country") is None
    assert tracker.events[0].memory.owed


async def test_a_debt_that_was_paid_is_not_owed(store: TrackerStore) -> None:
    paid = ActionExecuted(TELL_PROVIDER)
    await talk(store, *said("report_symptom", Category.SYMPTOM), paid)
    assert not (await talk_long(store)).events[0].memory.owed


async def test_a_conversation_that_cannot_be_summed_up_stays_whole(store: TrackerStore) -> None:
    (heard, *_) = said("greet")
    heard.parse_data["safety"] = {"category": "unheard of"}
    await talk(store, heard)
    tracker = await talk_long(store)
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == MANY + 1


async def test_a_tracker_of_another_making_is_saved_once(store: TrackerStore) -> None:
    tracker = DialogueStateTracker.from_events("bob", said("greet"), store.domain.slots)
    await store.save(tracker)
    await store.save(tracker)
    kept = await store.retrieve("bob")
    assert kept is not None
    assert len(kept.events) == len(tracker.events)


async def test_conversations_do_not_mix(store: TrackerStore) -> None:
    await talk(store, *said("greet"), SlotSet("country", "uk"))
    assert (await talk(store, *said("greet"), sender="bob")).get_slot("country") is None
    assert sorted(await store.keys()) == ["ann", "bob"]


def sql(domain: Domain, path: Path) -> BoundedSQLTrackerStore:
    return BoundedSQLTrackerStore(domain, dialect="sqlite", db=str(path / "conversations.db"))


async def test_all_events_stay_in_the_database(domain: Domain, tmp_path: Path) -> None:
    await talk_long(sql(domain, tmp_path))
    full = await sql(domain, tmp_path).retrieve_full_tracker("ann")
    assert full is not None
    assert sum(isinstance(event, UserUttered) for event in full.events) == MANY
    assert not any(isinstance(event, ConversationRemembered) for event in full.events)


async def test_another_process_goes_on_with_the_same_conversation(
    domain: Domain, tmp_path: Path
) -> None:
    first, second = sql(domain, tmp_path), sql(domain, tmp_path)
    await talk(first, *said("greet"), SlotSet("country", "uk"))
    for store in (first, second) * MOST_TURNS:
        tracker = await talk(store, *said("greet"))
    full = await second.retrieve_full_tracker("ann")
    assert full is not None
    assert tracker.get_slot("country") == "uk"
    assert sum(isinstance(event, UserUttered) for event in full.events) == 2 * MOST_TURNS + 1


async def test_what_was_saved_is_not_read_again(
    domain: Domain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = sql(domain, tmp_path)
    await talk(store, *said("greet"), SlotSet("country", "uk"))
    monkeypatch.setattr(store, "_read", lambda _: pytest.fail("read again"))
    again = await store.retrieve("ann")
    assert again is not None
    assert again.get_slot("country") == "uk"


async def test_what_a_message_changed_and_did_not_save_is_gone(
    domain: Domain, tmp_path: Path
) -> None:
    store = sql(domain, tmp_path)
    await talk(store, *said("greet"))
    broken = await store.retrieve("ann")
    assert broken is not None
    broken.update(SlotSet("country", "uk"))
    again = await store.retrieve("ann")
    assert again is not None
    assert again.get_slot("country") is None


async def test_after_a_deletion_nothing_is_remembered(domain: Domain, tmp_path: Path) -> None:
    store = sql(domain, tmp_path)
    await talk(store, *said("greet"))
    with store.session_scope() as session:
        session.execute(store.SQLEvent.__table__.delete())
        session.commit()
    assert await store.retrieve("ann") is None


async def test_a_deleted_conversation_is_in_neither_memory_nor_database(
    domain: Domain, tmp_path: Path
) -> None:
    store = sql(domain, tmp_path)
    for sender in ("ann", "bob"):
        await talk(store, *said("greet"), sender=sender)
    store.delete("ann")
    assert list(store._recent._kept) == ["bob"]
    assert list(await sql(domain, tmp_path).keys()) == ["bob"]


async def test_few_conversations_are_kept_in_memory(
    domain: Domain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = sql(domain, tmp_path)
    first = await talk(store, *said("greet"))
    for number in range(MOST):
        await talk(store, *said("greet"), sender=f"other {number}")
    read = []
    monkeypatch.setattr(store, "_read", lambda data, real=store._read: read.append(1) or real(data))
    again = await store.retrieve("ann")
    assert again is not None
    assert len(again.events) == len(first.events) == len(read)


def test_endpoints_name_the_stores(tmp_path: Path) -> None:
    name, path = "bot.store.sql_store.BoundedSQLTrackerStore", str(tmp_path / "conversations.db")
    store = TrackerStore.create(EndpointConfig(type=name, dialect="sqlite", db=path))
    assert isinstance(store, BoundedSQLTrackerStore)


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ten_seconds(domain: Domain, clock: Clock) -> BoundedMemoryTrackerStore:
    """A store in which a conversation is over after ten seconds without a message."""
    return BoundedMemoryTrackerStore(domain, over_after=10, most_conversations=20, clock=clock)


async def test_what_is_over_is_forgotten(
    ten_seconds: BoundedMemoryTrackerStore, clock: Clock
) -> None:
    await talk(ten_seconds, *said("greet"))
    clock.now = 11.0
    await talk(ten_seconds, *said("greet"), sender="bob")
    assert list(await ten_seconds.keys()) == ["bob"]


async def test_what_goes_on_is_not_over(
    ten_seconds: BoundedMemoryTrackerStore, clock: Clock
) -> None:
    for clock.now in (0.0, 9.0, 18.0):
        tracker = await talk(ten_seconds, *said("greet"))
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == 3


async def test_what_is_over_is_not_read_again_although_nobody_wrote_meanwhile(
    ten_seconds: BoundedMemoryTrackerStore, clock: Clock
) -> None:
    await talk(ten_seconds, *said("greet"))
    clock.now = 11.0
    assert await ten_seconds.retrieve("ann") is None


async def test_what_is_over_still_owes_what_it_owed(
    ten_seconds: BoundedMemoryTrackerStore, clock: Clock
) -> None:
    await talk(ten_seconds, *said("report_symptom", Category.SYMPTOM), SlotSet("country", "uk"))
    clock.now = 11.0
    tracker = await ten_seconds.retrieve("ann")
    assert tracker is not None
    assert [type(event) for event in tracker.events] == [ConversationRemembered]
    assert tracker.events[0].memory.owed
    assert tracker.get_slot("country") is None


async def test_what_is_over_and_cannot_be_summed_up_leaves_a_debt_and_no_words(
    ten_seconds: BoundedMemoryTrackerStore, clock: Clock
) -> None:
    (heard, *_) = said("greet")
    heard.parse_data["safety"] = {"category": "unheard of"}
    await talk(ten_seconds, heard)
    clock.now = 11.0
    tracker = await ten_seconds.retrieve("ann")
    assert tracker is not None
    assert [type(event) for event in tracker.events] == [ConversationRemembered]
    assert tracker.events[0].memory.owed


async def test_a_debt_goes_on_in_the_next_conversation(
    ten_seconds: BoundedMemoryTrackerStore, clock: Clock
) -> None:
    await talk(ten_seconds, *said("report_symptom", Category.SYMPTOM))
    clock.now = 11.0
    tracker = await talk(ten_seconds, *said("greet"))
    assert tracker.events[0].memory.owed
    assert list(await ten_seconds.keys()) == ["ann"]


async def test_many_debts_keep_no_other_conversation_from_being_forgotten(
    ten_seconds: BoundedMemoryTrackerStore, clock: Clock
) -> None:
    owing = [f"owing {number}" for number in range(11)]
    for sender in owing:
        await talk(ten_seconds, *said("report_symptom", Category.SYMPTOM), sender=sender)
    await talk(ten_seconds, *said("greet"), sender="plain")
    clock.now = 11.0
    await talk(ten_seconds, *said("greet"), sender="bob")
    assert list(await ten_seconds.keys()) == [*owing, "bob"]


async def test_of_too_many_debts_the_oldest_is_dropped(domain: Domain, clock: Clock) -> None:
    store = BoundedMemoryTrackerStore(domain, over_after=10, most_conversations=2, clock=clock)
    for clock.now, sender in enumerate(("ann", "bob", "eve")):
        await talk(store, *said("report_symptom", Category.SYMPTOM), sender=sender)
        clock.now += 11.0
        await store.retrieve(sender)
    assert list(await store.keys()) == ["bob", "eve"]


async def test_a_debt_is_deleted_with_its_conversation(
    ten_seconds: BoundedMemoryTrackerStore, clock: Clock
) -> None:
    await talk(ten_seconds, *said("report_symptom", Category.SYMPTOM))
    clock.now = 11.0
    assert await ten_seconds.retrieve("ann") is not None
    ten_seconds.delete("ann")
    assert await ten_seconds.retrieve("ann") is None


async def test_of_too_many_the_idlest_is_dropped(domain: Domain) -> None:
    store = BoundedMemoryTrackerStore(domain, most_conversations=2)
    for sender in ("ann", "bob", "ann", "eve"):
        await talk(store, *said("greet"), sender=sender)
    assert list(await store.keys()) == ["ann", "eve"]


def test_a_summary_is_read_as_it_was_written() -> None:
    memory = Remembered(True, True, None, True, LISTEN, ("a/b",), ("fever",), {"country": "uk"})
    event = ConversationRemembered(memory, paused=True)
    assert Event.from_parameters(event.as_dict()) == event
