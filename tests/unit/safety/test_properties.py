from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.safety.assess import EMPTY, GUARD_FAILED, SafetyCore, observe
from bot.safety.verdicts import Assessment, Category

SERIOUS = (
    Category.CRISIS_EXPLICIT,
    Category.EMERGENCY,
    Category.CRISIS_AMBIGUOUS,
    Category.URGENT,
    Category.SYMPTOM,
)
relaxed = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def serious_examples(core: SafetyCore) -> list[str]:
    return [
        message
        for rule in core.data.rules
        if rule.category in SERIOUS
        for message in rule.must_match
    ]


VARIANTS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "politeness first": lambda text: f"Hello, sorry to bother you. {text}",
    "politeness last": lambda text: f"{text} thank you so much",
    "a relative's word first": lambda text: f"my husband says it's nothing but {text}",
    "a relative's word last": lambda text: f"{text}. My husband says it's nothing.",
    "hedging": lambda text: f"it's probably nothing, but {text}",
    "humour": lambda text: f"{text} lol",
    "curly apostrophes": lambda text: text.replace("'", "\u2019"),
    "no apostrophes": lambda text: text.replace("n't", "nt"),
    "an aside": lambda text: f"I was at work and {text}",
    "a reassuring aside": lambda text: f"{text}, otherwise I'm ok",
}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_of_a_message_never_lowers_its_verdict(core: SafetyCore, name: str) -> None:
    lowered = [
        message
        for message in serious_examples(core)
        if core.assess(VARIANTS[name](message)).category < core.assess(message).category
    ]
    assert len(serious_examples(core)) > 300
    assert lowered == []


@relaxed
@given(text=st.text(max_size=300))
def test_no_text_fails_the_assessment(core: SafetyCore, text: str) -> None:
    assessment = core.assess(text)
    assert assessment.rule_id != GUARD_FAILED
    assert Assessment.from_dict(assessment.to_dict()) == assessment
    assert all(0 <= start < end <= len(text) for start, end in assessment.spans)


@relaxed
@given(data=st.data())
def test_words_of_the_vocabulary_in_any_order_never_fail(
    core: SafetyCore, data: st.DataObject
) -> None:
    words = sorted(core.data.vocabulary.words)
    parts = st.sampled_from([*words, ",", ".", "38.5", "no", "but", "\n\n", "\u200b", "I'm"])
    text = " ".join(data.draw(st.lists(parts, max_size=40)))
    context = observe(EMPTY, core.assess(text))
    assert core.assess(text, context).rule_id != GUARD_FAILED


@relaxed
@given(
    filler=st.sampled_from(["tea", "no", "pain", "if", "my", "not", "back"]),
    times=st.integers(0, 400),
)
def test_repeated_words_before_it_never_hide_a_crisis(
    core: SafetyCore, filler: str, times: int
) -> None:
    text = f"{' '.join([filler] * times)}. I am going to kill myself tonight."
    assert core.assess(text).category is Category.CRISIS_EXPLICIT


def test_a_tenfold_text_costs_no_more_than_about_tenfold_work(core: SafetyCore) -> None:
    """Counts look-ups instead of time: the index bounds what each pattern may look at."""
    from bot.safety.document import Document

    def lookups(text: str) -> int:
        count = 0
        original = Document.starting_between

        def counting(*args: object) -> object:
            nonlocal count
            count += 1
            return original(*args)  # type: ignore[arg-type]

        Document.starting_between = counting  # type: ignore[assignment,method-assign]
        try:
            core.assess(text)
        finally:
            Document.starting_between = original  # type: ignore[method-assign]
        return count

    sentence = (
        "if my back hurts, no pain in my legs, and I do not feel weak or numb, is that fine? "
    )
    assert lookups(sentence * 40) <= 14 * lookups(sentence * 4)
