#!/usr/bin/env bash
# Make .venv with what the assistant needs; `setup.sh dev` adds what tests and checks need.
# The homeserver that the Matrix tests talk to needs a newer Python, hence .venv-synapse beside it.
# Quick when nothing changed. Touches nothing outside this directory but Debian's packages that are missing.
#
# STOCK  where set, make .venv-stock instead, with the real TensorFlow
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. scripts/common.sh

if [ -n "${STOCK:-}" ]; then
  readonly venv=.venv-stock requirements=requirements-stock gigabytes=4
else
  readonly venv=.venv requirements=requirements gigabytes=2
fi
# Copies of the lock files that the environment was made from.
readonly installed=$venv/.locked
# TensorFlow's stand-ins, made from standins/; their hashes are in the lock.
readonly wheels=.cache/standins
locks=("$requirements.txt")
# Once there, the tests' libraries stay: `make run` and `make test` would undo each other.
if [ "${1:-}" = dev ] || [ -e "$installed/$requirements-dev.txt" ]; then
  locks+=("$requirements-dev.txt")
fi

one_at_a_time() {
  mkdir -p -m 700 .logs
  exec 9>.logs/setup.lock
  command -v flock >/dev/null || return 0
  flock -n 9 || { echo "Waiting for another set-up to finish ..." >&2 && flock 9; }
}

runs_python310() { "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))'; }

is_current() {
  local lock
  for lock in "${locks[@]}"; do
    cmp -s "$lock" "$installed/$lock" || return 1
  done
  runs_python310 2>/dev/null
}

make_environment() {
  local uv python
  : >"$setup_log"
  uv="$(scripts/get_uv.sh)"
  if ! runs_python310 2>/dev/null; then
    python="$(UV="$uv" scripts/find_python.sh)"
    "$uv" venv --quiet --clear --python "$python" "$venv" >>"$setup_log" 2>&1 ||
      fail "No virtual environment could be made in $venv; details are in $setup_log."
  fi
  rm -rf "$installed"
  with_progress "Installing the assistant's libraries, about a minute" install_libraries "$uv" ||
    fail "The libraries could not be installed: $(cause). Check the internet connection and the" \
      "disk ($gigabytes GB are needed) and run this again; details are in $setup_log."
  mkdir "$installed"
  cp "${locks[@]}" "$installed/"
}

# The few packages that have to be built are built with locked versions too.
install_libraries() {
  local python="$venv/bin/python" offered=()
  # A stand-in's version would satisfy the stock lock as well: there it must not be on offer.
  [ -n "${STOCK:-}" ] || offered=(--find-links "$wheels")
  mkdir -p "$wheels" &&
    "$python" standins/build_wheels.py "$wheels" &&
    "$1" pip sync --python "$python" --require-hashes --compile-bytecode "${offered[@]}" \
      --build-constraints "$requirements.txt" "${locks[@]}" &&
    "$python" -m compileall -q bot actions
}

# The innermost cause that uv names, without its mark.
cause() {
  sed -n 's/^[^[:alnum:]]*\(error\|cause\|Caused by\): //p' "$setup_log" | tail -n 1 | cut -c 1-200
}

# Browser tests drive Debian's Chromium; a missing one fails them, not the set-up.
ensure_browser() {
  local browser
  for browser in chromium chromium-browser google-chrome; do
    command -v "$browser" >/dev/null && return
  done
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    with_progress "Installing Debian's Chromium for the browser tests" \
      sh -c 'apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y chromium' && return
  fi
  echo "Chromium is missing: the browser tests need it (on Debian, as root:" \
    "apt-get install chromium)." >&2
}

# Any that is there; where none is, uv may download one.
find_newer_python() {
  local version
  for version in 3.11 3.12 3.13; do
    UV='' scripts/find_python.sh "$version" 2>/dev/null && return
  done
  UV="$1" scripts/find_python.sh 3.11 2>>"$setup_log"
}

make_synapse() {
  local uv="$1" python="$2" lock=requirements-synapse.txt
  "$uv" venv --quiet --clear --python "$python" .venv-synapse &&
    "$uv" pip sync --python .venv-synapse/bin/python --require-hashes --compile-bytecode "$lock" &&
    cp "$lock" .venv-synapse/.locked
}

# A missing homeserver fails or leaves out the tests that talk to it, not the set-up.
ensure_synapse() {
  local uv python
  cmp -s requirements-synapse.txt .venv-synapse/.locked &&
    .venv-synapse/bin/python -c '' 2>/dev/null && return
  uv="$(scripts/get_uv.sh)"
  if ! python="$(find_newer_python "$uv")"; then
    echo "The Matrix tests need Python 3.11 or newer: install it, or set" \
      "PYTHON311=/path/to/python3.11." >&2
    return
  fi
  with_progress "Installing the Matrix homeserver for the tests" make_synapse "$uv" "$python" ||
    echo "The Matrix homeserver could not be installed; details are in $setup_log." >&2
}

one_at_a_time
is_current || make_environment
if [ "${1:-}" = dev ]; then
  ensure_browser
  ensure_synapse
fi
