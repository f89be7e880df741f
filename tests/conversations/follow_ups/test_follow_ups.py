"""Short messages that only make sense after the one before."""

from __future__ import annotations

from tests.conversations.chat import Answer, Chat


def test_and_for_another_cancer_asks_the_same_question_again(chat: Chat) -> None:
    chat.says("Where does breast cancer tend to travel?")
    turn = chat.says("and for lung?")
    assert turn.answers == (Answer("metastasis/spread_sites", {"cancer_type": "lung"}),)


def test_two_follow_ups_in_a_row_stay_on_the_question(chat: Chat) -> None:
    chat.says("Where does breast cancer tend to travel?")
    chat.says("and for lung?")
    turn = chat.says("what about melanoma")
    assert turn.answers == (Answer("metastasis/spread_sites", {"cancer_type": "melanoma"}),)


def test_and_another_place_asks_the_same_question_again(chat: Chat) -> None:
    chat.says("How do they treat cancer once it has gone to the bones?")
    turn = chat.says("and in the brain?")
    assert turn.answers == (Answer("metastasis/treatment", {"body_site": "brain"}),)


def test_and_another_test_asks_the_same_question_again(chat: Chat) -> None:
    chat.says("What would an MRI be able to show?")
    assert chat.says("and a biopsy?").answers == (Answer("metastasis/tests", {"test": "biopsy"}),)


def test_and_another_risk_asks_the_same_question_again(chat: Chat) -> None:
    chat.says("Can too much sun cause cancer?")
    turn = chat.says("and alcohol?")
    assert turn.answers == (Answer("metastasis/risk_factors", {"risk_factor": "alcohol"}),)


def test_another_place_keeps_the_cancer_of_a_pair(chat: Chat) -> None:
    chat.says("Does lung cancer ever go to the brain?")
    turn = chat.says("and to the bones?")
    assert turn.answers == (Answer("metastasis/spread_pair", {"pair": "listed"}),)


def test_that_means_the_place_that_was_spoken_of(chat: Chat) -> None:
    chat.says("Which cancers travel to bone?")
    turn = chat.says("so how is that one treated?")
    assert turn.answers == (Answer("metastasis/treatment", {"body_site": "bone"}),)


def test_there_means_the_place_that_was_spoken_of(chat: Chat) -> None:
    chat.says("How do they treat cancer that is now in the liver?")
    turn = chat.says("what are the symptoms when it goes there?")
    assert turn.answers == (Answer("metastasis/symptoms", {"body_site": "liver"}),)


def test_a_bare_why_is_about_the_answer_before(chat: Chat) -> None:
    chat.says("Where does breast cancer tend to travel?")
    assert chat.says("why?").responses == ["utter_metastasis/how_it_spreads"]


def test_a_bare_why_out_of_nowhere_is_answered_with_why_cancer_spreads(chat: Chat) -> None:
    assert chat.says("why?").responses == ["utter_metastasis/cause"]


def test_what_else_gives_the_next_answer_that_was_not_given_yet(chat: Chat) -> None:
    chat.says("tell me what metastasis is")
    first, second, third = (chat.says("what else can I read?").responses for _ in range(3))
    assert first == ["utter_metastasis/how_it_spreads"]
    assert second == ["utter_metastasis/spread_sites"]
    assert third == ["utter_metastasis/symptoms"]


def test_what_else_ends_when_all_that_follows_was_given(chat: Chat) -> None:
    chat.says("Could you tell me what hospice care means?")
    given = [chat.says("what else can I read?").responses for _ in range(12)]
    assert ["utter_nothing_more"] in given


def test_what_else_at_the_start_says_what_can_be_asked(chat: Chat) -> None:
    assert chat.says("What else?").responses == ["utter_capabilities"]


def test_an_answer_is_repeated_with_the_same_wording(chat: Chat) -> None:
    said = chat.says("Where might lung cancer end up?")
    assert chat.says("say that once more please").texts == said.texts


def test_nothing_is_repeated_when_nothing_was_said(chat: Chat) -> None:
    assert chat.says("please repeat that").responses == ["utter_nothing_to_repeat"]


def test_an_offered_button_is_understood_as_its_topic(chat: Chat) -> None:
    offered = chat.says("tell me what metastasis is").buttons
    assert offered == ["How it spreads", "How it is named", "Symptoms"]
    assert chat.says("How it is named").responses == ["utter_metastasis/naming"]


def test_the_number_of_an_offered_button_chooses_it(chat: Chat) -> None:
    chat.says("tell me what metastasis is")
    assert chat.says("2").responses == ["utter_metastasis/naming"]


def test_a_button_keeps_the_place_that_was_spoken_of(chat: Chat) -> None:
    chat.says("What are the signs of metastases in the brain?")
    assert chat.says("Treatment").focus == {"body_site": "brain"}


def test_two_people_never_share_what_was_spoken_of(chat: Chat) -> None:
    chat.says("Where does breast cancer tend to travel?")
    assert chat.another().says("why?").responses == ["utter_metastasis/cause"]
