#!/usr/bin/env bash
# Write the hash-locked requirements from the *.in files. Pins stay as they are unless their *.in
# file asks for another; `scripts/lock.sh --upgrade` takes the newest of everything that may move.
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

uv="$(scripts/get_uv.sh)"
# No index address and no header: the lock is the same wherever it was made.
hashed=(--quiet --generate-hashes --no-emit-index-url --no-header "$@")
options=(--python-version 3.10 "${hashed[@]}")

# The system's python3 installs uv, hence no marker of Python 3.10 on it.
"$uv" pip compile "${options[@]}" requirements-uv.in --output-file requirements-uv.txt

# Another Python, and none of the kinds of machine that pyproject.toml names for Python 3.10.
"$uv" pip compile --no-config --python-version 3.11 --universal "${hashed[@]}" \
  requirements-synapse.in --output-file requirements-synapse.txt

# lock_set LOCK OVERRIDES OPTION...: what the assistant needs, then what tests need beside it.
lock_set() {
  local lock="$1" overrides="$2"
  shift 2
  "$uv" pip compile "${options[@]}" --universal "$@" requirements.in \
    --overrides overrides/both.txt --overrides "$overrides" --output-file "$lock.txt"
  "$uv" pip compile "${options[@]}" --universal "$@" requirements-dev.in \
    --constraint "$lock.txt" --output-file "$lock-dev.txt"
}

readonly wheels=.cache/standins
python3 standins/build_wheels.py "$wheels"
lock_set requirements overrides/lean.txt --find-links "$wheels"
lock_set requirements-stock overrides/stock.txt
