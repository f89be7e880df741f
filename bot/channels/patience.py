"""How long one person's turn may wait for the action server.

Rasa waits for five minutes and has no setting for it; the person's next message waits as long.
The only action writes a note, and the symptom check ends well without it.
"""

from __future__ import annotations

from rasa.core.actions import action as rasa_actions

SECONDS = 5


def be_impatient() -> None:
    """Let Rasa give up on the action server after a few seconds."""
    rasa_actions.DEFAULT_REQUEST_TIMEOUT = SECONDS
