"""A conversation in the widget, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.e2e.chat_widget import Widget, newcomer
from tests.e2e.conftest import Running, curated

HOSTILE = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
QUESTION = "Which cancers travel to bone?"
SYMPTOM = "My elbow has been aching"


def test_nothing_is_sent_before_the_notice_is_accepted(
    browser: Browser, assistant: Running
) -> None:
    widget, context = newcomer(browser)
    widget.visits(f"{assistant.origin}/").opens()
    notice = widget.page.locator(".consent")
    for words in ("automated assistant", "does not replace care", "kept on the server"):
        expect(notice).to_contain_text(words)
    expect(widget.field).to_be_hidden()
    widget.page.wait_for_timeout(500)
    assert not [url for url in widget.requests if "socket.io" in url or "/session" in url]
    widget.agrees()
    expect(widget.field).to_be_focused()
    expect(widget.says("good evening")).to_be_visible()
    context.close()


def test_a_question_is_answered_with_its_sources_folded_under_it(chat: Widget) -> None:
    answer = chat.says(QUESTION)
    expect(answer).to_contain_text("prostate")
    sources = answer.get_by_text("Sources: ")
    expect(sources).to_be_hidden()
    summary = answer.locator(".sources summary")
    expect(summary).to_contain_text("reviewed 20")
    summary.click()
    expect(sources).to_be_visible()


def test_enter_sends_shift_enter_makes_a_line_and_the_field_is_empty_again(chat: Widget) -> None:
    chat.field.fill("Which cancers")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("travel to bone?")
    chat.field.press("Enter")
    expect(chat.own.locator(".typed")).to_have_text("Which cancers\ntravel to bone?")
    chat.answer()
    expect(chat.field).to_have_value("")
    expect(chat.field).to_be_focused()


def test_an_offered_choice_can_be_clicked_once(chat: Widget) -> None:
    chat.says("tell me what metastasis is")
    expect(chat.clicks("How it is named")).to_contain_text("Sources, reviewed")
    expect(chat.own.last).to_contain_text("How it is named")
    expect(chat.page.get_by_role("button", name="How it is named").first).to_be_disabled()


def test_an_offered_choice_can_be_typed(chat: Widget) -> None:
    chat.says("tell me what metastasis is")
    expect(chat.says("How it is named")).to_contain_text("Sources, reviewed")


def test_a_symptom_check_runs_to_the_note_and_the_escalation(chat: Widget) -> None:
    chat.says(SYMPTOM)
    chat.clicks("A few weeks")
    chat.clicks("Getting worse")
    last = chat.clicks("No")
    expect(last).to_contain_class("escalation")
    expect(last).to_contain_text(curated("utter_tell_healthcare_provider"))
    note = chat.page.locator(".note")
    for words in (SYMPTOM, "A few weeks", "Getting worse"):
        expect(note).to_contain_text(words)


def test_the_note_can_be_downloaded_copied_and_printed_alone(
    browser: Browser, assistant: Running
) -> None:
    chat, context = newcomer(browser, permissions=["clipboard-read", "clipboard-write"])
    chat.visits(f"{assistant.origin}/").opens().agrees()
    chat.says(SYMPTOM)
    for choice in ("A few weeks", "Getting worse", "No"):
        chat.clicks(choice)
    note = chat.page.locator(".note")
    with chat.page.expect_download() as started:
        note.get_by_role("button", name="Download").click()
    assert started.value.suggested_filename.startswith("appointment-note-")
    assert SYMPTOM in started.value.path().read_text(encoding="utf-8")
    note.get_by_role("button", name="Copy").click()
    expect(chat.page.get_by_role("status")).to_have_text("Copied.")
    assert SYMPTOM in chat.page.evaluate("navigator.clipboard.readText()")
    chat.page.evaluate("window.print = () => { window.paper = document.body.innerText }")
    chat.page.emulate_media(media="print")
    note.get_by_role("button", name="Print").click(force=True)
    paper = chat.page.evaluate("window.paper")
    assert SYMPTOM in paper and "Metastatic Cancer Companion" not in paper
    context.close()


def test_an_emergency_is_a_card_with_numbers_to_press(chat: Widget) -> None:
    chat.says("I can't breathe and my lips are blue")
    card = chat.page.locator(".emergency")
    expect(card.get_by_role("heading")).to_have_text("This may be an emergency")
    expect(card).to_contain_text("Call your local emergency number now")
    expect(card.get_by_role("link", name="United States: Call").first).to_have_attribute(
        "href", "tel:911"
    )
    expect(card.get_by_role("heading")).to_be_in_viewport()


def test_a_crisis_is_a_card_with_contacts_to_call_and_to_text(chat: Widget) -> None:
    card = chat.says("I want to end my life tonight")
    expect(card).to_contain_class("crisis")
    for place, href in (("United States: Call", "tel:"), ("United Kingdom: Text", "sms:")):
        link = card.get_by_role("link", name=place)
        assert str(link.get_attribute("href")).startswith(href)
    expect(card).to_contain_text("Go to someone you trust")


def test_hostile_content_is_shown_as_text(chat: Widget) -> None:
    chat.says(HOSTILE)
    expect(chat.own.locator(".typed").last).to_have_text(HOSTILE)
    chat.says("**bold** [link](javascript:alert(1))")
    expect(chat.own.locator(".typed").last).to_have_text("**bold** [link](javascript:alert(1))")
    chat.says(SYMPTOM)
    chat.says(f"two weeks {HOSTILE}")
    chat.says("worse")
    chat.says("no")
    expect(chat.page.locator(".note")).to_contain_text(
        "two weeks \N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}img src=x"
    )
    expect(chat.page.locator(".log img, .log script, .log b, .log .you a")).to_have_count(0)
    expect(chat.page).to_have_title("Metastatic Cancer Companion")


def test_a_very_long_word_and_a_long_pasted_text_stay_inside(chat: Widget) -> None:
    chat.says("x" * 3000)
    chat.says("does it go on " * 700)
    log = chat.page.locator(".log")
    assert log.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_no_other_origin_is_asked_for_anything(chat: Widget, assistant: Running) -> None:
    chat.says(QUESTION)
    chat.chooses("About this chat")
    own = (assistant.origin, assistant.origin.replace("http:", "ws:"), "data:")
    assert any("socket.io" in url for url in chat.requests)
    assert [url for url in chat.requests if not url.startswith(own)] == []
    assert chat.complaints == []


def test_the_chat_on_a_page_of_its_own(browser: Browser, assistant: Running) -> None:
    widget, context = newcomer(browser)
    widget.visits(f"{assistant.origin}/chat").agrees()
    expect(widget.page.get_by_role("heading", level=1)).to_have_text("Metastatic Cancer Companion")
    expect(widget.says(QUESTION)).to_contain_text("prostate")
    context.close()


def test_feedback_is_thanked_for_once_it_is_kept(chat: Widget) -> None:
    answer = chat.says(QUESTION)
    answer.get_by_role("button", name="Not helpful").click()
    answer.get_by_label("It was hard to understand").check()
    answer.get_by_role("button", name="Send").click()
    expect(answer.locator(".feedback")).to_contain_text("This is kept")
    chat.page.reload()
    expect(chat.page.locator(".feedback")).to_contain_text("This is kept")
