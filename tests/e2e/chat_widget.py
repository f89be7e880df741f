"""The widget as a person uses it, and a line to the assistant that can be cut."""

from __future__ import annotations

import contextlib
import socket
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PATIENCE = 30_000
"""Milliseconds until what should appear is given up."""

AXE = Path(__file__).with_name("vendor") / "axe.min.js"


class Widget:
    """The open widget on a page, with all that the page asked for or complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda opened: self.requests.append(opened.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))

    def visits(self, address: str) -> Widget:
        """Open a page that holds the widget, or is it."""
        self.page.goto(address)
        return self

    def opens(self) -> Widget:
        """Press the round button."""
        self.page.get_by_role("button", name="Open the chat").click()
        return self

    def agrees(self) -> Widget:
        """Accept the notice."""
        self.page.get_by_role("button", name="I understand").click()
        return self

    @property
    def field(self) -> Locator:
        """Where messages are written."""
        return self.page.get_by_label("Your message")

    @property
    def own(self) -> Locator:
        """What the person said."""
        return self.page.locator(".message.you")

    @property
    def answers(self) -> Locator:
        """What the assistant said."""
        return self.page.locator(".message.assistant")

    def types(self, text: str) -> None:
        """Type a message and send it."""
        self.field.fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def says(self, text: str) -> Locator:
        """Type a message and return the last message that came back."""
        self.types(text)
        return self.answer()

    def clicks(self, title: str) -> Locator:
        """Click an offered choice and return the last message that came back."""
        self.page.get_by_role("button", name=title, exact=True).last.click()
        return self.answer()

    def answer(self) -> Locator:
        """The last message of the assistant, once it has finished writing."""
        expect(self.page.locator(".message").last).to_contain_class("assistant", timeout=PATIENCE)
        expect(self.page.locator(".writing")).to_be_hidden(timeout=PATIENCE)
        return self.answers.last

    def chooses(self, item: str) -> None:
        """Open the menu and press an item of it."""
        self.page.get_by_role("button", name="Options").click()
        self.page.locator(".options").get_by_text(item, exact=True).click()

    def confirms(self, answer: str) -> None:
        """Answer the question that the widget asks before it acts."""
        self.page.get_by_role("dialog").get_by_role("button", name=answer, exact=True).last.click()

    def faults(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("axe.run()")
        return [
            f"{violation['id']}: {node['html']} {node['any'][:1]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]


def newcomer(browser: Browser, **settings: Any) -> tuple[Widget, BrowserContext]:
    """A new person with a browser of their own."""
    context = browser.new_context(locale="en-US", **settings)
    return Widget(context.new_page()), context


class Wire:
    """A line to the assistant that the test can hold, cut and mend."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._open: list[socket.socket] = []
        self._cut = False
        self._held: bytearray | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self) -> None:
        """From now on swallow what the assistant sends; what people send still arrives."""
        self._held = bytearray()

    @property
    def held(self) -> bytes:
        """What was swallowed."""
        return bytes(self._held or b"")

    def cut(self) -> None:
        """End every connection, and every new one at once."""
        self._cut = True
        for each in self._open:
            _end(each)
        self._open.clear()

    def mend(self) -> None:
        """Let everything through again."""
        self._cut = False
        self._held = None

    def close(self) -> None:
        """End it for good."""
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
                if self._cut:
                    _end(near)
                    continue
                far = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                return
            self._open += [near, far]
            threading.Thread(target=self._carry, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, True), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, back: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if back and self._held is not None:
                    self._held += data
                else:
                    target.sendall(data)
        _end(source)
        _end(target)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
