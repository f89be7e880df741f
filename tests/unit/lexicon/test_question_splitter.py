"""A message is cut into the parts that may each hold one question, and only there."""

from __future__ import annotations

import pytest

from bot.lexicon.splitter import MOST_PARTS, split_questions, split_ramble

SPLIT = {
    "what's hospice, can dad sleep in his own bed": (
        "what's hospice",
        "can dad sleep in his own bed",
    ),
    "what does immunotherapy do and should my dad swap": (
        "what does immunotherapy do",
        "should my dad swap",
    ),
    "which cancers turn up in the lungs, what signs do they give": (
        "which cancers turn up in the lungs",
        "what signs do they give",
    ),
    "why does hers travel, and to which organs does it go?": (
        "why does hers travel",
        "to which organs does it go?",
    ),
    "before I begin: who made you, and which article is it from?": (
        "before I begin: who made you",
        "which article is it from?",
    ),
    "who listens to how low I am, and does knowing more help": (
        "who listens to how low I am",
        "does knowing more help",
    ),
    "can a nurse answer or is there a number": ("can a nurse answer", "is there a number"),
    "what is a biopsy and please tell what a marker is": (
        "what is a biopsy",
        "tell what a marker is",
    ),
    "what is metastasis and how is it treated": ("what is metastasis", "how is it treated"),
    "What is it? How is it treated? Thanks!": ("What is it?", "How is it treated?", "Thanks!"),
    "my mum has lung cancer, is it curable?": ("my mum has lung cancer", "is it curable?"),
    "What is it, where does it spread, and how is it treated?": (
        "What is it",
        "where does it spread",
        "how is it treated?",
    ),
    "what is metastasis how does it spread": ("what is metastasis", "how does it spread"),
    "Is it hereditary and if so, what are the chances?": (
        "Is it hereditary",
        "what are the chances?",
    ),
    "explain stage 4 and also tell me about hospice": (
        "explain stage 4",
        "tell me about hospice",
    ),
    "what is stage 4?is it curable": ("what is stage 4?", "is it curable"),
    "What is chemo\nhow long does it last": ("What is chemo", "how long does it last"),
    "where does breast cancer go plus can it be cured": (
        "where does breast cancer go",
        "can it be cured",
    ),
    "I saw Dr. Smith at 3.30 p.m. today. What now?": (
        "I saw Dr. Smith at 3.30 p.m. today.",
        "What now?",
    ),
    "where does colon cancer spread and what about lung": (
        "where does colon cancer spread",
        "what about lung",
    ),
    "do all cancers spread? and basal cell?": ("do all cancers spread?", "and basal cell?"),
    "I'm scared. What is a PET scan, and is it painful?": (
        "I'm scared.",
        "What is a PET scan",
        "is it painful?",
    ),
    "am i talking to a computer and does anybody keep what i write": (
        "am i talking to a computer",
        "does anybody keep what i write",
    ),
    "does it cause jaundice, and is ultrasound enough to see it": (
        "does it cause jaundice",
        "is ultrasound enough to see it",
    ),
    "who built you and where do you get your facts from": (
        "who built you",
        "where do you get your facts from",
    ),
    "how many can he take + is there a nurse line": (
        "how many can he take",
        "is there a nurse line",
    ),
    "where it spreads from the pancreas, also can cancer be cured": (
        "where it spreads from the pancreas",
        "can cancer be cured",
    ),
    "a) is it in the genes b) does it run in families": (
        "is it in the genes",
        "does it run in families",
    ),
    "1. Aim of treatment? 2. What success depends on?": (
        "Aim of treatment?",
        "What success depends on?",
    ),
    "1) what is mets\n2) how is it treated": ("what is mets", "how is it treated"),
    "(1) what is a scan (2) does it hurt": ("what is a scan", "does it hurt"),
    "i) what is a scan ii) does it hurt": ("what is a scan", "does it hurt"),
    "I have two things. 1. Is it common? 2. Is it hereditary?": (
        "I have two things.",
        "Is it common?",
        "Is it hereditary?",
    ),
    "A) what is a scan and does it hurt B) where is it done": (
        "what is a scan",
        "does it hurt",
        "where is it done",
    ),
    "is it cancer? no. what is it": ("is it cancer?", "no.", "what is it"),
}
TOGETHER = (
    "breast and lung cancer",
    "what are the signs and symptoms",
    "where and how does it spread",
    "tell me where and how it spreads",
    "if I have pain, is it cancer?",
    "for lung cancer, where does it spread?",
    "it has spread and is growing",
    "it spreads, doesn't it?",
    "how big and how many tumors are there",
    "Hi, what is metastasis?",
    "is this mets or is it arthritis?",
    "what does it mean when cancer spreads and why",
    "I have back pain and have this lump",
    "what is hospice and palliative care",
    "which cancers spread to lung and which to liver",
    "my mum, who is 60, has lung cancer",
    "which blood tests and which imaging are used",
    "hormone tablets, are they a treatment",
    "what causes it and has anything to do with it",
    "the swelling goes down and is not painful",
    "I have stage i) disease",
    "is stage 3 (or 4) curable",
    "is 3.5 cm big",
    "what does 2) on my form mean",
    "how do doctors name a cancer which has gone to a second organ",
    "is it named by where it started or where it is found",
    "her skin is yellow and when she wakes she asks me who I am",
    "Of all newly diagnosed, how many are at stage 4?",
    "...",
)


@pytest.mark.parametrize(("text", "parts"), SPLIT.items())
def test_questions_are_parted(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize("text", TOGETHER)
def test_one_question_stays_together(text: str) -> None:
    assert split_questions(text) == (text,)


def test_long_message_gives_its_sentences() -> None:
    text = "My dad is ill. He lost weight. We are worried. What is stage 4? Is it the end?"
    assert len(split_questions(text)) == 5


def test_many_statements_are_joined_and_no_question_is_lost() -> None:
    text = " ".join(f"I said thing {n}." for n in range(30)) + " What is hospice? Is it free?"
    parts = split_questions(text)
    assert len(parts) <= MOST_PARTS
    assert parts[-2:] == ("What is hospice?", "Is it free?")


def test_too_many_questions_end_in_one_part() -> None:
    parts = split_questions(" ".join(f"What is thing {n}?" for n in range(30)))
    assert len(parts) == MOST_PARTS
    assert parts[-1].endswith("What is thing 29?")


def test_blank_message_has_no_part() -> None:
    assert split_questions(" \n ") == ()


def test_a_ramble_is_cut_at_its_commas() -> None:
    text = (
        "well the dog was ill and then the car broke down, and my sister never rang me back, "
        "so here I am asking you how do they treat it in the bone"
    )
    pieces = split_ramble(text)
    assert len(pieces) == 3
    assert pieces[-1] == "so here I am asking you how do they treat it in the bone"


def test_a_short_sentence_with_commas_is_no_ramble() -> None:
    assert split_ramble("bone, brain, liver and lung") == ("bone, brain, liver and lung",)
