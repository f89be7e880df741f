"""Train the assistant when, and only when, something that training depends on has changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from bot.launch import fingerprint, programs
from bot.launch.child import Child
from bot.launch.errors import LaunchError
from bot.launch.project import MODEL
from bot.launch.yaml_check import check_yaml

_TICK = 5.0
"""Seconds from one sign of life to the next."""


def ensure_model(root: Path, say: Callable[..., object] = print) -> None:
    """Make sure that the model is there and up to date.

    Args:
        root: the project's directory.
        say: shows progress; called like `print`.

    Raises:
        LaunchError: if a YAML file is broken or training fails.
    """
    check_yaml(root)
    current = fingerprint.fingerprint(root)
    if fingerprint.is_trained(root, current):
        return
    fingerprint.forget(root)
    say("Training the assistant, about five minutes ...", end="", flush=True)
    began = time.monotonic()
    steps = (programs.encoder_build(root), programs.training(root))
    for step in steps:
        _run(step, say)
    if not (root / MODEL).is_file():
        say(" failed")
        raise LaunchError(f"Training wrote no {MODEL}. {steps[-1].details}")
    fingerprint.record(root, current)
    say(f" {time.monotonic() - began:.0f} s")


def _run(step: Child, say: Callable[..., object]) -> None:
    step.start()
    try:
        while (status := step.wait(_TICK)) is None:
            say(".", end="", flush=True)
    finally:
        step.stop()
    if status != 0:
        say(" failed")
        raise LaunchError(f"{step.name} failed: {step.last_words()}")
