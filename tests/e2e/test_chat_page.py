"""The chat page in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot.launch.project import ROOT
from tests.e2e.conftest import Running, curated

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOT = ROOT / "docs" / "images" / "chat.png"
HOSTILE = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
PATIENCE = 30_000
"""Milliseconds until what should appear is given up."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Closed with this file: it occupies the thread's event loop."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = "Chromium is missing (on Debian: apt-get install chromium)."
        pytest.fail(missing, pytrace=False) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


class ChatPage:
    """The page as a person uses it, with all that it asked the network for or complained of."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.goto(f"{origin}/chat/")

    def says(self, text: str) -> Locator:
        """Type a message and return the last message that came back."""
        self.page.get_by_label("Your message").fill(text)
        self.page.get_by_role("button", name="Send").click()
        return self.answer()

    def clicks(self, title: str) -> Locator:
        """Click an offered choice and return the last message that came back."""
        self.page.get_by_role("button", name=title, exact=True).last.click()
        return self.answer()

    def answer(self) -> Locator:
        """The last message of the assistant, once it is there."""
        expect(self.page.locator("#log > li").last).to_have_class("assistant", timeout=PATIENCE)
        return self.page.locator("#log > li.assistant").last


@pytest.fixture
def chat(browser: Browser, assistant: Running) -> Iterator[ChatPage]:
    """The page, newly opened by a new person."""
    context = browser.new_context(locale="en-US", viewport={"width": 820, "height": 800})
    yield ChatPage(context.new_page(), assistant.origin)
    context.close()


def test_a_question_is_answered_with_its_sources_set_apart(chat: ChatPage) -> None:
    answer = chat.says("Which cancers travel to bone?")
    expect(answer).to_contain_text("prostate")
    expect(answer.locator(".sources")).to_contain_text("Sources: ")


def test_enter_sends_and_the_field_is_empty_and_focused_again(chat: ChatPage) -> None:
    field = chat.page.get_by_label("Your message")
    field.fill("Which cancers travel to bone?")
    field.press("Enter")
    chat.answer()
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_an_offered_choice_can_be_clicked_once(chat: ChatPage) -> None:
    chat.says("tell me what metastasis is")
    expect(chat.clicks("How it is named")).to_contain_text("Sources: ")
    expect(chat.page.locator("#log > li.you").last).to_contain_text("How it is named")
    expect(chat.page.get_by_role("button", name="How it is named").first).to_be_disabled()


def test_a_symptom_check_runs_to_the_note_and_the_escalation(chat: ChatPage) -> None:
    chat.says("My elbow has been aching")
    chat.clicks("A few weeks")
    chat.clicks("Getting worse")
    last = chat.clicks("No")
    expect(last.locator(".bubble")).to_have_text(curated("utter_tell_healthcare_provider"))
    note = chat.page.locator("#log > li.assistant", has_text="Here is a note")
    for words in ("My elbow has been aching", "A few weeks", "Getting worse"):
        expect(note).to_contain_text(words)


def test_a_question_and_a_symptom_go_into_one_conversation(chat: ChatPage) -> None:
    chat.says("Where does breast cancer tend to travel?")
    last = chat.says("my hip has been sore when I climb stairs")
    expect(chat.page.locator("#log > li.you")).to_have_count(2)
    expect(last.locator(".bubble")).to_have_text(curated("utter_ask_symptom_duration"))
    if os.environ.get("COMPANION_SCREENSHOTS") == "1":
        SCREENSHOT.parent.mkdir(parents=True, exist_ok=True)
        chat.page.screenshot(path=SCREENSHOT)


def test_the_newest_message_and_its_choices_are_in_view(chat: ChatPage) -> None:
    for question in ("What does stage 4 mean?", "Which cancers travel to bone?", "why?"):
        chat.says(question)
    last = chat.says("my hip has been sore when I climb stairs")
    expect(last).to_be_in_viewport()
    expect(last.get_by_role("button").last).to_be_in_viewport()


def test_hostile_content_is_shown_as_text(chat: ChatPage) -> None:
    chat.says(HOSTILE)
    expect(chat.page.locator("#log > li.you .bubble").last).to_have_text(HOSTILE)
    chat.says("My elbow has been aching")
    chat.says(f"two weeks {HOSTILE}")
    chat.says("worse")
    chat.says("no")
    expect(chat.page.locator("#log > li.assistant", has_text="Here is a note")).to_contain_text(
        "two weeks \N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}img src=x"
    )
    expect(chat.page.locator("#log img, #log script")).to_have_count(0)
    expect(chat.page).to_have_title("Metastatic Cancer Companion")


def test_no_other_origin_is_asked_for_anything(chat: ChatPage, assistant: Running) -> None:
    chat.says("Which cancers travel to bone?")
    assert len(chat.requests) >= 4
    for url in chat.requests:
        assert url.startswith((f"{assistant.origin}/chat/", "data:"))
    assert chat.complaints == []


def test_the_address_without_the_slash_works_too(chat: ChatPage, assistant: Running) -> None:
    chat.page.goto(f"{assistant.origin}/chat")
    expect(chat.says("Which cancers travel to bone?")).to_contain_text("Sources: ")


def test_a_reloaded_page_continues_the_conversation(chat: ChatPage) -> None:
    chat.says("Which cancers travel to bone?")
    chat.page.reload()
    expect(chat.says("please repeat that")).to_contain_text("Sources: ")


def test_another_persons_page_shares_nothing(
    chat: ChatPage, browser: Browser, assistant: Running
) -> None:
    chat.says("Which cancers travel to bone?")
    context = browser.new_context()
    try:
        stranger = ChatPage(context.new_page(), assistant.origin)
        answer = stranger.says("please repeat that").locator(".bubble")
        expect(answer).to_have_text(curated("utter_nothing_to_repeat"))
    finally:
        context.close()


def test_a_lost_connection_is_said_with_the_emergency_route(chat: ChatPage) -> None:
    chat.page.route("**/chat/messages", lambda route: route.abort())
    answer = chat.says("Which cancers travel to bone?")
    expect(answer).to_contain_text("did not get through")
    expect(answer).to_contain_text("call your local emergency number now")
    chat.page.unroute("**/chat/messages")
    expect(chat.says("Which cancers travel to bone?")).to_contain_text("Sources: ")
