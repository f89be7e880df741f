"""Conversations in a database, of which a turn reads the last part only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot.store.recent import Recent, RecentConversations
from bot.store.remembered_event import ConversationRemembered
from bot.store.shortening import earlier_part, summary

_TABLE = SQLTrackerStore.SQLEvent
_UNTIL = "until"
"""In the metadata of a summary: the id of the last event that it stands for."""

# Without them a long conversation is searched row by row at each message.
_INDEXES = (
    sa.Index("ix_events_sender_id_type_name", _TABLE.sender_id, _TABLE.type_name, _TABLE.id),
    sa.Index("ix_events_sender_id_id", _TABLE.sender_id, _TABLE.id),
)


class BoundedSQLTrackerStore(SQLTrackerStore):
    """Rasa's SQL store: same table, same events, and now and then a summary among them.

    All events stay in the table, and a conversation is deleted with its rows.
    """

    engine: sa.engine.Engine

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Connect as the parent does, and see to the indexes."""
        super().__init__(*args, **kwargs)
        self._keep_connections()
        for index in _INDEXES:
            index.create(self.engine, checkfirst=True)
        self._kinds = {kind.type_name: kind for kind in all_subclasses(Event)}
        self._recent = RecentConversations()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The last part of the conversation, after what is remembered of the part before."""
        with self.session_scope() as session:
            events = self._events(session, sender_id)
        if not events:
            return None
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.number_stored = len(events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new."""
        await self.stream_events(tracker)
        with self.session_scope() as session:
            stored = getattr(tracker, "number_stored", None)
            if stored is None:
                stored = len(self._last_part(session, tracker.sender_id))
            new = islice(tracker.events, stored, None)
            rows = [_row(tracker.sender_id, event) for event in new]
            if rows:
                session.execute(_TABLE.__table__.insert(), rows)
                session.commit()
            tracker.number_stored = len(tracker.events)
            last_id = _last_id(session, tracker.sender_id)
        self._recent.put(tracker.sender_id, Recent(list(tracker.events), last_id))

    def delete(self, sender_id: str) -> None:
        """Forget a conversation, in the database and in memory."""
        self._recent.drop(sender_id)
        with self.session_scope() as session:
            session.execute(_TABLE.__table__.delete().where(_TABLE.sender_id == sender_id))
            session.commit()

    def _keep_connections(self) -> None:
        """Open the file of SQLite once, not for each session anew."""
        if isinstance(self.engine.pool, sa.pool.NullPool):
            self.engine = sa.create_engine(
                self.engine.url,
                poolclass=sa.pool.QueuePool,
                connect_args={"check_same_thread": False},
            )
            self.sessionmaker.configure(bind=self.engine)

    def _events(self, session: Any, sender_id: str) -> Sequence[Event]:
        """From memory where the database holds nothing newer and there is nothing to sum up."""
        recent = self._recent.events(sender_id, _last_id(session, sender_id))
        if recent and not earlier_part(recent):
            return recent
        return self._last_part(session, sender_id)

    def _event_query(self, session: Any, sender_id: str, **options: Any) -> Any:
        """All events that happened; a summary is none."""
        query = super()._event_query(session, sender_id, **options)
        return query.filter(_TABLE.type_name != ConversationRemembered.type_name)

    def _last_part(self, session: Any, sender_id: str) -> list[Event]:
        """The summary, if there is one, and the events after it."""
        last = self._last_summary(session, sender_id)
        query = session.query(_TABLE.id, _TABLE.data).filter(
            _TABLE.sender_id == sender_id,
            _TABLE.type_name != ConversationRemembered.type_name,
        )
        if last is not None:
            query = query.filter(_TABLE.id > last.metadata[_UNTIL])
        rows = query.order_by(_TABLE.id).all()
        ids = [row.id for row in rows]
        events = [event for row in rows if (event := self._read(row.data)) is not None]
        whole = events if last is None else [last, *events]
        return self._shortened(session, sender_id, ids, whole)

    def _shortened(
        self, session: Any, sender_id: str, ids: Sequence[int], events: list[Event]
    ) -> list[Event]:
        """Sum up the earlier part where there is too much, and note the summary."""
        left_out = earlier_part(events)
        stands_for_them = summary(left_out) if left_out else None
        # An event that could not be read would shift the ids against the events.
        if stands_for_them is None or len(events) - len(ids) not in (0, 1):
            return events
        had_summary = len(events) - len(ids)
        stands_for_them.metadata = {_UNTIL: ids[len(left_out) - had_summary - 1]}
        session.execute(_TABLE.__table__.insert(), [_row(sender_id, stands_for_them)])
        session.commit()
        return [stands_for_them, *events[len(left_out) :]]

    def _last_summary(self, session: Any, sender_id: str) -> ConversationRemembered | None:
        row = (
            session.query(_TABLE.data)
            .filter(
                _TABLE.sender_id == sender_id,
                _TABLE.type_name == ConversationRemembered.type_name,
            )
            .order_by(_TABLE.id.desc())
            .first()
        )
        return None if row is None else self._read(row.data)

    def _read(self, data: str) -> Any:
        """One event; Rasa would list all kinds of events anew for each of them."""
        parameters = json.loads(data)
        kind = self._kinds.get(parameters.get("event"))
        return None if kind is None else kind._from_parameters(parameters)


def _last_id(session: Any, sender_id: str) -> int | None:
    """The id of the last event of a conversation, None where it has none."""
    last = sa.select(sa.func.max(_TABLE.id)).where(_TABLE.sender_id == sender_id)
    found: int | None = session.execute(last).scalar()
    return found


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
