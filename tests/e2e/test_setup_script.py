"""The set-up scripts in a copy of their own, with small scripts in the place of Python and uv."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.launch.project import ROOT

SEARCH_TOOLS = ("bash", "dirname", "mkdir", "sleep", "sort")
SETUP_TOOLS = (*SEARCH_TOOLS, "cat", "chmod", "cmp", "cp", "cut", "flock", "rm", "sed")
LOCKS = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-stock.txt",
    "requirements-stock-dev.txt",
    "requirements-synapse.txt",
    "requirements-uv.txt",
)

SHIM = "exit 127"
NEWER = "exit 3"
INCOMPLETE = "exit 1"

UV = """
case "$1 $2" in
  --version*) echo "uv {version} (test)" ;;
  "python "*) exit 2 ;;
  venv*) for venv; do :; done; mkdir -p "$venv/bin"
         printf '#!/bin/sh\\n' > "$venv/bin/python"; chmod +x "$venv/bin/python" ;;
  "pip sync") echo "$@" >> calls; {sync} ;;
esac
"""


class Copy:
    """A copy of the scripts in a directory with a space in its name."""

    def __init__(self, base: Path) -> None:
        self.root = base / "my copy"
        self.bin = base / "bin"
        self.home = base / "home"
        for directory in (self.root, self.bin, self.home):
            directory.mkdir()
        shutil.copytree(ROOT / "scripts", self.root / "scripts")
        for name in LOCKS:
            shutil.copy(ROOT / name, self.root / name)
        self.path = str(self.bin)

    def allow_only(self, tools: tuple[str, ...]) -> None:
        """Let the scripts see nothing of this machine but these programs."""
        for tool in tools:
            found = shutil.which(tool)
            assert found, f"{tool} is missing"
            (self.bin / tool).symlink_to(found)
        self.path = str(self.bin)

    def add_program(self, path: Path, script: str) -> Path:
        """Write a program of a few lines of shell."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def add_python(self, path: Path) -> Path:
        """Write a Python 3.10 that names itself, as the real one does."""
        return self.add_program(path, 'echo "$0"')

    def add_uv(self, sync: str = "true", version: str | None = None) -> None:
        """Write a uv of the pinned version whose `pip sync` is a line of shell."""
        locked = (self.root / "requirements-uv.txt").read_text(encoding="utf-8")
        pinned = re.match(r"uv==([\d.]+)", locked)
        assert pinned
        script = UV.format(version=version or pinned[1], sync=sync)
        self.add_program(self.bin / "uv", script)

    def run(self, name: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a script from another directory, with a clean environment."""
        return subprocess.run(
            ["bash", str(self.root / "scripts" / name), *arguments],
            cwd="/",
            env={"PATH": self.path, "HOME": str(self.home), **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.fixture
def finder(copy: Copy) -> Copy:
    """A copy for the search for Python, where only what a test adds can be found."""
    copy.allow_only(SEARCH_TOOLS)
    return copy


@pytest.fixture
def installer(copy: Copy) -> Copy:
    """A copy for the whole set-up, with the system's tools, two Pythons and a uv."""
    copy.path = f"{copy.bin}:/usr/bin:/bin"
    for name in ("python3.10", "python3.11"):
        copy.add_python(copy.bin / name)
    copy.add_program(copy.bin / "chromium", "true")
    copy.add_uv()
    return copy


def sync_calls(copy: Copy) -> list[str]:
    calls = copy.root / "calls"
    return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


def test_a_python_on_the_path_that_runs_is_taken(finder: Copy) -> None:
    python = finder.add_python(finder.bin / "python3.10")
    assert finder.run("find_python.sh").stdout == f"{python}\n"


def test_a_shim_that_does_not_run_is_passed_over(finder: Copy, tmp_path: Path) -> None:
    finder.add_program(finder.bin / "python3.10", SHIM)
    python = finder.add_python(tmp_path / "second bin" / "python3.10")
    finder.path += f":{python.parent}"
    assert finder.run("find_python.sh").stdout == f"{python}\n"


@pytest.mark.parametrize("variable", ["HOME", "PYENV_ROOT"])
def test_the_versions_of_pyenv_are_found_without_its_shims(finder: Copy, variable: str) -> None:
    root = finder.home / ".pyenv" if variable == "HOME" else finder.home / "other place"
    finder.add_program(finder.bin / "python3.10", SHIM)
    finder.add_program(root / "versions/3.11.7/bin/python", NEWER)
    python = finder.add_python(root / "versions/3.10.13/bin/python")
    variables = {"PYENV_ROOT": str(root)} if variable == "PYENV_ROOT" else {}
    assert finder.run("find_python.sh", **variables).stdout == f"{python}\n"


def test_the_newest_of_pyenv_is_taken(finder: Copy) -> None:
    versions = finder.home / ".pyenv" / "versions"
    for name in ("3.10.9", "3.10.14", "3.10.2"):
        finder.add_python(versions / name / "bin/python")
    assert "3.10.14" in finder.run("find_python.sh").stdout


def test_the_override_goes_before_everything_else(finder: Copy, tmp_path: Path) -> None:
    finder.add_python(finder.bin / "python3.10")
    chosen = finder.add_python(tmp_path / "chosen python")
    assert finder.run("find_python.sh", PYTHON310=str(chosen)).stdout == f"{chosen}\n"


@pytest.mark.parametrize("script", [SHIM, NEWER, INCOMPLETE])
def test_an_override_that_does_not_do_is_an_error_of_one_line(finder: Copy, script: str) -> None:
    finder.add_python(finder.bin / "python3.10")
    chosen = finder.add_program(finder.bin / "chosen", script)
    result = finder.run("find_python.sh", PYTHON310=str(chosen))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"PYTHON310={chosen} is no Python 3.10 that runs")
    assert result.stderr.count("\n") == 1


def test_another_version_is_found_the_same_way_with_an_override_of_its_own(finder: Copy) -> None:
    finder.add_python(finder.bin / "python3.10")
    newer = finder.add_python(finder.home / ".pyenv/versions/3.12.1/bin/python")
    assert finder.run("find_python.sh", "3.12").stdout == f"{newer}\n"
    chosen = finder.add_python(finder.home / "chosen")
    assert finder.run("find_python.sh", "3.12", PYTHON312=str(chosen)).stdout == f"{chosen}\n"


def test_the_real_interpreter_is_printed_and_not_that_of_an_environment(finder: Copy) -> None:
    printed = finder.run("find_python.sh", PYTHON310=sys.executable).stdout.strip()
    assert printed == str(Path(sys.executable).resolve())
    assert not (Path(printed).parents[1] / "pyvenv.cfg").exists()


def test_no_python_at_all_is_an_error_of_one_line_that_says_what_to_install(finder: Copy) -> None:
    result = finder.run("find_python.sh")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("Python 3.10 is needed")
    assert "pyenv install 3.10" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_python_that_was_built_without_headers_is_named(finder: Copy) -> None:
    python = finder.add_program(finder.bin / "python3.10", INCOMPLETE)
    assert f"({python} lacks ctypes, lzma, sqlite3 or ssl)" in finder.run("find_python.sh").stderr


def test_what_uv_downloads_is_taken_last_and_kept_in_the_project(finder: Copy) -> None:
    script = """
    mark="$UV_PYTHON_INSTALL_DIR/python3.10"
    case "$2" in
      install) mkdir -p "$UV_PYTHON_INSTALL_DIR" && echo "$@" > "$mark" ;;
      find) [ -e "$mark" ] && echo "$mark" ;;
    esac"""
    uv = finder.add_program(finder.bin / "uv", script)
    result = finder.run("find_python.sh", UV=str(uv))
    downloaded = finder.root / ".venv-tools/python/python3.10"
    assert result.stdout == f"{downloaded}\n"
    assert "Downloading Python 3.10" in result.stderr
    assert "--no-bin" in downloaded.read_text(encoding="utf-8")


def test_a_download_that_fails_is_the_same_error(finder: Copy) -> None:
    uv = finder.add_program(finder.bin / "uv", "echo a secret detail; exit 2")
    result = finder.run("find_python.sh", UV=str(uv))
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith("Python 3.10 is needed")
    assert "secret detail" not in result.stderr


def test_a_uv_of_the_pinned_version_is_used_as_it_is(installer: Copy) -> None:
    assert installer.run("get_uv.sh").stdout == f"{installer.bin / 'uv'}\n"


def test_a_uv_of_another_version_is_not_used(installer: Copy) -> None:
    installer.add_uv(version="0.0.1")
    private = installer.root / ".venv-tools/bin/uv"
    private.parent.mkdir(parents=True)
    version = (installer.root / "requirements-uv.txt").read_text(encoding="utf-8").split()[0]
    installer.add_program(private, f'echo "uv {version.removeprefix("uv==")}"')
    assert installer.run("get_uv.sh").stdout == f"{private}\n"


INSTALLS_UV = """
case "$1 $2 $3" in
  "-c import ensurepip, venv "*) exit {venv} ;;
  "-m pip --version"*) exit {pip} ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip install") mkdir -p .venv-tools/bin && echo "$@" > .venv-tools/bin/uv ;;
esac
"""


@pytest.mark.parametrize(("venv", "pip"), [(0, 1), (1, 0), (0, 0)])
def test_uv_is_installed_into_the_project_by_a_python_with_venv_or_with_pip(
    copy: Copy, venv: int, pip: int
) -> None:
    copy.allow_only(SETUP_TOOLS)
    copy.add_program(copy.bin / "python3", INSTALLS_UV.format(venv=venv, pip=pip))
    result = copy.run("get_uv.sh")
    uv = copy.root / ".venv-tools/bin/uv"
    assert result.stdout == f"{uv}\n"
    call = uv.read_text(encoding="utf-8")
    assert "--require-hashes" in call
    assert ("--target .venv-tools" in call) == bool(venv)


def test_a_python_shim_that_does_not_run_is_passed_over_for_uv_too(
    copy: Copy, tmp_path: Path
) -> None:
    copy.allow_only(SETUP_TOOLS)
    copy.add_program(copy.bin / "python3", SHIM)
    copy.add_program(tmp_path / "other" / "python3", INSTALLS_UV.format(venv=0, pip=1))
    copy.path += f":{tmp_path / 'other'}"
    assert copy.run("get_uv.sh").returncode == 0


@pytest.mark.parametrize("python", [None, INSTALLS_UV.format(venv=1, pip=1)])
def test_a_python_that_can_install_nothing_is_an_error_of_one_line(
    copy: Copy, python: str | None
) -> None:
    copy.allow_only(SETUP_TOOLS)
    copy.add_program(copy.bin / "id", "echo 1000")
    if python:
        copy.add_program(copy.bin / "python3", python)
    result = copy.run("get_uv.sh")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("There is no python3 that can install packages: install")
    assert result.stderr.count("\n") == 1


def test_as_root_on_debian_what_python_lacks_is_installed(copy: Copy, tmp_path: Path) -> None:
    copy.allow_only(SETUP_TOOLS)
    (copy.bin / "sh").symlink_to("/bin/sh")
    copy.add_program(copy.bin / "id", "echo 0")
    complete = copy.add_program(tmp_path / "complete", INSTALLS_UV.format(venv=0, pip=1))
    installs = f'[ "$1" = update ] || cp "{complete}" "{copy.bin}/python3"'
    copy.add_program(copy.bin / "apt-get", installs)
    result = copy.run("get_uv.sh")
    assert result.returncode == 0
    assert "Installing Debian's python3-venv" in result.stderr


def test_the_first_set_up_installs_from_the_lock_with_hashes(installer: Copy) -> None:
    result = installer.run("setup.sh")
    assert result.returncode == 0
    assert "Installing the assistant's libraries" in result.stderr
    (call,) = sync_calls(installer)
    assert "--require-hashes --compile-bytecode" in call
    assert call.endswith(" requirements.txt")


def test_a_second_set_up_does_and_says_nothing(installer: Copy) -> None:
    installer.run("setup.sh")
    result = installer.run("setup.sh")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert len(sync_calls(installer)) == 1


def test_a_changed_lock_installs_again(installer: Copy) -> None:
    installer.run("setup.sh")
    with (installer.root / "requirements.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    installer.run("setup.sh")
    assert len(sync_calls(installer)) == 2


def test_an_environment_that_no_longer_runs_is_made_again(installer: Copy) -> None:
    installer.run("setup.sh")
    (installer.root / ".venv/bin/python").unlink()
    assert installer.run("setup.sh").returncode == 0
    assert len(sync_calls(installer)) == 2


def test_what_tests_need_is_installed_on_request_and_then_stays(installer: Copy) -> None:
    installer.run("setup.sh")
    installer.run("setup.sh", "dev")
    installer.run("setup.sh")
    plain, dev, _ = sync_calls(installer)
    assert "requirements-dev.txt" not in plain
    assert dev.endswith(" requirements.txt requirements-dev.txt")


def test_the_set_with_tensorflow_is_one_variable_away_and_lies_beside(installer: Copy) -> None:
    installer.run("setup.sh")
    assert installer.run("setup.sh", "dev", STOCK="1").returncode == 0
    plain, stock, _ = sync_calls(installer)
    assert "--python .venv/bin/python" in plain
    assert "--python .venv-stock/bin/python" in stock
    assert stock.endswith(" requirements-stock.txt requirements-stock-dev.txt")
    assert (installer.root / ".venv/bin/python").exists()


def test_a_failed_download_is_one_clear_message_with_the_log(installer: Copy) -> None:
    installer.add_uv(sync='echo "error: Failed to fetch"; echo "  cause: dns error"; exit 2')
    result = installer.run("setup.sh")
    assert result.returncode == 1
    progress, message = result.stderr.splitlines()
    assert progress.endswith("failed")
    assert message.startswith("The libraries could not be installed: dns error. Check the internet")
    assert message.endswith("details are in .logs/setup.log.")
    assert "dns error" in (installer.root / ".logs/setup.log").read_text(encoding="utf-8")


def test_after_a_failure_the_next_set_up_tries_again(installer: Copy) -> None:
    installer.add_uv(sync="exit 2")
    installer.run("setup.sh")
    installer.add_uv()
    assert installer.run("setup.sh").returncode == 0
    assert len(sync_calls(installer)) == 2


def test_a_missing_browser_is_said_and_does_not_stop_the_set_up(installer: Copy) -> None:
    (installer.bin / "chromium").unlink()
    installer.add_program(installer.bin / "id", "echo 1000")
    installer.allow_only(SETUP_TOOLS)
    result = installer.run("setup.sh", "dev")
    assert result.returncode == 0
    assert "Chromium is missing" in result.stderr


def test_the_homeserver_of_the_matrix_tests_is_installed_once_beside(installer: Copy) -> None:
    for _ in range(2):
        assert installer.run("setup.sh", "dev").returncode == 0
    _, homeserver = sync_calls(installer)
    assert "--python .venv-synapse/bin/python --require-hashes" in homeserver
    assert homeserver.endswith(" requirements-synapse.txt")


def test_without_a_newer_python_one_line_says_so_and_the_set_up_goes_on(installer: Copy) -> None:
    for version in ("3.11", "3.12", "3.13"):
        installer.add_program(installer.bin / f"python{version}", SHIM)
    installer.allow_only(SETUP_TOOLS)
    result = installer.run("setup.sh", "dev")
    assert result.returncode == 0
    assert [line for line in result.stderr.splitlines() if not line.startswith("Inst")] == [
        "The Matrix tests need Python 3.11 or newer: install it, or set"
        " PYTHON311=/path/to/python3.11."
    ]


def test_a_homeserver_that_cannot_be_installed_does_not_stop_the_set_up(installer: Copy) -> None:
    installer.add_uv(sync='case "$*" in *synapse*) exit 2 ;; esac')
    result = installer.run("setup.sh", "dev")
    assert result.returncode == 0
    assert result.stderr.splitlines()[-1].startswith("The Matrix homeserver could not be installed")


def test_two_set_ups_at_once_install_once(installer: Copy) -> None:
    installer.add_uv(sync="sleep 0.3")
    command = ["bash", str(installer.root / "scripts/setup.sh")]
    environment = {"PATH": installer.path, "HOME": str(installer.home)}
    both = [subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert len(sync_calls(installer)) == 1


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "scripts").glob("*.sh")))
def test_every_script_is_sound_shell(name: str) -> None:
    path = ROOT / "scripts" / name
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0
    assert os.access(path, os.X_OK) == path.read_text(encoding="utf-8").startswith("#!")


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_have_hashes_and_no_addresses(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[\w.-]+==.*$", lock, flags=re.MULTILINE)
    assert pins
    assert all(pin.endswith(" \\") for pin in pins)
    assert "://" not in lock
    assert "--index-url" not in lock
