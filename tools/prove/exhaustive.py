"""The exhaustive part of `make prove`: what is searched, and what is printed of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tools.evaluation.runner import chosen_model, load_agent
from tools.prove.alphabet import chosen, core, every_topic, full, intents, with_few_topics
from tools.prove.replay import Difference, replay
from tools.prove.search import Found, Node, Scope, apply, one_of_each_check, search
from tools.prove.simulation import Setting
from tools.prove.stimulus import Stimulus

_SEED = 3


class Exhaustive:
    """The searches over the real knowledge; each returns what it found."""

    def __init__(self, root: Path) -> None:
        """Load the knowledge and the domain's intents."""
        self.setting = Setting.load(root / "data")
        self.labels = intents(root)

    def check(self, setting: Setting | None = None, most: int = 1) -> Found:
        """Each state of the symptom check with the whole alphabet."""
        few = with_few_topics(setting or self.setting)
        scope = Scope(core(self.labels), full(self.labels), memory=False, most=most)
        return search(few, scope)

    def memory(self) -> Found:
        """Each state that the planner can tell apart, with the core of the alphabet."""
        return search(with_few_topics(self.setting), Scope(core(self.labels)))

    def core(self, setting: Setting | None = None, most: int = 1) -> Found:
        """Each state of the check with the core and what may fail: seconds, for the tests."""
        few = with_few_topics(setting or self.setting)
        return search(few, Scope(core(self.labels), full(self.labels)[:200], False, most))

    def data(self, found: Found) -> Found:
        """Every topic and every offered choice, in each state of the check."""
        everything = [*every_topic(self.setting.world), *self._all_choices()]
        nodes = [self._with_all_topics(node) for node in one_of_each_check(found)]
        return apply(nodes, everything)

    def against_rasa(self, found: Found, samples: int) -> list[Difference]:
        """Conversations of the search, each with some more messages, held against Rasa."""
        agent = load_agent(chosen_model())
        draw = random.Random(_SEED)
        alphabet = (*core(self.labels), *full(self.labels))
        nodes = one_of_each_check(found)

        async def hold() -> list[Difference]:
            held = []
            for number in range(samples):
                node = nodes[number % len(nodes)]
                path = [turn.stimulus for turn in node.turns]
                more = draw.choices(alphabet, k=3)
                held.append(await replay(agent, self.setting, [*path, *more]))
            return [one for one in held if one is not None]

        return asyncio.run(hold())

    def _all_choices(self) -> Iterator[Stimulus]:
        world = self.setting.world
        for words in sorted(world.choices):
            yield from chosen([words], world)

    def _with_all_topics(self, node: Node) -> Node:
        return replace(node, dialogue=replace(node.dialogue, setting=self.setting))
