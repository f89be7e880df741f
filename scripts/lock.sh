#!/usr/bin/env bash
# Write the hash-locked requirements from the *.in files. Pins stay as they are unless their *.in
# file asks for another; `scripts/lock.sh --upgrade` takes the newest of everything that may move.
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

uv="$(scripts/get_uv.sh)"
# No index address and no header: the lock is the same wherever it was made.
options=(--quiet --python-version 3.10 --generate-hashes --no-emit-index-url --no-header "$@")

# The system's python3 installs uv, hence no marker of Python 3.10 on it.
"$uv" pip compile "${options[@]}" requirements-uv.in --output-file requirements-uv.txt
for name in requirements requirements-dev; do
  "$uv" pip compile "${options[@]}" --universal "$name.in" --output-file "$name.txt"
done
