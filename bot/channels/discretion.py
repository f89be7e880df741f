"""What a person types stays out of the logs, whoever writes them.

Rasa logs errors with the message, the sender and, in its tracebacks, the values of variables.
While a message is handled, every record from INFO up loses its traceback (the kind and the place
of the error stay), its extra fields, and each occurrence of the message and of the sender's id.
DEBUG is for developers with messages of their own and stays as it is.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog

LEFT_OUT = "[left out]"
_SAFE_FIELDS = frozenset({"event", "event_info", "level", "timestamp"})
_private: ContextVar[tuple[str, ...]] = ContextVar("private", default=())


@contextmanager
def kept_private(*texts: str | None) -> Iterator[None]:
    """Keep these texts out of the logs as long as this lasts, also in what it starts."""
    # The longest first: a short one may be part of it.
    known = sorted({text for text in texts if text}, key=len, reverse=True)
    token = _private.set((*known,))
    try:
        yield
    finally:
        _private.reset(token)


def redacted(text: str) -> str:
    """A text without anything that is private just now."""
    for private in _private.get():
        # What is shorter than a word would blot out half the log and tells nothing.
        if len(private) > 2:
            text = text.replace(private, LEFT_OUT).replace(repr(private)[1:-1], LEFT_OUT)
    return text


def install() -> None:
    """Let all loggers of this process, present and future, be discreet; again has no effect."""
    make = logging.getLogRecordFactory()
    if not isinstance(make, _DiscreetFactory):
        logging.setLogRecordFactory(_DiscreetFactory(make))
    # In place: loggers that were used before hold on to this very list.
    processors = structlog.get_config()["processors"]
    if _discreet_fields not in processors:
        processors.insert(0, _discreet_fields)


class _DiscreetFactory:
    """Makes log records that hold nothing private."""

    def __init__(self, make: Any) -> None:
        """Wrap the factory that was there."""
        self._make = make

    def __call__(self, *args: Any, **fields: Any) -> logging.LogRecord:
        """Make a record, and redact it while a message is handled."""
        record: logging.LogRecord = self._make(*args, **fields)
        if _private.get() and record.levelno >= logging.INFO:
            record.msg = redacted(_formatted(record) + _place(record.exc_info))
            record.args, record.exc_info, record.exc_text = (), None, None
        return record


def _formatted(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # a broken log call must not break the turn
        return str(record.msg)


def _discreet_fields(
    _: Any, method: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The fields of a structured record that are safe to keep, redacted."""
    if not _private.get() or method == "debug":
        return fields
    found = fields.get("exc_info")
    place = _place(sys.exc_info() if found is True else found)
    kept = {name: value for name, value in fields.items() if name in _SAFE_FIELDS}
    kept["event"] = f"{kept.get('event', '')}{place}"
    # Said to be absent, or structlog would look for the error by itself.
    return {name: redacted(str(value)) for name, value in kept.items()} | {"exc_info": False}


def _place(error: Any) -> str:
    """Kind and place of an error, without its message, which may quote the person."""
    if isinstance(error, BaseException):
        error = (type(error), error, error.__traceback__)
    if not isinstance(error, tuple) or error[0] is None:
        return ""
    frames = traceback.extract_tb(error[2])
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f" ({error[0].__name__}{where})"
