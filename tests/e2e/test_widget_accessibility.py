"""WCAG 2.2 AA: no finding of axe-core in any state, everything by keyboard, reflow, focus."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from bot.launch.project import ROOT
from tests.e2e.chat_widget import Widget, newcomer
from tests.e2e.conftest import Running

QUESTION = "Which cancers travel to bone?"
SYMPTOM = "My elbow has been aching"
LOOKS = {
    "desktop": {"viewport": {"width": 1000, "height": 800}},
    "dark": {"viewport": {"width": 1000, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True},
    "contrast": {"viewport": {"width": 1000, "height": 800}, "forced_colors": "active"},
}
IMAGES = ROOT / "docs" / "images"
PICTURES = {
    ("answer", "desktop"): "widget-desktop",
    ("check", "phone"): "widget-phone",
    ("answer", "dark"): "widget-dark",
    ("emergency", "phone"): "widget-emergency",
}


def _note(chat: Widget) -> None:
    chat.says(SYMPTOM)
    for choice in ("A few weeks", "Getting worse", "No"):
        chat.clicks(choice)


def _judge(chat: Widget) -> None:
    chat.says(QUESTION).get_by_role("button", name="Not helpful").click()


def _lose_line(chat: Widget) -> None:
    chat.page.context.set_offline(True)
    chat.page.evaluate("window.dispatchEvent(new Event('online'))")
    chat.types(QUESTION)
    expect(chat.page.locator(".lost")).to_be_visible()
    chat.page.locator(".lost summary").click()


def _delete(chat: Widget) -> None:
    chat.chooses("Delete my data")
    chat.confirms("Delete my data")
    expect(chat.page.locator(".receipt")).to_be_visible()


STATES: dict[str, Callable[[Widget], object]] = {
    "answer": lambda chat: chat.says(QUESTION).locator("summary").click(),
    "check": lambda chat: chat.says(SYMPTOM),
    "note": _note,
    "emergency": lambda chat: chat.says("I can't breathe and my lips are blue"),
    "urgent": lambda chat: chat.says("my eyes look yellow"),
    "crisis": lambda chat: chat.says("I want to end my life tonight"),
    "feedback": _judge,
    "menu": lambda chat: chat.page.get_by_role("button", name="Options").click(),
    "question": lambda chat: chat.chooses("Delete my data"),
    "receipt": _delete,
    "offline": _lose_line,
}


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(browser: Browser, assistant: Running, look: str) -> Iterator[Widget]:
    """A new person on the demo page, who has pressed nothing yet."""
    widget, context = newcomer(browser, **LOOKS[look])
    yield widget.visits(f"{assistant.origin}/")
    context.close()


def photographed(chat: Widget, state: str, look: str) -> None:
    name = PICTURES.get((state, look))
    if name is None or os.environ.get("COMPANION_SCREENSHOTS") != "1":
        return
    IMAGES.mkdir(parents=True, exist_ok=True)
    target = chat.page if look == "desktop" else chat.page.locator(".panel")
    target.screenshot(path=IMAGES / f"{name}.png")


def test_the_closed_widget_and_the_notice_have_no_fault(visitor: Widget) -> None:
    expect(visitor.page.get_by_role("button", name="Open the chat")).to_be_visible()
    assert visitor.faults() == []
    visitor.opens()
    assert visitor.faults() == []


@pytest.mark.parametrize("state", STATES)
def test_no_state_has_a_fault(visitor: Widget, look: str, state: str) -> None:
    visitor.opens().agrees()
    STATES[state](visitor)
    assert visitor.faults() == []
    photographed(visitor, state, look)


def test_the_page_of_its_own_has_no_fault(browser: Browser, assistant: Running, look: str) -> None:
    widget, context = newcomer(browser, **LOOKS[look])
    widget.visits(f"{assistant.origin}/chat/").agrees().says(QUESTION)
    assert widget.faults() == []
    context.close()


def test_everything_goes_by_keyboard_alone(browser: Browser, assistant: Running) -> None:
    chat, context = newcomer(browser)
    chat.visits(f"{assistant.origin}/")
    keys = chat.page.keyboard
    launcher = chat.page.get_by_role("button", name="Open the chat")
    expect(launcher).to_be_visible()
    for _ in range(3):
        keys.press("Tab")
        if launcher.evaluate("element => element.matches(':focus')"):
            break
    keys.press("Enter")
    expect(chat.page.get_by_role("heading", name="Before you start")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(chat.field).to_be_focused()
    keys.type(SYMPTOM)
    keys.press("Enter")
    chat.answer()
    keys.press("Shift+Tab")
    expect(chat.page.get_by_role("button", name="Months or longer")).to_be_focused()
    keys.press("Space")
    expect(chat.own.last).to_contain_text("Months or longer")
    chat.answer()
    expect(chat.field).to_be_focused()
    chat.page.get_by_role("button", name="Options").focus()
    keys.press("Enter")
    expect(chat.page.get_by_role("button", name="Start over")).to_be_focused()
    keys.press("Escape")
    expect(chat.page.get_by_role("button", name="Options")).to_be_focused()
    keys.press("Enter")
    keys.press("Enter")
    expect(chat.page.get_by_role("dialog", name="Start over")).to_be_visible()
    keys.press("Escape")
    expect(chat.page.get_by_role("button", name="Options")).to_be_focused()
    keys.press("Escape")
    expect(launcher).to_be_focused()
    expect(chat.page.locator(".panel")).to_be_hidden()
    context.close()


def test_bubbles_are_no_tab_stops_and_every_speaker_is_named(chat: Widget) -> None:
    chat.says("tell me what metastasis is")
    assert chat.page.locator(".message[tabindex], .bubble[tabindex]").count() == 0
    log = chat.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(chat.own.first).to_contain_text("You said:")
    expect(chat.answers.first).to_contain_text("Assistant said:")


def test_restored_messages_are_not_read_out(chat: Widget) -> None:
    chat.says(QUESTION)
    shown = chat.page.locator(".message").count()
    chat.page.add_init_script(
        "window.live = []; const set = Element.prototype.setAttribute;"
        "Element.prototype.setAttribute = function (name, value) {"
        " if (name === 'aria-live')"
        "  window.live.push([value, this.querySelectorAll('.message').length]);"
        " return set.call(this, name, value) }"
    )
    chat.page.reload()
    chat.opens()
    expect(chat.page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    assert chat.page.evaluate("window.live") == [["off", 0], ["polite", shown]]


def test_on_a_phone_the_focus_stays_in_the_chat(browser: Browser, assistant: Running) -> None:
    chat, context = newcomer(browser, **LOOKS["phone"])
    chat.visits(f"{assistant.origin}/").opens().agrees()
    chat.says(QUESTION)
    panel = chat.page.locator(".panel")
    expect(panel).to_have_attribute("aria-modal", "true")
    for _ in range(15):
        chat.page.keyboard.press("Tab")
        assert panel.evaluate("element => !!element.querySelector(':focus')")
    context.close()


@pytest.mark.parametrize("width", [320, 256])
def test_nothing_is_cut_off_on_a_narrow_screen(
    browser: Browser, assistant: Running, width: int
) -> None:
    chat, context = newcomer(browser, viewport={"width": width, "height": 480})
    chat.visits(f"{assistant.origin}/").opens().agrees()
    for text in (QUESTION, "I can't breathe and my lips are blue", "I want to end my life tonight"):
        chat.says(text)
    for part in (".log", ".panel"):
        assert chat.page.locator(part).evaluate("e => e.scrollWidth <= e.clientWidth")
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (chat.page.locator(".log").bounding_box() or {})["height"] >= 150
    context.close()


def test_what_can_be_pressed_is_large_enough(chat: Widget) -> None:
    chat.says(QUESTION)
    chat.says("I want to end my life tonight")
    for each in chat.page.locator(".panel :is(button, a, summary, input):visible").all():
        box = each.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 24


def test_text_grows_with_the_browsers_text_size(browser: Browser, assistant: Running) -> None:
    chat, context = newcomer(browser)
    chat.visits(f"{assistant.origin}/").opens().agrees()
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    before = chat.field.evaluate(size)
    session = context.new_cdp_session(chat.page)
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    assert chat.field.evaluate(size) == 2 * before
    context.close()


def test_nothing_moves_for_those_who_asked_for_that(browser: Browser, assistant: Running) -> None:
    chat, context = newcomer(browser, reduced_motion="reduce")
    chat.visits(f"{assistant.origin}/").opens().agrees()
    dots = chat.page.locator(".dots")
    assert dots.evaluate("e => getComputedStyle(e).animationName") == "none"
    context.close()


def test_nothing_shifts_while_one_talks(chat: Widget) -> None:
    chat.page.evaluate(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => {"
        " if (!entry.hadRecentInput) window.shift += entry.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    chat.says(QUESTION)
    chat.says(SYMPTOM)
    assert chat.page.evaluate("window.shift") < 0.1
