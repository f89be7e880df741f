from __future__ import annotations

import pytest

from bot.safety.assess import SafetyCore
from bot.safety.verdicts import Category

SILENT = {
    "negation": [
        "no chest pain",
        "I don't have a fever",
        "he is not breathless",
        "no fever, cough or rash",
        "without any numbness in the legs",
        "I have never had a seizure",
        "she denies chest pain",
        "not suicidal, just sad",
        "I don't want to kill myself",
        "my legs are fine",
    ],
    "history": [
        "I had a seizure ten years ago",
        "in 2011 I had a stroke",
        "when I was a child I had fits",
        "I used to get migraines",
        "my mother died of sepsis",
        "last year I had chest pain",
    ],
    "hypothetical": [
        "what if I get a fever, whom do I call?",
        "if I start vomiting blood where do I go",
        "I'm scared of choking",
        "worried I might have a seizure one day",
        "they told me to call if I get short of breath",
        "in case he collapses, who do we ring",
        "should I get chest pain, what then",
    ],
    "definition and knowledge": [
        "what is a seizure?",
        "can bone mets cause paralysis?",
        "what are signs of sepsis",
        "is coughing up blood a sign of lung cancer?",
        "how common is confusion with brain mets",
        "does chemo make people sick",
        "which cancers cause seizures",
        "jaundice meaning",
        "how would I know if I had sepsis",
        "can brain tumours make you confused",
        "why do people with liver mets turn yellow",
    ],
    "figures of speech": [
        "a headache of a bureaucracy",
        "this chemo is killing me",
        "dying to know the result",
        "bleeding edge research",
        "that view took my breath away",
        "a stroke of luck",
        "the parking here is a pain in the neck",
        "I could murder a cup of tea",
        "I nearly died laughing",
        "am I fit for work",
        "sick of waiting rooms",
        "numb with shock",
        "it was hard to swallow the news",
    ],
    "animals": [
        "my dog has a lump",
        "our cat can't breathe",
        "the rabbit had a seizure",
        "a lump on my dog",
        "the vet says she has kidney failure",
    ],
    "fiction and news": [
        "in the film he has a heart attack",
        "I'm writing a novel where she kills herself",
        "in my dream I couldn't breathe",
        "on the news a man had a stroke",
        "homework: explain jaundice",
    ],
    "calm words on dying": [
        "I want to die at home in my own bed when the time comes",
        "how does hospice care work",
        "I'm not afraid of dying",
        "my brother killed himself years ago and I miss him",
        "are cancer patients more at risk of suicide?",
        "I want to plan my funeral",
    ],
}
LOUD = {
    "a negation ends": [
        "no fever but I can't breathe",
        "no chest pain, can't feel my legs",
        "not only numb, my legs won't move",
        "I don't know why my legs went numb",
        "no idea why, but I'm coughing up blood",
        "my husband says it's nothing but I can't move my arm",
    ],
    "cannot is the complaint": [
        "I can't breathe",
        "can't feel my legs",
        "cannot stop the bleeding",
        "I am not able to move my legs",
        "he won't wake up",
        "she is not breathing",
    ],
    "history comes back": [
        "had a fit again last night",
        "I had a seizure ten years ago and now I have had another seizure",
        "still coughing up blood",
        "my leg weakness started three months ago and now I can't walk",
    ],
    "a question tells": [
        "is it normal that I can't feel my legs?",
        "why are my legs going numb?",
        "what should I do, my husband is having a seizure",
        "what do I do if he won't wake up",
        "what are the signs of sepsis, my wife is shivering after chemo and confused",
    ],
    "a fear is now": [
        "I'm worried I'm having a stroke",
        "scared, I can't breathe",
        "I think I might be having a heart attack",
    ],
    "an animal stands by": [
        "I walked the dog and my legs gave way",
        "my dog is barking and I can't breathe",
        "the cat found me on the floor, I had passed out",
    ],
}


def cases(families: dict[str, list[str]]) -> list[pytest.param]:  # type: ignore[valid-type]
    return [
        pytest.param(text, id=f"{family}: {text}")
        for family, texts in families.items()
        for text in texts
    ]


@pytest.mark.parametrize("text", cases(SILENT))
def test_words_of_illness_that_report_nothing_are_left_alone(core: SafetyCore, text: str) -> None:
    assert core.assess(text).category is Category.NONE


@pytest.mark.parametrize("text", cases(LOUD))
def test_an_emergency_is_heard_beside_words_that_could_silence_it(
    core: SafetyCore, text: str
) -> None:
    assert core.assess(text).category is Category.EMERGENCY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No pain as such, more a heaviness", Category.SYMPTOM),
        ("it's not getting better, this rash", Category.SYMPTOM),
        ("I had chest pain this morning but it has gone now", Category.URGENT),
        ("my headache has gone now", Category.NONE),
        ("can it be cured? so can mine?", Category.REFUSE_PROGNOSIS),
        ("can metastatic cancer be cured?", Category.NONE),
        ("is this lump cancer?", Category.REFUSE_DIAGNOSIS),
        ("I have a lump in my neck. Is it cancer?", Category.SYMPTOM),
    ],
)
def test_context_decides_what_a_message_comes_to(
    core: SafetyCore, text: str, expected: Category
) -> None:
    assert core.assess(text).category is expected


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("my husband can't breathe", True),
        ("mum has collapsed", True),
        ("the patient is fitting", True),
        ("she is coughing up blood", True),
        ("I can't breathe", False),
        ("can't breathe", False),
        ("my husband says it's nothing but I can't breathe", False),
        ("my leg is numb and my wife is worried", False),
        ("I think my dad is having a stroke", True),
    ],
)
def test_it_is_known_whose_complaint_it_is(core: SafetyCore, text: str, other: bool) -> None:
    assessment = core.assess(text)
    assert assessment.category is Category.EMERGENCY
    assert assessment.about_other_person is other
