"""Every curated answer is complete, cited, dated, plain, and says no more than its facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import textstat  # type: ignore[import-untyped]
import yaml

from bot.knowledge.loader import load_facts, load_sources, load_topics
from bot.knowledge.records import Fact, Topic
from bot.knowledge.table import load_table

DATA = Path(__file__).parents[2] / "data"
FACTS, SOURCES, TOPICS = load_facts(DATA), load_sources(DATA), load_topics(DATA)
TABLE = load_table(DATA)
MAX_WORDS, MAX_GRADE, MAX_MEDIAN_GRADE = 120, 8.0, 6.5
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\bhalf\b|\bone in \w+|\b\w+ quarters?\b")
NEXT_STEP = re.compile(r"\b(?:[Aa]sk|[Cc]all|[Ss]ay|[Ss]how|[Tt]ell)\b")
NOT_RULED_OUT = re.compile(r"not ruled? |rules? nothing out|not mean that it cannot")
LONGEST_NAMES = {
    "cancer_type_name": "cancer of the esophagus",
    "body_site_name": "another part of the body",
    "site_list": max((TABLE.site_list(cancer) or "" for cancer in TABLE.cancers), key=len),
}
NAMES_OF_OTHER = {"cancer_type": {"cancer_type_name"}, "body_site": {"body_site_name"}}
FAULTS = yaml.safe_load(Path(__file__).with_name("wording_faults.yml").read_text())["faults"]


@dataclass(frozen=True)
class Answer:
    """One wording of a topic: for a value of a slot, or for none (the default)."""

    topic: str
    slot: str | None
    value: str | None
    text: str
    metadata: dict[str, Any]

    @property
    def facts(self) -> list[Fact]:
        return [FACTS[fact] for fact in self.metadata["facts"]]

    @property
    def filled(self) -> str:
        return self.text.format(**LONGEST_NAMES)

    def __str__(self) -> str:
        return f"{self.topic}[{self.value or 'default'}]"


def read_answers() -> list[Answer]:
    answers = []
    for file in sorted((DATA / "responses").glob("*.yml")):
        responses = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
        for name, variations in responses.items():
            if name.startswith(("utter_metastasis/", "utter_coping/")):
                answers += [answer(name.removeprefix("utter_"), each) for each in variations]
    return answers


def answer(topic: str, variation: dict[str, Any]) -> Answer:
    """The wording; it fails here when a wording has more than one condition."""
    [condition] = variation.get("condition", [{"name": None, "value": None}])
    text, metadata = variation["text"], variation["metadata"]
    return Answer(topic, condition["name"], condition["value"], text, metadata)


ANSWERS = read_answers()
every_answer = pytest.mark.parametrize("answer", ANSWERS, ids=str)
every_topic = pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))


def numbers(text: str) -> set[str]:
    """Figures and fractions in a text ("150,000", "one in four")."""
    return set(NUMBER.findall(text.lower()))


def words_of(fact: Fact) -> str:
    """Whatever an answer may quote of a fact, with the year of its newer source."""
    newer = f"{fact.newer.says} {SOURCES[fact.newer.source].year}" if fact.newer else ""
    return f"{fact.says} {fact.as_of or ''} {newer}"


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_is_stated_by_an_answer(fact: str) -> None:
    assert any(fact in answer.metadata["facts"] for answer in ANSWERS)


def test_every_source_carries_a_fact() -> None:
    assert {source for fact in FACTS.values() for source in fact.all_sources} == set(SOURCES)


def test_topics_and_answers_are_the_same() -> None:
    assert {answer.topic for answer in ANSWERS} == set(TOPICS)


@every_topic
def test_a_topic_has_one_wording_for_each_value_and_one_default(topic: Topic) -> None:
    declared = [(slot, value) for slot, values in topic.values.items() for value in values]
    found = [(answer.slot, answer.value) for answer in ANSWERS if answer.topic == topic.id]
    assert sorted(map(str, found)) == sorted(map(str, [*declared, (None, None)]))


@every_topic
def test_a_topic_fits_its_button_and_leads_on(topic: Topic) -> None:
    assert len(topic.title) <= 20 and len(topic.question) <= 60
    assert topic.question.endswith("?")
    assert 2 <= len(topic.next) <= 3


def test_no_two_topics_share_a_title() -> None:
    assert len({topic.title.casefold() for topic in TOPICS.values()}) == len(TOPICS)


@every_answer
def test_an_answer_names_its_facts_sources_and_review(answer: Answer) -> None:
    assert answer.metadata["facts"] and set(answer.metadata["facts"]) <= set(FACTS)
    assert set(answer.metadata["sources"]) == {s for fact in answer.facts for s in fact.all_sources}
    assert date.fromisoformat(answer.metadata["reviewed_on"]) >= date(2026, 1, 1)


@every_answer
def test_every_number_of_an_answer_is_in_the_facts_it_names(answer: Answer) -> None:
    known = " ".join(words_of(fact) for fact in answer.facts)
    assert numbers(answer.text) - numbers(known) == set()


@every_answer
def test_an_answer_dates_and_places_its_figures(answer: Answer) -> None:
    for fact in answer.facts:
        assert numbers(fact.as_of or "") <= numbers(answer.text), f"{fact.id} has no year"
        assert (fact.country or "") in answer.text, f"{fact.id} has no country"


@every_answer
def test_an_answer_gives_the_newer_figure_beside_the_older(answer: Answer) -> None:
    for fact in answer.facts:
        if fact.newer:
            due = numbers(f"{fact.newer.says} {SOURCES[fact.newer.source].year}")
            assert due <= numbers(answer.text), f"{fact.id} lacks its newer figure"


@pytest.mark.parametrize("answer", [a for a in ANSWERS if "survival" in a.text], ids=str)
def test_a_survival_figure_is_never_about_the_person_who_asks(answer: Answer) -> None:
    assert "about one person" in answer.text


@every_answer
def test_an_answer_is_short(answer: Answer) -> None:
    assert len(answer.filled.split()) <= MAX_WORDS


@every_answer
def test_an_answer_is_read_at_grade_eight_or_below(answer: Answer) -> None:
    assert textstat.flesch_kincaid_grade(answer.filled) <= MAX_GRADE


def test_the_middle_answer_is_plainer_still() -> None:
    grades = [textstat.flesch_kincaid_grade(answer.filled) for answer in ANSWERS]
    assert median(grades) <= MAX_MEDIAN_GRADE


@every_answer
def test_an_answer_ends_with_what_one_can_do_next(answer: Answer) -> None:
    ending = re.split(r"(?<=[.?]) (?=[A-Z])", answer.text)[-2:]
    assert NEXT_STEP.search(" ".join(ending))


@every_answer
def test_an_answer_has_none_of_the_faults(answer: Answer) -> None:
    text = re.sub(r"\{\w+\}", "", answer.text)
    found = [f["id"] for f in FAULTS if re.search(f["pattern"], text, re.IGNORECASE)]
    assert found == [] and text.isascii() and "\n" not in text


@every_answer
def test_an_answer_has_no_phone_number_and_no_address(answer: Answer) -> None:
    assert not re.search(r"\d[\d() -]{8,}\d|\b(?:911|999|112|988)\b|[a-z]\.[a-z]|@", answer.text)


@every_answer
def test_an_answer_is_filled_with_closed_words_only(answer: Answer) -> None:
    allowed = NAMES_OF_OTHER.get(answer.slot or "", set()) if answer.value == "other" else set()
    if answer.slot == "pair":
        allowed = set(LONGEST_NAMES)
    assert set(re.findall(r"\{(\w*)\}", answer.text)) <= allowed


@pytest.mark.parametrize("answer", [a for a in ANSWERS if "/spread_s" in a.topic], ids=str)
def test_an_answer_on_main_sites_rules_no_place_out(answer: Answer) -> None:
    assert NOT_RULED_OUT.search(answer.text)
