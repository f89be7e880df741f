"""Only curated responses are uttered: one wording each, cited, with choices, nothing forged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.names import CHECK_FORM
from bot.dialogue.reading import Reading
from bot.nlg.curated_generator import CuratedGenerator
from tests.components.conftest import DATA

NOTE = {"date": "2026-11-22", "symptom": "a cough", "duration": "a week", "trend": None}
Message = dict[str, Any]
Utter = Callable[..., Awaitable[Message]]


@pytest.fixture(scope="module")
def generator(domain: Domain) -> CuratedGenerator:
    """The generator as Rasa loads it from endpoints.yml."""
    kind = "bot.nlg.curated_generator.CuratedGenerator"
    endpoint = EndpointConfig(type=kind, data_dir=str(DATA))
    made = NaturalLanguageGenerator.create(endpoint, domain)
    assert isinstance(made, CuratedGenerator)
    return made


@pytest.fixture
def utter(generator: CuratedGenerator, domain: Domain) -> Utter:
    """A function that utters a response after these events."""

    async def generate(response: str, *events: Event, **values: Any) -> Message:
        tracker = DialogueStateTracker.from_events("someone", list(events), domain.slots)
        message = await generator.generate(response, tracker, "web", **values)
        assert message is not None
        return message

    return generate


def titles(message: Message) -> list[str]:
    return [button["title"] for button in message.get("buttons", [])]


async def test_the_wording_that_fits_the_slots_is_uttered_and_it_alone(utter: Utter) -> None:
    ct = SlotSet("test", "ct")
    texts = {(await utter("utter_metastasis/tests", ct))["text"] for _ in range(20)}
    assert len(texts) == 1
    assert texts.pop().startswith("A CT scan makes pictures")


async def test_without_a_slot_the_unconditional_wording_is_uttered(
    utter: Utter, generator: CuratedGenerator
) -> None:
    message = await utter("utter_metastasis/tests")
    default = generator.responses["utter_metastasis/tests"][-1]
    assert "condition" not in default and message["text"].startswith(default["text"])


async def test_of_several_fitting_wordings_the_first_is_always_taken(
    utter: Utter, generator: CuratedGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(generator.responses, "utter_greet", [{"text": "one"}, {"text": "two"}])
    assert {(await utter("utter_greet"))["text"] for _ in range(20)} == {"one"}


async def test_an_answer_closes_with_its_sources_and_review_on_a_line_of_its_own(
    utter: Utter,
) -> None:
    text = (await utter("utter_metastasis/tests"))["text"]
    answer, line = text.split("\n")
    assert line.startswith("Sources: ") and line.endswith("Reviewed 2026-11-22.")
    assert answer and "Sources" not in answer


async def test_what_rests_on_no_source_cites_none(utter: Utter) -> None:
    assert "Sources" not in (await utter("utter_greet"))["text"]


async def test_closed_words_fill_a_wording(utter: Utter) -> None:
    named = [SlotSet("pair", "listed"), SlotSet("cancer_type_name", "breast cancer")]
    named += [SlotSet("body_site_name", "bone"), SlotSet("site_list", "bone and the brain")]
    text = (await utter("utter_metastasis/spread_pair", *named))["text"]
    assert text.startswith("Yes, breast cancer can spread to bone.")
    assert "{" not in text


@pytest.mark.parametrize(("country", "shown"), [("ie", "Ireland"), ("gb", "the United Kingdom")])
async def test_helplines_are_those_of_the_country(utter: Utter, country: str, shown: str) -> None:
    text = (await utter("utter_helplines", SlotSet("country", country)))["text"]
    assert text.startswith(f"Here is what I have on cancer support in {shown}.")


@pytest.mark.parametrize(
    "response", ["utter_emergency", "utter_crisis_explicit", "utter_english_only", "utter_urgent"]
)
async def test_numbers_are_filled_in_whatever_is_known_of_the_person(
    utter: Utter, response: str
) -> None:
    text = (await utter(response))["text"]
    assert "{" not in text and any(character.isdigit() for character in text)


@pytest.mark.parametrize("response", ["utter_never_written", "utter_metastasis", "action_x"])
async def test_what_is_not_curated_is_replaced_by_the_calm_reply(
    utter: Utter, generator: CuratedGenerator, response: str
) -> None:
    message = await utter(response, text="free text")
    assert message["text"] == generator.responses["utter_trouble"][0]["text"].strip()


async def test_a_response_of_which_no_wording_fits_is_replaced_too(
    utter: Utter, generator: CuratedGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    condition = [{"type": "slot", "name": "test", "value": "ct"}]
    narrow = [{"text": "for a CT", "condition": condition}]
    monkeypatch.setitem(generator.responses, "utter_narrow", narrow)
    assert "something went wrong" in (await utter("utter_narrow"))["text"]


@pytest.mark.parametrize("response", ["utter_restart", "utter_back"])
async def test_what_rasa_asks_for_by_itself_is_left_unsaid(
    generator: CuratedGenerator, domain: Domain, response: str
) -> None:
    tracker = DialogueStateTracker.from_events("someone", [], domain.slots)
    assert await generator.generate(response, tracker, "web") is None


async def test_an_answer_offers_what_is_natural_to_read_next(utter: Utter) -> None:
    message = await utter("utter_metastasis/tests")
    assert titles(message) == ["Symptoms", "Treatment"]
    assert all(button["payload"] == button["title"] for button in message["buttons"])


async def test_what_was_answered_before_is_not_offered(utter: Utter) -> None:
    message = await utter("utter_metastasis/tests", ActionExecuted("utter_metastasis/symptoms"))
    assert titles(message) == ["Treatment"]


async def test_two_close_topics_are_offered_as_a_choice(utter: Utter) -> None:
    read = Reading(candidates=("metastasis/curable", "metastasis/treatment_goal"))
    said = UserUttered("...", {"name": "nlu_fallback"}, parse_data={"reading": read.to_dict()})
    message = await utter("utter_ask_which_topic", said)
    assert titles(message) == ["Can it be cured?", "Aim of treatment"]


async def test_nothing_is_offered_that_would_compete_with_a_question_of_the_check(
    utter: Utter,
) -> None:
    assert titles(await utter("utter_metastasis/tests", ActiveLoop(CHECK_FORM))) == []
    asked = await utter("utter_ask_symptom_duration", ActiveLoop(CHECK_FORM))
    assert titles(asked) == ["A few days", "A few weeks", "Months or longer"]


async def test_the_note_repeats_what_was_said_and_words_what_was_not(utter: Utter) -> None:
    lines = (await utter("utter_appointment_note", **NOTE, treatment=""))["text"].splitlines()
    assert "What was noticed: a cough" in lines
    assert "Better or worse: not given" in lines
    assert lines[-1].endswith(": not given")


@pytest.mark.parametrize(
    "words",
    [
        "{country_name} {date} {0}",
        "{0.__class__}",
        "a score of 10[out of 10]",
        "0[symptom] {0[date]}",
        "{{symptom}} }{",
        "100% of it, \\1 \\g<0> $date",
        '<b>bold</b> & "quoted"',
    ],
)
async def test_nothing_in_the_words_of_the_person_is_filled_in(utter: Utter, words: str) -> None:
    text = (await utter("utter_appointment_note", **{**NOTE, "symptom": words}))["text"]
    assert f"What was noticed: {words}\nHow long: a week\n" in text


@pytest.mark.parametrize("response", ["utter_greet", "utter_helplines", "utter_emergency"])
async def test_only_the_note_takes_values_from_an_action(utter: Utter, response: str) -> None:
    forged = dict.fromkeys(("emergency_numbers", "support_lines", "text", "symptom"), "FORGED")
    assert await utter(response, **forged) == await utter(response)
    assert "FORGED" not in (await utter(response, **forged))["text"]


async def test_what_was_uttered_leaves_the_curated_wording_as_it_was(
    utter: Utter, generator: CuratedGenerator
) -> None:
    before = generator.responses["utter_metastasis/tests"][-1]["text"]
    await utter("utter_metastasis/tests")
    assert generator.responses["utter_metastasis/tests"][-1]["text"] == before
    assert "buttons" not in generator.responses["utter_metastasis/tests"][-1]
