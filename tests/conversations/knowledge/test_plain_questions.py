"""Each curated answer on metastasis, asked for once in plain words."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat

QUESTIONS = {
    "definition": "So what exactly does metastatic mean when they say it about cancer?",
    "any_cancer": "Is every type of cancer able to travel to other parts?",
    "deaths_share": "Out of all the people who die of cancer, how many die because it spread?",
    "naming": "If her breast cancer turned up in the liver, do we call that liver cancer now?",
    "stage_four": "Are stage four and metastatic one and the same?",
    "spread_sites": "Which places does prostate cancer tend to go to?",
    "spread_sources": "Which cancers end up in the adrenal glands?",
    "spread_pair": "Would a melanoma ever travel to the brain?",
    "at_diagnosis": "How many breast cancers have already spread on the day they are found?",
    "living_with": "Roughly how many people are living with metastatic breast cancer today?",
    "survival_figures": "Give me the five-year survival figures for lung cancer that spread.",
    "brain_primary": "Does a tumour that started in the brain ever travel outside it?",
    "site_frequency": "How often do people with cancer end up with bone metastases?",
    "bone_primary": "How rare is cancer that starts in the bone itself?",
    "unknown_primary": "What happens when doctors cannot find where a cancer began, what is CUP?",
    "symptoms": "What signs does cancer in the bones give?",
    "when_to_tell": "Which changes in my body should I bring up with my oncologist?",
    "cause": "Does anyone know the reason that cancers spread in the first place?",
    "genetics": "Is cancer at heart a disease of the genes?",
    "inherited": "Could my daughters inherit this cancer from me?",
    "how_it_spreads": "By what steps does a tumour get from one organ into another?",
    "why_some_spread": "Why does basal cell skin cancer hardly ever spread while melanoma does?",
    "risk_factors": "What makes a person more likely to get cancer?",
    "lower_risk": "How can a person bring down their odds of getting cancer?",
    "tests": "How do doctors find out whether cancer has spread?",
    "treatment": "How do they treat cancer once it has gone to the bones?",
    "treatment_goal": "What are doctors trying to achieve with treatment once cancer has spread?",
    "curable": "Can cancer ever be cured after it spreads?",
    "overview": "brain metastases",
}


@pytest.mark.parametrize(("topic", "question"), QUESTIONS.items(), ids=QUESTIONS)
def test_a_plain_question_gets_its_curated_answer_alone(
    chat: Chat, topic: str, question: str
) -> None:
    assert chat.says(question).responses == [f"utter_metastasis/{topic}"]


def test_an_answer_names_its_sources_and_its_review_date(chat: Chat) -> None:
    last_line = chat.says(QUESTIONS["curable"]).texts[0].splitlines()[-1]
    assert last_line.startswith("Sources: ")
    assert "eviewed" in last_line


def test_an_answer_offers_what_is_natural_to_read_next(chat: Chat) -> None:
    assert chat.says(QUESTIONS["stage_four"]).buttons == ["What it is", "Aim of treatment"]


def test_an_answer_opens_no_symptom_check_and_keeps_no_country(chat: Chat) -> None:
    turn = chat.says(QUESTIONS["symptoms"])
    assert not turn.check_open
    assert "country" not in turn.slots


@pytest.mark.parametrize(
    ("topic", "question"),
    {
        "tests": "HOW DO DOCTORS FIND OUT WHETHER CANCER HAS SPREAD",
        "definition": "wat dose metastatic meen pls",
        "stage_four": "is stage for the same as metastatic canser",
        "how_it_spreads": "how duz cancer get frm 1 part of teh body 2 another",
        "inherited": "is canser inhereted n can i pass it 2 my kidz",
        "treatment": (
            "Hi there, I hope you do not mind me writing so much, I have been up since four and "
            "the dog has been out twice already, and what I keep turning over is this, once "
            "cancer has gone to the bones how do they treat it?"
        ),
    }.items(),
)
def test_misspelled_shouted_and_rambling_questions_are_understood(
    chat: Chat, topic: str, question: str
) -> None:
    assert f"utter_metastasis/{topic}" in chat.says(question).responses
