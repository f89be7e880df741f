"""What stands in for TensorFlow can be imported, and nothing in it can be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from standins.build_wheels import STAND_INS, build

IMPORTS = """
import tensorflow as tf
import tensorflow.keras.backend as K
import tensorflow_hub, tensorflow_text
from keras.utils.control_flow_util import smart_cond
from tensorflow import Tensor, config
from tensorflow.python.eager.wrap_function import WrappedFunction
from typing import Dict, Optional, Union
"""
ERROR = "this component needs TensorFlow: install with `make setup STOCK=1`"


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All stand-ins, as they are installed."""
    directory = tmp_path_factory.mktemp("wheels")
    return [build(standin, directory) for standin in STAND_INS]


def run(wheels: list[Path], code: str) -> subprocess.CompletedProcess[str]:
    """Run code that finds the stand-ins before anything that is installed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, wheels))}
    command = [sys.executable, "-c", IMPORTS + code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "code",
    [
        "class Layer(tf.keras.layers.Layer): rate: float = tf.float32",
        "class Mixed(tf.keras.Model, smart_cond, Tensor): pass",
        "def annotated(x: Optional[tf.Tensor], y: tf.Tensor | None) -> Dict[str, Tensor]: ...",
        "assert Union[tf.Tensor, int] and tf.data.Dataset[int]",
        "assert not isinstance(3, tf.Tensor)",
        "assert tf.Tensor is Tensor and tf.Tensor is tf.Tensor",
        "assert not hasattr(tf, '__wrapped__')",
        "class Callback(tf.keras.callbacks.Callback): pass\nassert issubclass(Callback, object)",
    ],
)
def test_what_happens_while_modules_are_imported_works(wheels: list[Path], code: str) -> None:
    done = run(wheels, code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("code", "used"),
    [
        ("tf.constant([1])", "tensorflow.constant"),
        ("tf.keras.layers.Dense(3)", "tensorflow.keras.layers.Dense"),
        ("config.list_physical_devices('GPU')", "tensorflow.config.list_physical_devices"),
        ("smart_cond(1)", "keras.utils.control_flow_util.smart_cond"),
        ("class Layer(tf.keras.layers.Layer): pass\nLayer()", "__main__.Layer"),
        ("@tf.function\ndef step(): ...", "tensorflow.function"),
    ],
)
def test_any_use_is_one_error_that_says_what_to_do(
    wheels: list[Path], code: str, used: str
) -> None:
    done = run(wheels, code)
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1
    assert ERROR in last
    assert f"(it used {used})" in last


def test_libraries_that_can_do_without_tensorflow_see_that_it_is_missing(
    wheels: list[Path],
) -> None:
    code = "try:\n tf.config.get_visible_devices('GPU')\nexcept ImportError:\n print('without')"
    assert run(wheels, code).stdout == "without\n"


def test_the_same_wheels_come_out_each_time(wheels: list[Path], tmp_path: Path) -> None:
    for standin, wheel in zip(STAND_INS, wheels, strict=True):
        assert build(standin, tmp_path).read_bytes() == wheel.read_bytes()
