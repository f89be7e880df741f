"""Two questions in one message get two answers, in the order they were asked."""

from __future__ import annotations

from tests.conversations.chat import Answer, Chat


def test_two_questions_joined_by_and_get_two_answers(chat: Chat) -> None:
    turn = chat.says("What is stage four, and can it be cured?")
    assert turn.responses == ["utter_metastasis/stage_four", "utter_metastasis/curable"]


def test_two_sentences_get_two_answers(chat: Chat) -> None:
    turn = chat.says("What does a PET scan show? And is cancer inherited?")
    assert turn.answers == (
        Answer("metastasis/tests", {"test": "pet"}),
        Answer("metastasis/inherited", {}),
    )


def test_two_questions_without_punctuation_get_two_answers(chat: Chat) -> None:
    turn = chat.says("where does colon cancer go and how do they treat it")
    assert turn.responses == ["utter_metastasis/spread_sites", "utter_metastasis/treatment"]
    assert turn.answers[0].focus == {"cancer_type": "colon"}


def test_a_topic_and_a_coping_question_get_two_answers(chat: Chat) -> None:
    turn = chat.says("Is cancer a disease of the genes? And how do I best support my sick wife?")
    assert turn.responses == ["utter_metastasis/genetics", "utter_coping/supporting_someone"]


def test_a_greeting_before_a_question_gets_no_reply_of_its_own(chat: Chat) -> None:
    turn = chat.says("hello, could you tell me what palliative care is?")
    assert turn.responses == ["utter_coping/palliative"]


def test_the_same_question_asked_twice_over_is_answered_once(chat: Chat) -> None:
    turn = chat.says("What is hospice care? Please, what does hospice care mean?")
    assert turn.responses == ["utter_coping/hospice"]


def test_what_somebody_feels_is_heard_before_the_answer(chat: Chat) -> None:
    turn = chat.says("I cried the whole night, I am so frightened. What does stage four mean?")
    assert turn.responses == ["utter_distress_heard", "utter_metastasis/stage_four"]


def test_a_complaint_is_heard_before_the_answer(chat: Chat) -> None:
    turn = chat.says("That was no help at all, you useless thing. What is hospice care?")
    assert turn.responses == ["utter_sorry", "utter_coping/hospice"]


def test_a_question_off_the_subject_beside_another_is_declined_in_a_word(chat: Chat) -> None:
    turn = chat.says("What does palliative care mean? And who won the football yesterday?")
    assert turn.responses == ["utter_coping/palliative", "utter_part_out_of_scope"]


def test_another_cancer_named_after_a_question_asks_it_again(chat: Chat) -> None:
    turn = chat.says("Where does prostate cancer usually spread? And breast?")
    assert [answer.focus for answer in turn.answers] == [
        {"cancer_type": "prostate"},
        {"cancer_type": "breast"},
    ]
