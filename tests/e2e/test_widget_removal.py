"""Pages take the widget out, move it and put it in again: nothing of it runs on where it is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, WebSocket, expect

from tests.e2e.chat_widget import Widget, newcomer
from tests.e2e.conftest import Running

QUESTION = "Which cancers travel to bone?"
TAKE_OUT = "(window.taken = document.querySelector('cancer-companion')).remove()"
PUT_IN_AGAIN = "document.body.append(window.taken)"
MOVE = "document.querySelector('main').append(document.querySelector('cancer-companion'))"

COUNT_WHAT_LISTENS = """
const kinds = ["online", "pageshow", "resize"];
const targets = [window, visualViewport];
const listening = Object.fromEntries([...kinds, "channel"].map((kind) => [kind, new Set()]));
window.howMany = () => Object.values(listening).map((each) => each.size);
const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (kind, listener, options) {
  const target = this ?? window;
  add.call(target, kind, listener, options);
  if (!kinds.includes(kind) || !targets.includes(target)) return;
  listening[kind].add(listener);
  const { signal } = options ?? {};
  if (signal) add.call(signal, "abort", () => listening[kind].delete(listener));
};
EventTarget.prototype.removeEventListener = function (kind, listener, options) {
  remove.call(this ?? window, kind, listener, options);
  listening[kind]?.delete(listener);
};
window.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) { super(name); listening.channel.add(this); }
  close() { super.close(); listening.channel.delete(this); }
};
"""


@pytest.fixture
def widget(browser: Browser, assistant: Running) -> Iterator[Widget]:
    """The widget on a page that counts what listens."""
    widget, context = newcomer(browser)
    context.add_init_script(COUNT_WHAT_LISTENS)
    yield widget.visits(f"{assistant.origin}/")
    context.close()


@pytest.fixture
def lines(widget: Widget) -> list[WebSocket]:
    """Every line that the page opens to the assistant."""
    lines: list[WebSocket] = []
    widget.page.on("websocket", lambda line: lines.append(line))
    return lines


def test_taken_out_of_the_page_it_leaves_nothing_that_runs(
    widget: Widget, lines: list[WebSocket]
) -> None:
    widget.opens().agrees().says(QUESTION)
    assert widget.page.evaluate("howMany()") == [1, 1, 1, 1]
    widget.page.evaluate(TAKE_OUT)
    widget.page.wait_for_timeout(500)
    assert [line.is_closed() for line in lines] == [True]
    assert widget.page.evaluate("howMany()") == [0, 0, 0, 0]
    asked = len(widget.requests)
    widget.page.evaluate("dispatchEvent(new Event('online'))")
    widget.page.wait_for_timeout(1500)
    assert widget.requests[asked:] == []


def test_taken_out_in_mid_answer_it_asks_for_the_rest_when_it_is_put_in_again(
    widget: Widget,
) -> None:
    widget.opens().agrees().says("good evening")
    widget.types(QUESTION)
    widget.page.evaluate(TAKE_OUT)
    asked = len(widget.requests)
    widget.page.wait_for_timeout(2500)
    assert widget.requests[asked:] == []
    widget.page.evaluate(PUT_IN_AGAIN)
    expect(widget.answer()).to_contain_text("prostate")
    expect(widget.own).to_have_count(2)


def test_moved_within_the_page_it_keeps_its_line_and_its_conversation(
    widget: Widget, lines: list[WebSocket]
) -> None:
    widget.opens().agrees().says("good evening")
    widget.page.evaluate(MOVE)
    widget.page.wait_for_timeout(500)
    expect(widget.own).to_have_count(1)
    expect(widget.says(QUESTION)).to_contain_text("prostate")
    assert [line.is_closed() for line in lines] == [False]


def test_put_in_again_it_shows_the_conversation_and_continues_it(
    widget: Widget, lines: list[WebSocket]
) -> None:
    widget.opens().agrees().says("good evening")
    widget.page.evaluate(TAKE_OUT)
    widget.page.wait_for_timeout(500)
    widget.page.evaluate(PUT_IN_AGAIN)
    expect(widget.own).to_have_count(1)
    expect(widget.page.locator("cancer-companion .launcher")).to_have_count(1)
    expect(widget.says(QUESTION)).to_contain_text("prostate")
    expect(widget.own).to_have_count(2)
    assert [line.is_closed() for line in lines] == [True, False]


def test_taken_out_it_asks_for_its_words_no_more(browser: Browser, assistant: Running) -> None:
    widget, context = newcomer(browser)
    context.clock.install()
    context.route("**/chat/texts.json*", lambda route: route.abort())
    widget.visits(f"{assistant.origin}/")
    expect(widget.page.get_by_text("If the chat does not open")).to_be_visible()
    with widget.page.expect_request("**/chat/texts.json*"):
        widget.page.clock.run_for(16_000)
    widget.page.wait_for_timeout(500)
    widget.page.evaluate(TAKE_OUT)
    asked = len(widget.requests)
    widget.page.clock.run_for(60_000)
    widget.page.wait_for_timeout(500)
    assert widget.requests[asked:] == []
    context.close()
