"""What happens to a conversation when the line drops, the page reloads, the server restarts."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot.launch.ports import ACTION_PORT_VARIABLE, PORT_VARIABLE, free_port
from tests.e2e.chat_widget import PATIENCE, Widget, Wire, newcomer
from tests.e2e.conftest import Running, curated, running

QUESTION = "Which cancers travel to bone?"
EMERGENCY = "I can't breathe and my lips are blue"
SYMPTOM = "My elbow has been aching"


@pytest.fixture
def wire(assistant: Running) -> Iterator[Wire]:
    """A line that can be cut."""
    wire = Wire(urlsplit(assistant.origin).port or 0)
    yield wire
    wire.close()


@pytest.fixture
def wired(browser: Browser, wire: Wire) -> Iterator[Widget]:
    """The widget at the other end of that line."""
    widget, context = newcomer(browser)
    yield widget.visits(f"{wire.origin}/").opens().agrees()
    context.close()


def the_card(widget: Widget) -> Locator:
    return widget.page.locator(".message.emergency")


@pytest.mark.parametrize("said", [EMERGENCY, QUESTION])
def test_an_answer_on_its_way_when_the_line_drops_arrives_once(
    wired: Widget, wire: Wire, said: str
) -> None:
    wired.says("good evening")
    before = wired.answers.count()
    wire.hold()
    wired.types(said)
    mark = b'"from":"assistant"'
    deadline = time.monotonic() + PATIENCE / 1000
    while mark not in wire.held and time.monotonic() < deadline:
        wired.page.wait_for_timeout(50)
    assert mark in wire.held
    wire.cut()
    wired.page.wait_for_timeout(300)
    wire.mend()
    expect(wired.answers).not_to_have_count(before, timeout=PATIENCE)
    wired.answer()
    wired.page.wait_for_timeout(2500)
    texts = wired.answers.all_inner_texts()[before:]
    assert len(texts) == len(set(texts)) > 0
    expect(wired.own).to_have_count(2)
    if said == EMERGENCY:
        expect(the_card(wired)).to_have_count(1)


def test_a_message_written_without_a_line_waits_and_arrives_once(wired: Widget, wire: Wire) -> None:
    wired.says("good evening")
    wire.cut()
    wired.types(QUESTION)
    notice = wired.page.locator(".lost")
    expect(notice).to_contain_text("Call your local emergency number now", timeout=PATIENCE)
    expect(notice).to_contain_text("tell your healthcare provider")
    notice.get_by_text("Emergency numbers by country").click()
    link = notice.get_by_role("link", name="India: Call")
    assert str(link.get_attribute("href")).startswith("tel:")
    expect(wired.own.last.locator(".state")).to_be_visible()
    wire.mend()
    expect(wired.answer()).to_contain_text("prostate", timeout=PATIENCE)
    expect(notice).to_be_hidden()
    expect(wired.own.last.locator(".state")).to_be_hidden()
    expect(wired.own).to_have_count(2)


def test_who_does_not_want_to_wait_for_the_next_try_presses_try_now(
    browser: Browser, wire: Wire
) -> None:
    widget, context = newcomer(browser)
    context.clock.install()
    widget.visits(f"{wire.origin}/").opens().agrees()
    widget.says("good evening")
    wire.cut()
    notice = widget.page.locator(".lost")
    expect(notice).to_be_visible(timeout=PATIENCE)
    # With its clock stopped the widget tries no more, once the try that was due has failed.
    widget.page.clock.pause_at(datetime.now() + timedelta(hours=1))
    widget.page.wait_for_timeout(2000)
    wire.mend()
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Try now").click()
    expect(notice).to_be_hidden(timeout=PATIENCE)
    context.close()


def test_where_socket_io_is_blocked_messages_go_by_plain_http(
    browser: Browser, assistant: Running
) -> None:
    widget, context = newcomer(browser)
    context.route("**/socket.io/**", lambda route: route.abort())
    context.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    widget.visits(f"{assistant.origin}/").opens().agrees()
    expect(widget.says(QUESTION)).to_contain_text("prostate", timeout=PATIENCE)
    expect(widget.says(EMERGENCY)).to_be_visible()
    expect(the_card(widget)).to_have_count(1)
    assert any(url.endswith("/chat/messages") for url in widget.requests)
    context.close()


def test_the_button_is_there_before_any_connection(browser: Browser, assistant: Running) -> None:
    widget, context = newcomer(browser)
    context.route("**/chat/texts.json*", lambda _: None)
    widget.page.goto(f"{assistant.origin}/")
    expect(widget.page.locator("cancer-companion .launcher")).to_be_visible()
    context.close()


def test_without_its_words_the_page_says_where_help_is(
    browser: Browser, assistant: Running
) -> None:
    widget, context = newcomer(browser)
    context.route("**/chat/texts.json*", lambda route: route.abort())
    widget.page.goto(f"{assistant.origin}/")
    expect(widget.page.get_by_text("If the chat does not open")).to_be_visible()
    context.close()


def test_a_reloaded_page_shows_the_conversation_and_continues_it(chat: Widget) -> None:
    chat.says(QUESTION)
    chat.says(SYMPTOM)
    shown = chat.page.locator(".message").all_inner_texts()
    chat.page.reload()
    chat.opens()
    expect(chat.field).to_be_visible()
    expect(chat.page.locator(".message")).to_have_count(len(shown))
    assert chat.page.locator(".message").all_inner_texts() == shown
    chat.clicks("A few weeks")
    expect(chat.answers.last).to_contain_text(curated("utter_ask_symptom_trend"))


def test_a_page_reloaded_in_mid_answer_gets_the_answer_once(chat: Widget) -> None:
    chat.says("good evening")
    before = chat.answers.count()
    chat.types(EMERGENCY)
    chat.page.reload()
    chat.opens()
    chat.answer()
    chat.page.wait_for_timeout(1500)
    expect(the_card(chat)).to_have_count(1)
    assert chat.answers.count() > before
    expect(chat.own).to_have_count(2)


def test_closing_the_tab_forgets_unless_the_person_asked_to_keep(chat: Widget) -> None:
    chat.says(QUESTION)
    address = chat.page.url
    other = Widget(chat.page.context.new_page()).visits(address).opens()
    expect(other.page.get_by_text("Before you start")).to_be_visible()
    other.page.close()
    chat.chooses("Keep it on this device")
    chat.page.keyboard.press("Escape")
    later = Widget(chat.page.context.new_page()).visits(address).opens()
    expect(later.own).to_contain_text(QUESTION)
    chat.chooses("Keep it on this device")
    assert chat.page.evaluate("localStorage.length") == 0


def test_two_tabs_of_one_conversation_show_the_same(chat: Widget) -> None:
    chat.says("good evening")
    chat.chooses("Keep it on this device")
    chat.page.keyboard.press("Escape")
    other = Widget(chat.page.context.new_page()).visits(chat.page.url).opens()
    expect(other.own).to_have_count(1)
    other.page.wait_for_timeout(1000)
    chat.says(QUESTION)
    expect(other.own.last).to_contain_text(QUESTION)
    expect(other.answers.last).to_contain_text("prostate")
    other.says(EMERGENCY)
    expect(the_card(chat)).to_have_count(1)
    expect(chat.page.locator(".message")).to_have_count(other.page.locator(".message").count())


def test_two_people_share_nothing(chat: Widget, browser: Browser, assistant: Running) -> None:
    chat.says(QUESTION)
    stranger, context = newcomer(browser)
    stranger.visits(f"{assistant.origin}/").opens().agrees()
    answer = stranger.says("please repeat that")
    expect(answer).to_contain_text(curated("utter_nothing_to_repeat"))
    expect(chat.own).to_have_count(1)
    context.close()


def test_starting_over_clears_the_page_and_keeps_the_escalation(chat: Widget) -> None:
    chat.says(QUESTION)
    chat.says(SYMPTOM)
    chat.chooses("Start over")
    chat.confirms("Start over")
    expect(chat.own).to_have_count(1)
    expect(chat.answers.first).to_contain_text("We have started over")
    expect(chat.page.locator(".escalation")).to_be_visible()
    chat.page.reload()
    chat.opens()
    expect(chat.own).to_have_count(1)
    expect(chat.says("please repeat that")).to_contain_text(curated("utter_nothing_to_repeat"))


def test_deleting_deletes_here_and_there_and_gives_a_receipt(
    chat: Widget, assistant: Running
) -> None:
    chat.says(SYMPTOM)
    kept = chat.page.evaluate("Object.values(sessionStorage)[0]")
    token = json.loads(kept)["token"]
    chat.chooses("Delete my data")
    chat.confirms("Delete my data")
    receipt = chat.page.locator(".receipt")
    expect(receipt).to_contain_text("found nothing left")
    expect(receipt).to_contain_text("tell your healthcare provider")
    assert int(re.findall(r"\((\d+) records\)", receipt.inner_text())[0]) > 5
    expect(chat.own).to_have_count(0)
    body = json.dumps({"token": token}).encode()
    session = json.loads(assistant.post("/chat/session", body)[1])
    assert session["entries"] == []
    assert json.loads(assistant.post("/chat/forget", body)[1])["records"] == 0
    expect(chat.says("please repeat that")).to_contain_text(curated("utter_nothing_to_repeat"))


def test_what_is_deleted_in_one_tab_is_gone_in_the_other(chat: Widget) -> None:
    chat.says(QUESTION)
    chat.chooses("Keep it on this device")
    chat.page.keyboard.press("Escape")
    other = Widget(chat.page.context.new_page()).visits(chat.page.url).opens()
    expect(other.own).to_have_count(1)
    chat.chooses("Delete my data")
    chat.confirms("Delete my data")
    expect(other.own).to_have_count(0)
    assert chat.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert other.page.evaluate("sessionStorage.length") == 0


def test_what_cannot_be_deleted_is_said_and_stays(wired: Widget, wire: Wire) -> None:
    wired.says(QUESTION)
    wire.cut()
    wired.chooses("Delete my data")
    wired.confirms("Delete my data")
    expect(wired.page.get_by_role("dialog", name="Your data was not deleted")).to_be_visible()
    expect(wired.own).to_have_count(1)


def test_the_conversation_can_be_saved(chat: Widget) -> None:
    chat.says("I want to end my life tonight")
    with chat.page.expect_download() as started:
        chat.chooses("Save the conversation")
    text = started.value.path().read_text(encoding="utf-8")
    assert "I want to end my life tonight" in text and "United Kingdom: Call" in text


def test_a_restarted_server_answers_what_was_asked_meanwhile(browser: Browser) -> None:
    ports = {PORT_VARIABLE: str(free_port()), ACTION_PORT_VARIABLE: str(free_port())}
    widget, context = newcomer(browser)
    with running(ports) as origin:
        widget.visits(f"{origin}/").opens().agrees()
        widget.says(QUESTION)
    widget.types(EMERGENCY)
    expect(widget.page.locator(".lost")).to_be_visible(timeout=PATIENCE)
    with running(ports):
        expect(the_card(widget)).to_have_count(1, timeout=60_000)
        expect(widget.page.locator(".lost")).to_be_hidden()
        expect(widget.own).to_have_count(2)
        expect(widget.says(QUESTION)).to_be_visible()
        expect(the_card(widget)).to_have_count(1)
    context.close()
