"""What is deleted does not come back, and what was written beside it is not lost."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute, expect

from tests.e2e.chat_widget import PATIENCE, Widget, newcomer
from tests.e2e.conftest import Running, curated

QUESTION = "Which cancers travel to bone?"
PAUSE = 50
"""Milliseconds from one look to the next."""


class Held:
    """Requests that reach the assistant only when the test lets them."""

    def __init__(self, context: BrowserContext, pattern: str) -> None:
        self._routes: list[Route] = []
        context.route(pattern, lambda route: self._routes.append(route))

    def next(self, page: Page) -> Route:
        """The next one that the page makes."""
        for _ in range(PATIENCE // PAUSE):
            if self._routes:
                break
            page.wait_for_timeout(PAUSE)
        return self._routes.pop(0)


def without_sockets(browser: Browser) -> tuple[Widget, BrowserContext]:
    """A new person whose messages go by plain HTTP, where the test can hold each of them."""
    widget, context = newcomer(browser)
    context.route("**/socket.io/**", lambda route: route.abort())
    context.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    return widget, context


def deletes(widget: Widget) -> None:
    widget.chooses("Delete my data")
    widget.confirms("Delete my data")


def kept(widget: Widget) -> dict[str, Any]:
    """What the tab has stored."""
    found: dict[str, Any] = json.loads(widget.page.evaluate("Object.values(sessionStorage)[0]"))
    return found


def test_a_deletion_before_anything_was_sent_touches_no_other_tab(
    browser: Browser, assistant: Running
) -> None:
    deleting, context = without_sockets(browser)
    context.route("**/chat/session", lambda route: route.abort())
    address = f"{assistant.origin}/"
    deleting.visits(address).opens().agrees()
    writing = Widget(context.new_page()).visits(address).opens().agrees()
    reading = Widget(context.new_page()).visits(address).opens()
    writing.types(QUESTION)
    deletes(deleting)
    expect(deleting.page.locator(".receipt")).to_be_visible()
    writing.page.wait_for_timeout(500)
    expect(writing.own).to_have_count(1)
    reading.page.keyboard.press("Escape")
    reading.opens().page.wait_for_timeout(500)
    expect(reading.page.get_by_text("Before you start")).to_be_visible()
    assert not [url for url in reading.requests if "socket.io" in url or "/session" in url]
    context.unroute("**/chat/session")
    expect(writing.answers.last).to_contain_text("prostate", timeout=PATIENCE)
    context.close()


def test_a_reply_on_its_way_does_not_bring_back_what_was_deleted(
    browser: Browser, assistant: Running
) -> None:
    widget, context = without_sockets(browser)
    messages = Held(context, "**/chat/messages")
    widget.visits(f"{assistant.origin}/").opens().agrees()
    widget.types(QUESTION)
    message = messages.next(widget.page)
    reply = message.fetch()
    assert "prostate" in reply.text()
    deletes(widget)
    expect(widget.page.locator(".receipt")).to_be_visible()
    message.fulfill(response=reply)
    widget.page.wait_for_timeout(500)
    expect(widget.page.locator(".message")).to_have_count(1)
    assert widget.page.evaluate("sessionStorage.length") == 0
    context.close()


def test_what_is_written_during_a_deletion_is_answered_in_the_next_conversation(
    chat: Widget, assistant: Running
) -> None:
    chat.says("good evening")
    before = kept(chat)["token"]
    deletions = Held(chat.page.context, "**/chat/forget")
    deletes(chat)
    deletion = deletions.next(chat.page)
    chat.types(QUESTION)
    chat.page.wait_for_timeout(500)
    expect(chat.own.last.locator(".state")).to_be_visible()
    deletion.continue_()
    expect(chat.page.locator(".receipt")).to_be_visible()
    expect(chat.answers.filter(has_text="prostate")).to_have_count(1, timeout=PATIENCE)
    expect(chat.own).to_have_count(1)
    assert kept(chat)["token"] != before
    session = assistant.post("/chat/session", json.dumps({"token": before}).encode())[1]
    assert json.loads(session)["entries"] == []


def test_what_is_refused_because_another_tab_deleted_all_is_sent_in_a_new_conversation(
    browser: Browser, assistant: Running
) -> None:
    deleting, context = without_sockets(browser)
    deleting.visits(f"{assistant.origin}/").opens().agrees()
    deleting.says("good evening")
    deleting.chooses("Keep it on this device")
    deleting.page.keyboard.press("Escape")
    other = Widget(context.new_page()).visits(deleting.page.url).opens()
    expect(other.own).to_have_count(1)
    before = kept(deleting)["token"]
    messages = Held(context, "**/chat/messages")
    other.types(QUESTION)
    late = messages.next(other.page)
    deletes(deleting)
    expect(other.own).to_have_count(1)
    expect(other.own).to_contain_text(QUESTION)
    late.fulfill(status=401, json={"refused": True})
    messages.next(other.page).continue_()
    expect(other.answer()).to_contain_text("prostate")
    expect(other.page.locator(".message")).to_have_count(2)
    assert kept(other)["token"] != before
    context.close()


def test_after_a_deletion_in_mid_answer_the_chat_goes_on(
    browser: Browser, assistant: Running
) -> None:
    widget, context = newcomer(browser)
    swallowing: list[bool] = []

    def carry(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda frame: None if swallowing else socket.send(frame))

    context.route_web_socket("**/socket.io/**", carry)
    widget.visits(f"{assistant.origin}/").opens().agrees()
    widget.says("good evening")
    swallowing.append(True)
    widget.types(QUESTION)
    deletes(widget)
    expect(widget.page.locator(".receipt")).to_be_visible()
    expect(widget.own).to_have_count(0)
    swallowing.clear()
    expect(widget.says("please repeat that")).to_contain_text(curated("utter_nothing_to_repeat"))
    expect(widget.own).to_have_count(1)
    context.close()
