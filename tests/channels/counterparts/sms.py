"""SMS: no buttons, and what a phone makes of a reaction."""

from __future__ import annotations

from tests.channels.twilio_api import TwilioCounterpart


class Sms(TwilioCounterpart):
    """SMS."""

    channel = "sms"
    SCHEME = ""
    OTHER_KINDS = ("image", "file", "voice", "reaction")

    def other(self, kind: str) -> dict[str, str]:
        if kind == "reaction":
            return {"Body": "Liked “Call your local emergency number now.”"}
        return super().other(kind)
