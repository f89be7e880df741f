"""Synapse, a real Matrix homeserver, on a free port of this machine, talking to nobody else."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.launch.child import ending_with_parent
from bot.launch.ports import HOST, free_port
from bot.launch.project import ROOT

PYTHON = ROOT / ".venv-synapse" / "bin" / "python"
SERVER = "companion.test"
SECRET = secrets.token_hex(16)
START_SECONDS = 60.0
_LOGGING = {
    "version": 1,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"level": "WARNING", "handlers": ["console"]},
}
_FAST = {"per_second": 1000, "burst_count": 1000}

_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


@dataclass(frozen=True)
class Account:
    """Somebody who is logged in."""

    user: str
    token: str


@dataclass(frozen=True)
class Synapse:
    """A running homeserver."""

    url: str

    def register(self, name: str) -> Account:
        """A new account, by the secret that the configuration shares."""
        path = "/_synapse/admin/v1/register"
        nonce = self._ask(path)["nonce"]
        password = secrets.token_hex(8)
        signed = "\0".join((nonce, name, password, "notadmin")).encode()
        given = {
            "nonce": nonce,
            "username": name,
            "password": password,
            "displayname": name.title(),
            "mac": hmac.new(SECRET.encode(), signed, hashlib.sha1).hexdigest(),
        }
        made = self._ask(path, given)
        return Account(made["user_id"], made["access_token"])

    def answers(self) -> bool:
        """Whether it can be talked to."""
        with contextlib.suppress(OSError):
            return bool(self._ask("/_matrix/client/versions"))
        return False

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        with _open(urllib.request.Request(f"{self.url}{path}", data)) as answer:
            return json.loads(answer.read())


@contextmanager
def running_synapse(directory: Path) -> Iterator[Synapse]:
    """A homeserver that keeps everything in a directory; stopped in any case.

    Where it is not installed, tests are left out; not so where nothing may be left out.
    """
    if not PYTHON.exists():
        missing = "Synapse is missing: install Python 3.11 or newer, then `make setup-dev`."
        pytest.fail(missing, pytrace=False) if os.environ.get("CI") else pytest.skip(missing)
    port = free_port()
    settings = _settings(directory, port)
    (directory / "homeserver.yaml").write_text(json.dumps(settings), encoding="utf-8")
    (directory / "logging.yaml").write_text(json.dumps(_LOGGING), encoding="utf-8")
    key = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    (directory / "signing.key").write_text(f"ed25519 a_test {key}\n", encoding="ascii")
    log = directory / "synapse.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(PYTHON), "-m", "synapse.app.homeserver", "-c", "homeserver.yaml"],
            cwd=directory,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=ending_with_parent(),
        )
    try:
        synapse = Synapse(f"http://{HOST}:{port}")
        _wait_until_ready(synapse, process, log)
        yield synapse
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _wait_until_ready(synapse: Synapse, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not synapse.answers():
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail(f"Synapse did not start:\n{log.read_text()[-2000:]}", pytrace=False)
        time.sleep(0.1)


def _settings(directory: Path, port: int) -> dict[str, Any]:
    """Nothing leaves this machine: no federation, no key servers, no reports, no previews."""
    return {
        "server_name": SERVER,
        "report_stats": False,
        "federation_domain_whitelist": [],
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "registration_shared_secret": SECRET,
        "pid_file": str(directory / "pid"),
        "signing_key_path": str(directory / "signing.key"),
        "media_store_path": str(directory / "media"),
        "log_config": str(directory / "logging.yaml"),
        "database": {"name": "sqlite3", "args": {"database": str(directory / "homeserver.db")}},
        "listeners": [
            {
                "port": port,
                "bind_addresses": [HOST],
                "type": "http",
                "resources": [{"names": ["client"]}],
            }
        ],
        # People in tests are faster than people; the limits are tested against the stub.
        "rc_message": _FAST,
        "rc_registration": _FAST,
        "rc_room_creation": _FAST,
        "rc_invites": {"per_room": _FAST, "per_user": _FAST, "per_issuer": _FAST},
        "rc_joins": {"local": _FAST, "remote": _FAST},
    }
