"""When training runs, and what is said when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.launch import programs, training
from bot.launch.child import Child
from bot.launch.errors import LaunchError
from bot.launch.fingerprint import MODEL, fingerprint, is_trained
from bot.launch.training import ensure_model


class Spoken:
    """Collects what would be printed."""

    def __init__(self) -> None:
        self.text = ""

    def __call__(self, text: str, end: str = "\n", **_: object) -> None:
        self.text += text + end


@pytest.fixture
def say() -> Spoken:
    return Spoken()


def interrupt(_: float) -> int:
    """Ctrl-C while waiting."""
    raise KeyboardInterrupt


def use(monkeypatch: pytest.MonkeyPatch, *, encoder: str = "true", train: str = "true") -> None:
    """Let lines of shell stand in for the programs of training."""

    def fake(name: str, script: str) -> object:
        def make(root: Path) -> Child:
            environment = {"PATH": "/usr/bin:/bin", "MODEL": str(root / MODEL)}
            return Child(name, ["sh", "-c", script], environment, root / ".logs" / f"{name}.log")

        return make

    monkeypatch.setattr(programs, "encoder_build", fake("encoder", encoder))
    monkeypatch.setattr(programs, "training", fake("train", train))


def test_a_first_training_is_shown_in_one_line_and_recorded(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    use(monkeypatch, train='echo model > "$MODEL"')
    ensure_model(project, say)
    assert say.text.startswith("Training the assistant")
    assert say.text.count("\n") == 1
    assert say.text.endswith(" s\n")
    assert is_trained(project, fingerprint(project))


def test_a_long_training_shows_signs_of_life(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    monkeypatch.setattr(training, "_TICK", 0.01)
    use(monkeypatch, train='sleep 0.1; touch "$MODEL"')
    ensure_model(project, say)
    assert "....." in say.text
    assert say.text.count("\n") == 1


def test_nothing_is_trained_or_said_when_nothing_changed(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    use(monkeypatch, train='echo model > "$MODEL"')
    ensure_model(project, Spoken())
    use(monkeypatch, train="exit 1")
    ensure_model(project, say)
    assert say.text == ""


def test_a_change_trains_again(project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken) -> None:
    use(monkeypatch, train='echo model > "$MODEL"')
    ensure_model(project, Spoken())
    (project / "data/nlu/greet.yml").write_text("a: 2\n", encoding="utf-8")
    ensure_model(project, say)
    assert say.text.startswith("Training")


def test_a_broken_file_is_reported_before_anything_is_trained(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    use(monkeypatch, train='touch "$MODEL"')
    (project / "domain.yml").write_text("a: b: c\n", encoding="utf-8")
    with pytest.raises(LaunchError, match=r"domain\.yml, line 1"):
        ensure_model(project, say)
    assert not (project / MODEL).exists()


def test_a_failed_training_says_why_and_where_to_read_on(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    use(monkeypatch, train="echo 'RasaException: no such intent'; echo bye; exit 1")
    monkeypatch.chdir(project)
    with pytest.raises(LaunchError) as caught:
        ensure_model(project, say)
    assert say.text.endswith("failed\n")
    assert str(caught.value) == (
        "train failed: RasaException: no such intent\nDetails are in .logs/train.log."
    )


def test_a_failed_training_leaves_no_model_that_passes_for_new(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    (project / MODEL).touch()
    use(monkeypatch, train="exit 1")
    with pytest.raises(LaunchError):
        ensure_model(project, say)
    assert not is_trained(project, fingerprint(project))


def test_a_training_that_writes_nothing_is_a_failure(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    (project / MODEL).touch()
    use(monkeypatch, train="true")
    with pytest.raises(LaunchError, match="Training wrote no models/companion"):
        ensure_model(project, say)


def test_an_encoder_that_cannot_be_built_ends_it_before_training(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    use(monkeypatch, encoder="echo 'wrong hash'; exit 1", train='touch "$MODEL"')
    with pytest.raises(LaunchError, match="encoder failed: wrong hash"):
        ensure_model(project, say)
    assert not (project / MODEL).exists()


def test_ctrl_c_stops_the_training(
    project: Path, monkeypatch: pytest.MonkeyPatch, say: Spoken
) -> None:
    use(monkeypatch, train="exec sleep 30")
    step = programs.training(project)
    monkeypatch.setattr(programs, "training", lambda _: step)
    monkeypatch.setattr(step, "wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        ensure_model(project, say)
    assert step.status() is not None
