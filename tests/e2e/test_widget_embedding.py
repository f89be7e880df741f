"""The widget on a page of another origin, under a strict policy, and in the page's own look."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, expect

from bot.launch.ports import HOST
from bot.launch.project import ROOT
from tests.e2e.chat_widget import Widget, newcomer
from tests.e2e.conftest import ELSEWHERE_PORT, Running

EXAMPLE = ROOT / "examples" / "embedding" / "index.html"
AS_PRINTED = "127.0.0.1:5005"
QUESTION = "Which cancers travel to bone?"
RIGHT_TO_LEFT = """<!doctype html><html lang="ar" dir="rtl"><head><title>x</title>
<script src="http://127.0.0.1:5005/chat/widget.js" defer></script></head>
<body><main><h1>x</h1></main><cancer-companion open></cancer-companion></body></html>"""


class _Page(BaseHTTPRequestHandler):
    """Answers every request with one page."""

    def __init__(self, page: bytes, *arguments: object) -> None:
        self._page = page
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self._page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Elsewhere:
    """Serves pages that are not the assistant's."""

    def __init__(self, assistant: Running) -> None:
        self._host = assistant.origin.removeprefix("http://")
        self._servers: list[ThreadingHTTPServer] = []

    def serves(self, page: str, port: int) -> str:
        """Serve a page that names the assistant's usual address; return where it is."""
        content = page.replace(AS_PRINTED, self._host).encode()
        server = ThreadingHTTPServer((HOST, port), partial(_Page, content))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self._servers.append(server)
        return f"http://{HOST}:{server.server_port}/"

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


@pytest.fixture
def elsewhere(assistant: Running) -> Iterator[Elsewhere]:
    """Another origin."""
    elsewhere = Elsewhere(assistant)
    yield elsewhere
    elsewhere.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Widget]:
    """A new person."""
    widget, context = newcomer(browser)
    yield widget
    context.close()


def test_the_example_page_works_under_its_strict_policy(
    visitor: Widget, elsewhere: Elsewhere, assistant: Running
) -> None:
    address = elsewhere.serves(EXAMPLE.read_text(encoding="utf-8"), ELSEWHERE_PORT)
    visitor.visits(address).opens().agrees()
    expect(visitor.page.get_by_role("dialog", name="Questions about cancer")).to_be_visible()
    expect(visitor.says(QUESTION)).to_contain_text("prostate")
    visitor.says("I can't breathe and my lips are blue")
    card = visitor.page.locator(".emergency")
    expect(card.get_by_role("link").first).to_have_accessible_name(
        "United Kingdom: Call 999, Emergency services"
    )
    allowed = (assistant.origin, assistant.origin.replace("http:", "ws:"), address)
    assert [url for url in visitor.requests if not url.startswith(allowed)] == []
    assert [text for text in visitor.complaints if "favicon" not in text] == []


def test_on_another_origin_plain_http_carries_messages_history_and_deletion(
    visitor: Widget, elsewhere: Elsewhere
) -> None:
    address = elsewhere.serves(EXAMPLE.read_text(encoding="utf-8"), ELSEWHERE_PORT)
    visitor.page.context.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    visitor.page.context.route("**/socket.io/**", lambda route: route.abort())
    visitor.visits(address).opens().agrees().says(QUESTION)
    visitor.visits(address).opens()
    expect(visitor.own).to_have_count(1)
    visitor.chooses("Delete my data")
    visitor.confirms("Delete my data")
    expect(visitor.page.locator(".receipt")).to_be_visible()


def test_a_page_that_is_not_allowed_gets_no_chat_but_says_where_help_is(
    visitor: Widget, elsewhere: Elsewhere
) -> None:
    visitor.visits(elsewhere.serves(EXAMPLE.read_text(encoding="utf-8"), 0))
    expect(visitor.page.get_by_text("In an emergency, call your local")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Open the chat")).to_have_count(0)


def test_the_page_chooses_colour_and_side_and_the_text_on_it_stays_legible(
    visitor: Widget, elsewhere: Elsewhere
) -> None:
    page = EXAMPLE.read_text(encoding="utf-8")
    visitor.visits(elsewhere.serves(page, ELSEWHERE_PORT))
    launcher = visitor.page.locator(".launcher")
    expect(launcher).to_have_css("background-color", "rgb(91, 58, 140)")
    expect(launcher).to_have_css("color", "rgb(255, 255, 255)")
    box = launcher.bounding_box()
    assert box is not None and box["x"] < 100


def test_the_page_can_add_to_the_notice_open_the_chat_and_choose_the_dark_look(
    visitor: Widget, elsewhere: Elsewhere
) -> None:
    page = EXAMPLE.read_text(encoding="utf-8")
    page = page.replace("country=", 'open notice="Our own rule." theme="dark" country=')
    visitor.visits(elsewhere.serves(page, ELSEWHERE_PORT))
    expect(visitor.page.locator(".consent li").last).to_have_text("Our own rule.")
    expect(visitor.page.locator(".panel")).to_have_css("background-color", "rgb(21, 27, 25)")


def test_on_a_light_colour_the_text_is_dark(visitor: Widget, elsewhere: Elsewhere) -> None:
    page = EXAMPLE.read_text(encoding="utf-8").replace("#5b3a8c", "gold")
    visitor.visits(elsewhere.serves(page, ELSEWHERE_PORT))
    expect(visitor.page.locator(".launcher")).to_have_css("color", "rgb(0, 0, 0)")


def test_from_right_to_left_the_chat_is_on_the_other_side_and_nothing_sticks_out(
    visitor: Widget, elsewhere: Elsewhere
) -> None:
    visitor.visits(elsewhere.serves(RIGHT_TO_LEFT, ELSEWHERE_PORT)).agrees()
    visitor.says(QUESTION)
    visitor.types("أين ينتشر السرطان؟")
    visitor.answer()
    panel, own = visitor.page.locator(".panel"), visitor.own.first.locator(".bubble")
    panel_box, own_box = panel.bounding_box(), own.bounding_box()
    assert panel_box is not None and own_box is not None
    assert panel_box["x"] < 100
    assert own_box["x"] < panel_box["x"] + 60
    expect(visitor.own.last.locator(".typed")).to_have_css("direction", "rtl")
    expect(visitor.answers.last.locator("p").first).to_have_css("direction", "ltr")
    log = visitor.page.locator(".log")
    assert log.evaluate("element => element.scrollWidth <= element.clientWidth")
