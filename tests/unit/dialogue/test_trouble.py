"""A message that could not be planned for gets the calm reply, the escalation, and an end."""

from __future__ import annotations

from bot.dialogue.names import LISTEN, TELL_PROVIDER, TROUBLE
from bot.dialogue.trouble import step_in_trouble


def test_the_calm_reply_comes_first_then_the_escalation_then_listening() -> None:
    assert step_in_trouble([]).action == TROUBLE
    assert step_in_trouble([TROUBLE]).action == TELL_PROVIDER
    assert step_in_trouble([TELL_PROVIDER, TROUBLE]).action == LISTEN
