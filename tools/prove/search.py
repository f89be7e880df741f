"""An exhaustive breadth-first search of the dialogue manager, checking every edge."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from tools.prove.alphabet import chosen
from tools.prove.debt import debt_after
from tools.prove.promises import broken
from tools.prove.simulation import Dialogue, Setting, Turn
from tools.prove.state import Check, State, state_of
from tools.prove.stimulus import Stimulus


@dataclass(frozen=True)
class Node:
    """A conversation that was reached first in its state, with the turns that led there."""

    dialogue: Dialogue
    owed: bool
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Counterexample:
    """A conversation whose last turn breaks promises."""

    turns: tuple[Turn, ...]
    faults: tuple[str, ...]


@dataclass
class Found:
    """What a search has seen: the states with the shortest way there, edges, counterexamples."""

    nodes: dict[Hashable, Node] = field(default_factory=dict)
    edges: int = 0
    counterexamples: list[Counterexample] = field(default_factory=list)


@dataclass(frozen=True)
class Scope:
    """How much is searched.

    memory: tell states apart by all that the planner can see, not by the check alone.
    alphabet: what is applied in every state.
    check_alphabet: what else is applied once in every state of the check.
    most: how many counterexamples to gather before the search stops.
    """

    alphabet: Sequence[Stimulus]
    check_alphabet: Sequence[Stimulus] = ()
    memory: bool = True
    most: int = 1


def search(setting: Setting, scope: Scope) -> Found:
    """Search until no new state appears, or enough counterexamples were found."""
    found = Found()
    checks: set[Check] = set()
    queue: deque[tuple[State, Node]] = deque()
    _reach(Node(Dialogue(setting), owed=False), scope, found, queue)
    while queue and len(found.counterexamples) < scope.most:
        state, node = queue.popleft()
        more = () if state.check in checks else scope.check_alphabet
        checks.add(state.check)
        choices = chosen(state.choices, setting.world)
        for stimulus in (*scope.alphabet, *choices, *more):
            _reach(_follow(node, stimulus, found), scope, found, queue)
    return found


def _reach(node: Node, scope: Scope, found: Found, queue: deque[tuple[State, Node]]) -> None:
    state = state_of(node.dialogue, node.owed)
    key: Hashable = state if scope.memory else state.check
    if key not in found.nodes:
        found.nodes[key] = node
        queue.append((state, node))


def apply(nodes: Iterable[Node], stimuli: Sequence[Stimulus]) -> Found:
    """Apply more stimuli to some conversations, without going on from there."""
    found = Found()
    for node in nodes:
        for stimulus in stimuli:
            _follow(node, stimulus, found)
    return found


def one_of_each_check(found: Found) -> list[Node]:
    """The shortest conversation in each state of the check."""
    nodes = {state_of(n.dialogue, n.owed).check: n for n in reversed(found.nodes.values())}
    return list(nodes.values())


def _follow(node: Node, stimulus: Stimulus, found: Found) -> Node:
    dialogue, turn = node.dialogue.after(stimulus)
    found.edges += 1
    faults = tuple(broken(turn, node.owed))
    if faults:
        found.counterexamples.append(Counterexample((*node.turns, turn), faults))
    return Node(dialogue, debt_after(node.owed, turn), (*node.turns, turn))
