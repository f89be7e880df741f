"""Check that every YAML file can be read, before Rasa stumbles over one with a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.launch.errors import LaunchError

SETTINGS_FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
DATA = Path("data")

_HINT = "Look at the indentation, the colons and the quotes there."


def check_yaml(root: Path) -> None:
    """Read the settings and everything under `data/`.

    Raises:
        LaunchError: one line for each file that is missing or broken.
    """
    faults = [fault for path in _files(root) if (fault := find_fault(root, path))]
    if faults:
        raise LaunchError("\n".join(faults))


def find_fault(root: Path, path: Path) -> str | None:
    """Return `path, line N: what is wrong` for a file below root, or nothing if it is sound."""
    try:
        text = (root / path).read_bytes().decode("utf-8")
        # An entry that is there twice is no error to the parser, but the first one is lost.
        for line, problem in _repeated_keys(yaml.compose(text, Loader=yaml.CSafeLoader)):
            return f"{path}, line {line}: {problem}"
    except FileNotFoundError:
        return f"{path} is missing: restore it."
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return f"{path}, line {line}: this is not UTF-8. Save the file as UTF-8."
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{path}, line {mark.line + 1}" if mark else str(path)
        return f"{place}: {error.problem or error.context}. {_HINT}"
    except yaml.YAMLError as error:
        return f"{path}: {' '.join(str(error).split())}. {_HINT}"
    return None


def _files(root: Path) -> Iterator[Path]:
    yield from map(Path, SETTINGS_FILES)
    found = (path for pattern in ("*.yml", "*.yaml") for path in (root / DATA).rglob(pattern))
    yield from sorted(path.relative_to(root) for path in found)


def _repeated_keys(document: yaml.Node | None) -> Iterator[tuple[int, str]]:
    nodes = [document] if document else []
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                nodes.append(value)
                if isinstance(key, yaml.ScalarNode) and key.value in seen:
                    yield key.start_mark.line + 1, f"{key.value!r} is there twice. Remove one."
                elif isinstance(key, yaml.ScalarNode):
                    seen.add(key.value)
