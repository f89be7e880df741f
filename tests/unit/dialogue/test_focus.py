"""The clinical words of a question choose one wording of its answer, and only one."""

from __future__ import annotations

import pytest

from bot.dialogue.focus import empty, focuses, takes, topic_for
from bot.dialogue.names import FOCUS_SLOTS, WORDING_SLOTS
from bot.dialogue.world import World
from tests.unit.dialogue.chat import named

SITES, SOURCES, PAIR = (f"metastasis/spread_{name}" for name in ("sites", "sources", "pair"))
SYMPTOMS, TREATMENT = "metastasis/symptoms", "metastasis/treatment"
TESTS, OVERVIEW = "metastasis/tests", "metastasis/overview"


def focus(
    world: World, topic: str, *words: str, inherited: dict[str, str] | None = None
) -> list[dict[str, object]]:
    """What is set for each wording of the answer; empty slots are left out."""
    record = world.topics[topic]
    found = focuses(topic, record, named(*words), inherited or {}, world.vocabulary)
    assert all(set(slots) == {*FOCUS_SLOTS, *WORDING_SLOTS} for slots in found)
    return [{name: value for name, value in slots.items() if value} for slots in found]


def test_empty_focus_clears_every_slot_that_a_wording_depends_on() -> None:
    assert empty() == dict.fromkeys([*FOCUS_SLOTS, *WORDING_SLOTS])


def test_a_value_with_a_wording_of_its_own_chooses_it(world: World) -> None:
    assert focus(world, TESTS, "test=ct") == [{"test": "ct"}]


def test_a_value_comes_with_the_words_for_it_inside_a_sentence(world: World) -> None:
    assert focus(world, SYMPTOMS, "body_site=brain") == [
        {"body_site": "brain", "body_site_name": "the brain"}
    ]


def test_a_value_without_a_wording_of_its_own_takes_the_one_for_the_others(world: World) -> None:
    assert focus(world, SITES, "cancer_type=kidney") == [
        {"cancer_type": "other", "cancer_type_name": "kidney cancer"}
    ]


def test_a_value_that_no_wording_knows_takes_the_default(world: World) -> None:
    assert focus(world, "metastasis/living_with", "cancer_type=lung") == [
        {"cancer_type_name": "lung cancer"}
    ]


def test_a_word_that_no_wording_depends_on_is_left_out(world: World) -> None:
    assert focus(world, TESTS, "cancer_type=lung") == [{}]
    assert focus(world, "coping/hospice", "body_site=brain") == [{}]


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        (TREATMENT, ("treatment=chemotherapy", "body_site=brain")),
        (OVERVIEW, ("cancer_type=lung", "body_site=brain")),
    ],
)
def test_where_two_slots_could_decide_the_first_alone_does(
    world: World, topic: str, words: tuple[str, ...]
) -> None:
    assert focus(world, topic, *words) == [{"body_site": "brain", "body_site_name": "the brain"}]


def test_several_values_get_a_wording_each_in_their_order(world: World) -> None:
    tests = [f"test={value}" for value in ("pet", "ct", "pet", "mri")]
    assert focus(world, TESTS, *tests) == [{"test": "pet"}, {"test": "ct"}, {"test": "mri"}]


def test_more_values_than_can_be_told_apart_take_the_default(world: World) -> None:
    tests = [f"test={value}" for value in ("pet", "ct", "mri", "biopsy")]
    assert focus(world, TESTS, *tests) == [{}]


def test_what_was_named_before_counts_when_nothing_that_matters_is_named_now(world: World) -> None:
    inherited = {"body_site": "bone", "test": "ct"}
    bone = {"body_site": "bone", "body_site_name": "bone"}
    assert focus(world, SYMPTOMS, inherited=inherited) == [bone]
    assert focus(world, SYMPTOMS, "cancer_type=breast", inherited=inherited) == [bone]


def test_what_is_named_now_outweighs_what_was_named_before(world: World) -> None:
    [found] = focus(world, SYMPTOMS, "body_site=lung", inherited={"body_site": "bone"})
    assert found["body_site"] == "lung"


def test_a_word_named_now_outweighs_an_earlier_slot_named_before(world: World) -> None:
    found = focus(world, TREATMENT, "treatment=steroids", inherited={"body_site": "brain"})
    assert found == [{"treatment": "steroids"}]


@pytest.mark.parametrize("organ", ["lung", "breast", "kidney"])
def test_an_organ_alone_is_the_cancer_where_the_answer_depends_on_a_cancer(
    world: World, organ: str
) -> None:
    [found] = focus(world, SITES, f"body_site={organ}?")
    assert found["cancer_type_name"] == f"{organ} cancer"


def test_an_organ_alone_is_the_place_where_the_answer_depends_on_a_place(world: World) -> None:
    assert focus(world, SOURCES, "body_site=lung?")[0]["body_site"] == "lung"


def test_a_certain_word_outweighs_an_organ_alone(world: World) -> None:
    found = focus(world, SITES, "cancer_type=lung?", "cancer_type=breast")
    assert [each["cancer_type"] for each in found] == ["breast"]


@pytest.mark.parametrize("cancer", ["brain", "bone", "liver"])
def test_cancer_of_an_organ_can_stand_for_the_place(world: World, cancer: str) -> None:
    assert focus(world, SYMPTOMS, f"cancer_type={cancer}")[0]["body_site"] == cancer


def test_lung_cancer_never_stands_for_the_lung_as_a_place(world: World) -> None:
    assert focus(world, SYMPTOMS, "cancer_type=lung") == [{}]


@pytest.mark.parametrize(
    ("cancer", "site", "pair"),
    [
        ("breast", "bone", "listed"),
        ("breast", "spine", "listed"),
        ("colon", "brain", "not_listed"),
        ("lung", "brain", "lung_brain"),
        ("kidney", "bone", None),
    ],
)
def test_a_cancer_and_a_place_are_looked_up_together(
    world: World, cancer: str, site: str, pair: str | None
) -> None:
    [found] = focus(world, PAIR, f"cancer_type={cancer}", f"body_site={site}")
    assert found.get("pair") == pair
    assert found["cancer_type_name"] == f"{cancer} cancer"
    assert ("site_list" in found) == (pair is not None)


@pytest.mark.parametrize(
    ("word", "inherited"),
    [
        ("body_site=brain", {"cancer_type": "breast"}),
        ("cancer_type=breast", {"body_site": "brain"}),
        ("body_site=brain?", {"cancer_type": "breast"}),
    ],
)
def test_half_a_pair_is_completed_by_what_was_named_before(
    world: World, word: str, inherited: dict[str, str]
) -> None:
    [found] = focus(world, PAIR, word, inherited=inherited)
    assert (found["pair"], found["body_site_name"]) == ("listed", "the brain")


def test_a_pair_without_its_two_halves_takes_the_default(world: World) -> None:
    assert focus(world, PAIR) == [{}]
    assert focus(world, PAIR, inherited={"cancer_type": "breast"}) == [{}]


@pytest.mark.parametrize(
    ("topic", "words", "inherited", "expected"),
    [
        (PAIR, ("cancer_type=breast", "body_site=bone"), {}, PAIR),
        (PAIR, ("cancer_type=breast",), {}, SITES),
        (PAIR, ("body_site=bone",), {}, SOURCES),
        (PAIR, ("body_site=bone",), {"cancer_type": "breast"}, PAIR),
        (PAIR, (), {"cancer_type": "breast"}, SITES),
        (PAIR, (), {}, PAIR),
        (TESTS, ("cancer_type=breast",), {}, TESTS),
    ],
)
def test_a_question_on_a_pair_with_half_of_it_missing_becomes_the_question_on_the_other_half(
    topic: str, words: tuple[str, ...], inherited: dict[str, str], expected: str
) -> None:
    assert topic_for(topic, named(*words), inherited) == expected


@pytest.mark.parametrize(
    ("topic", "word", "taken"),
    [
        (TESTS, "test=ct", True),
        (TESTS, "cancer_type=lung", False),
        (PAIR, "cancer_type=lung", True),
        (SITES, "body_site=lung?", True),
        (SITES, "body_site=lung", False),
        ("coping/ways", "cancer_type=lung", False),
    ],
)
def test_an_answer_takes_the_words_that_its_wording_depends_on(
    world: World, topic: str, word: str, taken: bool
) -> None:
    assert takes(topic, world.topics[topic], named(word), world.vocabulary) is taken
