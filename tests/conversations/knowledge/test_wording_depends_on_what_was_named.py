"""The cancer, place, test, treatment or risk that was named decides the wording."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Answer, Chat

NAMED = [
    ("Where does breast cancer tend to travel?", "spread_sites", {"cancer_type": "breast"}),
    ("Where could bowel cancer have gone?", "spread_sites", {"cancer_type": "colon"}),
    ("Where might lung cancer end up?", "spread_sites", {"cancer_type": "lung"}),
    ("Where in the body can melanoma settle?", "spread_sites", {"cancer_type": "melanoma"}),
    ("Where will stomach cancer usually go?", "spread_sites", {"cancer_type": "stomach"}),
    ("What are the signs of metastases in the brain?", "symptoms", {"body_site": "brain"}),
    ("Which symptoms do lung metastases cause?", "symptoms", {"body_site": "lung"}),
    ("What symptoms would liver metastases give?", "symptoms", {"body_site": "liver"}),
    ("What are the signs of cancer in the spine?", "symptoms", {"body_site": "spine"}),
    ("What would a blood test show about spread?", "tests", {"test": "blood"}),
    ("What do tumor markers tell the doctors?", "tests", {"test": "tumor_marker"}),
    ("What is an ultrasound used for here?", "tests", {"test": "ultrasound"}),
    ("Why would they order a CT to look for spread?", "tests", {"test": "ct"}),
    ("What would an MRI be able to show?", "tests", {"test": "mri"}),
    ("What does a bone scan look for?", "tests", {"test": "bone_scan"}),
    ("What is a PET scan able to find?", "tests", {"test": "pet"}),
    ("Why do they need a biopsy of the new tumour?", "tests", {"test": "biopsy"}),
    ("How do they treat cancer that is now in the lungs?", "treatment", {"body_site": "lung"}),
    ("What can be done about metastases in the liver?", "treatment", {"body_site": "liver"}),
    ("How would cancer in the spine be treated?", "treatment", {"body_site": "spine"}),
    ("How does radiation help once cancer spread?", "treatment", {"treatment": "radiotherapy"}),
    ("How does immunotherapy act on mets?", "treatment", {"treatment": "immunotherapy"}),
    ("When do surgeons operate on metastases?", "treatment", {"treatment": "surgery"}),
    ("When would they use a gamma knife?", "treatment", {"treatment": "gamma_knife"}),
    ("What is a thoracentesis for?", "treatment", {"treatment": "thoracentesis"}),
    ("Does being older raise your cancer risk?", "risk_factors", {"risk_factor": "age"}),
    ("Does drinking wine raise the risk of cancer?", "risk_factors", {"risk_factor": "alcohol"}),
    (
        "Does a weak immune system make cancer more likely?",
        "risk_factors",
        {"risk_factor": "immunosuppression"},
    ),
    ("Does being overweight raise the odds?", "risk_factors", {"risk_factor": "obesity"}),
    ("Can too much sun cause cancer?", "risk_factors", {"risk_factor": "sunlight"}),
    ("Do cigarettes cause cancer?", "risk_factors", {"risk_factor": "tobacco"}),
    ("What share of lung cancers has spread when found?", "at_diagnosis", {"cancer_type": "lung"}),
    ("how many folks live with bone mets", "living_with", {"body_site": "bone"}),
    ("metastatic breast cancer", "overview", {"cancer_type": "breast"}),
    ("secondary liver cancer", "overview", {"body_site": "liver"}),
]


@pytest.mark.parametrize(("question", "topic", "focus"), NAMED, ids=[case[0] for case in NAMED])
def test_the_wording_fits_what_was_named(
    chat: Chat, question: str, topic: str, focus: dict[str, str]
) -> None:
    assert chat.says(question).answers == (Answer(f"metastasis/{topic}", focus),)


def test_a_question_that_names_nothing_gets_the_general_wording(chat: Chat) -> None:
    turn = chat.says("Where does cancer in general like to spread?")
    assert turn.answers == (Answer("metastasis/spread_sites", {}),)


def test_two_cancers_in_one_question_get_an_answer_each(chat: Chat) -> None:
    turn = chat.says("Where do lung and breast cancer spread?")
    assert turn.answers == (
        Answer("metastasis/spread_sites", {"cancer_type": "lung"}),
        Answer("metastasis/spread_sites", {"cancer_type": "breast"}),
    )


def test_what_was_named_in_one_question_does_not_colour_the_next(chat: Chat) -> None:
    chat.says("What does a bone scan look for?")
    turn = chat.says("How do doctors find out whether cancer has spread?")
    assert turn.answers == (Answer("metastasis/tests", {}),)
