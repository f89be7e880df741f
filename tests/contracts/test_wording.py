"""What the assistant says in its own voice is plain, short, kind, and never medical advice."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import textstat  # type: ignore[import-untyped]
import yaml

from bot.knowledge.helplines import (
    DEFAULT_PATH,
    country_name,
    render_crisis_contacts,
    render_emergency_numbers,
    render_support_lines,
)

DATA = DEFAULT_PATH.parents[1]
FILES = ("small_talk", "symptom_check", "safety", "refusals", "myths", "helplines")
MAX_GRADE, MAX_GRADE_URGENT, MAX_MEDIAN_GRADE = 8.0, 6.0, 6.5
MAX_WORDS, MAX_WORDS_FILLED = 110, 120
MAX_BUTTONS, MAX_BUTTON_LENGTH = 3, 20

CLOSED_TEXTS = {
    "support_lines": render_support_lines("us"),
    "crisis_contacts": render_crisis_contacts(),
    "emergency_numbers": render_emergency_numbers(),
    "country_name": country_name("us"),
}
NOTE_VALUES = dict.fromkeys(("symptom", "duration", "trend", "treatment", "date"), "in own words")


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def responses(name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = load(DATA / "responses" / f"{name}.yml")["responses"]
    return found


ALL = {name: variations for file in FILES for name, variations in responses(file).items()}
TEXTS = {name: str(variations[0]["text"]) for name, variations in ALL.items()}
KNOWLEDGE = DATA / "knowledge"
SOURCES = [load(KNOWLEDGE / name)["sources"] for name in ("sources.yml", "myth_sources.yml")]
CITED = {name: each[0]["metadata"] for name, each in ALL.items() if "metadata" in each[0]}
TITLES = load(KNOWLEDGE / "dialogue_titles.yml")["titles"]
FAULTS = load(Path(__file__).with_name("wording_faults.yml"))["faults"]


def has(fault: dict[str, str], text: str) -> bool:
    return re.search(fault["pattern"], text, re.IGNORECASE) is not None


def own_words(text: str) -> str:
    """The wording without what is filled in, each line ended like a sentence."""
    lines = re.sub(r"[:,]?\s?\{\w+\}", "", text).splitlines()
    ends = [line.rstrip(" :") for line in lines if line.strip(" .:")]
    return " ".join(line if line.endswith((".", "?")) else f"{line}." for line in ends)


def grade(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(own_words(text)))


def test_no_response_is_defined_twice() -> None:
    assert len(ALL) == sum(len(responses(file)) for file in FILES)


@pytest.mark.parametrize("name", ALL)
def test_a_response_has_one_unconditional_wording(name: str) -> None:
    assert len(ALL[name]) == 1
    assert "condition" not in ALL[name][0] and "channel" not in ALL[name][0]


@pytest.mark.parametrize("name", TEXTS)
def test_a_response_is_read_at_grade_eight_or_below(name: str) -> None:
    limit = MAX_GRADE_URGENT if name in responses("safety") else MAX_GRADE
    assert grade(TEXTS[name]) <= limit


@pytest.mark.parametrize("file", FILES)
def test_the_middle_response_of_a_file_is_plainer_still(file: str) -> None:
    assert median(grade(TEXTS[name]) for name in responses(file)) <= MAX_MEDIAN_GRADE


@pytest.mark.parametrize("name", TEXTS)
def test_a_response_is_short_also_when_it_is_filled_in(name: str) -> None:
    filled = TEXTS[name].format(**CLOSED_TEXTS, **NOTE_VALUES)
    assert len(own_words(TEXTS[name]).split()) <= MAX_WORDS
    assert len(filled.split()) <= MAX_WORDS_FILLED


@pytest.mark.parametrize("name", TEXTS)
def test_a_response_is_filled_from_closed_texts_only(name: str) -> None:
    allowed = set(CLOSED_TEXTS)
    if name == "utter_appointment_note":
        allowed = set(NOTE_VALUES)
    assert set(re.findall(r"\{(\w*)\}", TEXTS[name])) <= allowed


@pytest.mark.parametrize("name", TEXTS)
def test_a_response_has_none_of_the_faults(name: str) -> None:
    text = re.sub(r"\{\w+\}", "", TEXTS[name])
    assert [fault["id"] for fault in FAULTS if has(fault, text)] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["id"])
def test_a_fault_is_found_where_it_stands_and_not_beside_it(fault: dict[str, str]) -> None:
    assert has(fault, fault["must_match"])
    assert not has(fault, fault["must_not_match"])


@pytest.mark.parametrize("name", TEXTS)
def test_a_response_is_plain_text_that_no_channel_splits(name: str) -> None:
    assert TEXTS[name].isascii()
    assert "\n\n" not in TEXTS[name].strip()


@pytest.mark.parametrize("name", [name for name in ALL if "buttons" in ALL[name][0]])
def test_buttons_are_few_short_and_send_the_words_they_show(name: str) -> None:
    buttons = ALL[name][0]["buttons"]
    assert 0 < len(buttons) <= MAX_BUTTONS
    assert all(button["title"] == button["payload"] for button in buttons)
    assert all(len(button["title"]) <= MAX_BUTTON_LENGTH for button in buttons)


@pytest.mark.parametrize(
    "name", ["utter_tell_healthcare_provider", "utter_symptom_heard", "utter_urgent"]
)
def test_the_escalation_is_said_in_its_exact_words(name: str) -> None:
    assert "tell your healthcare provider" in TEXTS[name]


@pytest.mark.parametrize("name", [name for name in TEXTS if name.startswith("utter_refuse_")])
def test_a_refusal_says_what_it_cannot_do_what_to_ask_and_whom(name: str) -> None:
    assert TEXTS[name].startswith("I cannot ")
    assert "You could ask them:" in TEXTS[name] and 2 <= TEXTS[name].count("?") <= 3
    assert re.search("healthcare provider|care team|team that ordered", TEXTS[name])
    assert "I can " in TEXTS[name]


def test_the_curated_myths_are_those_that_messages_are_sorted_into() -> None:
    sorted_into = {f"utter_myth/{path.stem}" for path in (DATA / "nlu" / "myth").glob("*.yml")}
    assert set(responses("myths")) == sorted_into


def test_every_myth_is_cited() -> None:
    assert set(responses("myths")) <= set(CITED)


@pytest.mark.parametrize("name", CITED)
def test_a_cited_answer_rests_on_sources_and_facts_that_exist(name: str) -> None:
    facts = {fact["id"] for fact in load(KNOWLEDGE / "facts.yml")["facts"]}
    assert CITED[name]["sources"]
    assert set(CITED[name]["sources"]) <= set().union(*SOURCES)
    assert set(CITED[name].get("facts", [])) <= facts
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", CITED[name]["reviewed_on"])


def test_a_source_is_described_in_one_file_only_and_cited() -> None:
    cited = {source for metadata in CITED.values() for source in metadata["sources"]}
    assert not set(SOURCES[0]) & set(SOURCES[1])
    assert set(SOURCES[1]) <= cited


@pytest.mark.parametrize("choice", TITLES)
def test_an_offered_choice_fits_a_button_and_sends_plain_words(choice: str) -> None:
    assert 0 < len(TITLES[choice]["title"]) <= MAX_BUTTON_LENGTH
    assert re.fullmatch(r"[A-Z][\w ,']+[.?]?", TITLES[choice]["says"])


def test_no_two_buttons_look_alike() -> None:
    shown = [choice["title"] for choice in TITLES.values()]
    shown += [topic["title"] for topic in load(KNOWLEDGE / "topics.yml")["topics"].values()]
    assert len(shown) == len(set(shown))
