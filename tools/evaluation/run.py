"""Runs the assistant over the evaluation sets and judges what it does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from rasa.core.agent import Agent

from bot.knowledge.loader import load_topics
from bot.safety.assess import SafetyCore
from tools.evaluation.judged import Judged, SetResult
from tools.evaluation.overlap import Seen
from tools.evaluation.runner import run_dialogue, run_messages
from tools.evaluation.safety_report import SafetyResult, ordinary_cases, pair_cases
from tools.evaluation.safety_run import Assistant, Judge, Rules, Tried, judge_all, refusal_actions
from tools.evaluation.safety_sets import Case, load_cases, load_pairs
from tools.evaluation.scoring import judge
from tools.evaluation.sets import load_named_set
from tools.progress import track

DATA = Path("data")


async def evaluate_set(agent: Agent, name: str, seen: Seen) -> SetResult:
    """Judge every turn of a set; turns whose text was seen in training are left out."""
    topics = load_topics(DATA)
    judged: list[Judged] = []
    left_out = 0
    for number, dialogue in enumerate(track(load_named_set(name), name)):
        replies = await run_dialogue(agent, dialogue, f"{name}-{number}")
        for turn, reply in zip(dialogue.turns, replies, strict=True):
            if turn.text in seen:
                left_out += 1
            else:
                judged.append(Judged(turn, reply, judge(turn, reply, topics)))
    return SetResult(name, judged, left_out)


async def evaluate_safety(agent: Agent, held_out: Sequence[Judged], seen: Seen) -> SafetyResult:
    """Judge the safety sets, and the held-out questions as what must raise no alarm."""
    every = load_cases()
    cases = [case for case in every if " ".join(case.messages) not in seen]
    pairs = [pair_cases(pair.base, pair.variants, pair.expected) for pair in load_pairs()]
    kept = [[case for case in pair if case.messages[0] not in seen] for pair in pairs]
    whole = [pair for pair in kept if len(pair) > 1]
    left_out = len(every) - len(cases) + sum(map(len, pairs)) - sum(map(len, whole))
    cases += ordinary_cases(held_out)
    rules = Rules(SafetyCore.load(DATA / "knowledge" / "safety"))
    assistant = Assistant(partial(run_messages, agent), refusal_actions())
    return SafetyResult(
        rules=await judge_all(rules, cases, "safety rules alone"),
        assistant=await judge_all(assistant, cases, "safety sets"),
        rule_pairs=await _judge_pairs(rules, whole, "safety rules alone: pairs"),
        assistant_pairs=await _judge_pairs(assistant, whole, "safety sets: pairs"),
        left_out=left_out,
    )


async def _judge_pairs(
    judge: Judge, pairs: Sequence[Sequence[Case]], label: str
) -> list[Sequence[Tried]]:
    judged: list[Sequence[Tried]] = []
    for pair in track(pairs, label):
        judged.append([await judge.judge(case) for case in pair])
    return judged
