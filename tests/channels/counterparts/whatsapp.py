"""WhatsApp as Twilio passes it on, with a template for buttons."""

from __future__ import annotations

import json

from bot.channels.messaging.shaping import width
from tests.channels.counterpart import Shown
from tests.channels.twilio_api import TwilioCounterpart

LONGEST_OF_A_TEMPLATE, LONGEST_TITLE = 1024, 20
TEMPLATE = "HX" + "0" * 32
"""A quick-reply template: its text and the titles of its three buttons are variables."""


class WhatsApp(TwilioCounterpart):
    """WhatsApp."""

    channel = "whatsapp"
    SCHEME = "whatsapp:"
    OTHER_KINDS = ("image", "file", "voice", "sticker", "location", "contact")
    BUTTONS = True

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "COMPANION_WHATSAPP_BUTTONS": TEMPLATE}

    async def press(self, person: str, title: str) -> list[Shown]:
        assert title in self.seen_by(person)[-1].buttons
        pressed = {"MessageType": "button", "ButtonText": title, "ButtonPayload": "choice"}
        return await self.deliver(person, self.form(person, Body=title, **pressed))

    def form(self, person: str, **given: str | None) -> dict[str, str]:
        more = {"ProfileName": person, "WaId": self.address_of(person).partition("+")[2]}
        return super().form(person, **{"MessageType": "text", **more, **given})

    def other(self, kind: str) -> dict[str, str]:
        if kind == "location":
            place = {"Latitude": "51.5", "Longitude": "-0.1", "Body": "A street, a town"}
            return {"MessageType": "location", **place}
        if kind == "contact":
            return {"MessageType": "contacts", "NumMedia": "1", "MediaContentType0": "text/vcard"}
        if kind == "sticker":
            return {"MessageType": "image", "NumMedia": "1", "MediaContentType0": "image/webp"}
        return {"MessageType": "image", **super().other(kind)}

    def traces(self, person: str) -> list[str]:
        return [*super().traces(person), self.address_of(person).partition("+")[2]]

    def read(self, sent: dict[str, str]) -> Shown:
        if "ContentSid" not in sent:
            return super().read(sent)
        variables = json.loads(sent["ContentVariables"])
        return Shown(variables["1"], tuple(variables[number] for number in ("2", "3", "4")))

    def faults(self, sent: dict[str, str], shown: Shown) -> dict[str, bool]:
        if "ContentSid" not in sent:
            return super().faults(sent, shown)
        lengths = [width(title) for title in shown.buttons]
        return {
            "unknown fields": set(sent) != {"To", *self.sender, "ContentSid", "ContentVariables"},
            "an unknown template (21655)": sent["ContentSid"] != TEMPLATE,
            "other variables (21656)": len(json.loads(sent["ContentVariables"])) != 4,
            "a text that is too long (63021)": width(shown.text) > LONGEST_OF_A_TEMPLATE,
            "a title that is empty or too long": not 1
            <= min(lengths)
            <= max(lengths)
            <= LONGEST_TITLE,
            "two buttons alike": len(set(shown.buttons)) != len(shown.buttons),
        }
