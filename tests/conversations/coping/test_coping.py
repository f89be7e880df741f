"""Each curated answer on coping and care, asked for once in plain words."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat

QUESTIONS = {
    "ways": "What helps people to live with a diagnosis like this?",
    "learning": "Do I have to know every detail about my disease?",
    "talking": "Is there a kind of professional I can talk to about my feelings?",
    "stress": "Would meditation or yoga help me calm my nerves?",
    "meaning": "I keep searching for some meaning in all of this, can faith help?",
    "goals_of_care": "Which questions should I put to my team about the goals of my treatment?",
    "side_effects": "Is there anything that can be done about side effects of chemo?",
    "palliative": "What does palliative care do and when does it begin?",
    "end_of_life": "When is the right moment to discuss end of life care?",
    "end_of_life_places": "Is it possible to be cared for at home at the very end?",
    "hospice": "Could you explain what a hospice does?",
    "supporting_someone": "My husband has metastatic cancer, how can I best support him?",
}


@pytest.mark.parametrize(("topic", "question"), QUESTIONS.items(), ids=QUESTIONS)
def test_a_plain_question_gets_its_curated_answer_alone(
    chat: Chat, topic: str, question: str
) -> None:
    turn = chat.says(question)
    assert turn.responses == [f"utter_coping/{topic}"]
    assert turn.texts[0].splitlines()[-1].startswith("Sources: ")


def test_distress_is_met_and_ways_of_coping_are_offered(chat: Chat) -> None:
    turn = chat.says("I feel so lost and frightened tonight")
    assert turn.responses == ["utter_distress"]
    assert turn.buttons == ["Find a support line", "Talk to someone", "Ways to cope"]


def test_a_calm_question_on_dying_at_home_is_no_crisis(chat: Chat) -> None:
    turn = chat.says("Could my grandmother die at home if that is what she wants?")
    assert turn.responses == ["utter_coping/end_of_life_places"]
