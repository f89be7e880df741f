"""A slip of the finger, a kind word or another order of clauses changes no verdict."""

from __future__ import annotations

import pytest

from bot.safety.assess import SafetyCore

PAIRS = {
    "a typo": [
        ("I want to kill myself", "I want to kill myslef"),
        ("my whole body is jerking", "my whole body is jerkign"),
        ("I can't feel my legs", "I cant feel my lgs"),
        ("I have a fever and chemo was last week", "I have a feverr and chemmo was last week"),
        ("coughing up blood", "coughng up blood"),
        ("he is unconscious on the floor", "he is unconcious on the flooor"),
        ("my face has dropped on one side", "my face has droped on one side"),
        ("I'm suicidal", "I'm sucidal"),
        ("haven't passed urine all day", "havne't passed urine all day"),
        ("my calf is swollen and hot", "my calf is swolen and hot"),
    ],
    "a relative's word": [
        ("I can't breathe", "my husband says it's nothing, I can't breathe"),
        ("mum won't wake up", "mum won't wake up, dad says leave her she's only tired"),
        ("my legs keep giving way", "my wife says I'm just unfit but my legs keep giving way"),
        ("I have chest pain", "I have chest pain. The neighbour says it's wind."),
        ("I want to end my life", "my sister says I'm dramatic, I want to end my life"),
    ],
    "politeness": [
        (
            "I'm vomiting blood",
            "So sorry to bother you at this hour, I'm vomiting blood",
        ),
        ("dad is fitting", "Good evening, would you be so kind, dad is fitting"),
        ("my neck is aching", "my neck is aching - should I be worried?"),
        ("I feel hot, chemo was Monday", "no rush at all, I feel hot, chemo was Monday"),
    ],
    "capitals": [
        ("she is not responding", "SHE IS NOT RESPONDING!!!"),
        ("I took all my pills", "I TOOK ALL MY PILLS"),
        ("my tongue is swelling up", "MY TONGUE IS SWELLING UP"),
    ],
    "another order of clauses": [
        (
            "I had chemo on Monday and now I have a fever",
            "I have a fever now, I had chemo on Monday",
        ),
        ("my back hurts and my legs are weak", "my legs are weak and my back hurts"),
        ("headache and I keep being sick", "I keep being sick and I have a headache"),
        ("I took too much morphine, I feel sleepy", "I feel sleepy, I took too much morphine"),
        ("there's a rope in the shed, I want to die", "I want to die, there's a rope in the shed"),
    ],
    "a reassuring fact": [
        ("temp 38.6 on chemo", "temp 38.6 on chemo, bloods were normal yesterday"),
        ("black tarry poo", "black tarry poo, but I feel well in myself"),
        (
            "he is confused since this morning",
            "he is confused since this morning, he laughs",
        ),
    ],
}


@pytest.mark.parametrize(
    ("base", "variant"),
    [
        pytest.param(*pair, id=f"{kind}: {pair[1]}")
        for kind, pairs in PAIRS.items()
        for pair in pairs
    ],
)
def test_a_variant_comes_to_the_verdict_of_its_base(
    core: SafetyCore, base: str, variant: str
) -> None:
    found = core.assess(base).category
    assert found.is_crisis or found.is_bodily
    assert core.assess(variant).category is found
