from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tools.benchmark.subjects import own, stock, stock_config


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    for name in ("data/nlu/greet.yml", "data/rules/r.yml", "data/responses/r.yml", "domain.yml"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("a: 1\n", encoding="utf-8")
    (project / "data" / "knowledge").mkdir()
    (project / "credentials.yml").write_text("bot.channels.Rest:\n", encoding="utf-8")
    (project / "endpoints.yml").write_text(
        "nlg: {type: own}\naction_endpoint: {url: 'http://127.0.0.1:5055/webhook'}\n"
    )
    return project


def test_stock_is_the_default_configuration_of_rasa() -> None:
    config = stock_config()
    assert [component["name"] for component in config["pipeline"]] == [
        "WhitespaceTokenizer",
        "RegexFeaturizer",
        "LexicalSyntacticFeaturizer",
        "CountVectorsFeaturizer",
        "CountVectorsFeaturizer",
        "DIETClassifier",
        "EntitySynonymMapper",
        "ResponseSelector",
        "FallbackClassifier",
    ]
    assert {policy["name"] for policy in config["policies"]} == {
        "MemoizationPolicy",
        "RulePolicy",
        "UnexpecTEDIntentPolicy",
        "TEDPolicy",
    }
    assert {c["epochs"] for c in (*config["pipeline"], *config["policies"]) if "epochs" in c} == {
        100
    }


def test_a_smoke_test_trains_the_networks_for_fewer_epochs() -> None:
    config = stock_config(epochs=1)
    assert {c["epochs"] for c in (*config["pipeline"], *config["policies"]) if "epochs" in c} == {1}


def test_stock_gets_the_same_examples_rules_and_responses_and_nothing_of_ours(
    root: Path, tmp_path: Path
) -> None:
    subject = stock(root, tmp_path / "stock", action_port=5999)
    assert sorted(path.name for path in subject.data.iterdir()) == ["nlu", "responses", "rules"]
    assert "bot." not in subject.config.read_text(encoding="utf-8")
    endpoints = yaml.safe_load(subject.endpoints.read_text(encoding="utf-8"))
    assert endpoints == {"action_endpoint": {"url": "http://127.0.0.1:5999/webhook"}}


def test_the_own_assistant_keeps_its_endpoints_but_the_port_of_the_actions(
    root: Path, tmp_path: Path
) -> None:
    subject = own(root, tmp_path / "own", action_port=5999)
    endpoints = yaml.safe_load(subject.endpoints.read_text(encoding="utf-8"))
    assert endpoints["nlg"] == {"type": "own"}
    assert endpoints["action_endpoint"]["url"] == "http://127.0.0.1:5999/webhook"


def test_models_are_written_and_served_below_the_subjects_own_directory(
    root: Path, tmp_path: Path
) -> None:
    subject = own(root, tmp_path / "own", action_port=5999)
    *_, train = subject.training_commands()
    assert f"--out={tmp_path}/own/models" in train
    assert "--force" in train
    served = subject.server_command(5998)
    assert f"--model={tmp_path}/own/models/benchmark.tar.gz" in served
    assert "--interface=127.0.0.1" in served
