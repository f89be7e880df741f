#!/usr/bin/env bash
# Print the path of a Python 3.10 that really runs; where there is none, say what to install.
#
# PYTHON310  the interpreter to take, instead of looking for one
# UV         the path of uv, which may download one into .venv-tools/
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. scripts/common.sh

# Prints the real interpreter: neither a shim of pyenv nor the one of an active environment.
readonly probe='import sys; sys.version_info[:2] == (3, 10) or sys.exit(3)
import ctypes, lzma, os, sqlite3, ssl; print(os.path.realpath(sys.executable))'

candidates() {
  local root
  # A shim of pyenv may be on PATH and exit 127, so each one is tried, and pyenv's own directory.
  type -aP python3.10 || true
  for root in "${PYENV_ROOT:-}" "${HOME:-}/.pyenv"; do
    printf '%s\n' "$root"/versions/3.10.*/bin/python | sort -rV
  done
}

if [ -n "${PYTHON310:-}" ]; then
  "$PYTHON310" -I -c "$probe" 2>/dev/null && exit
  fail "PYTHON310=$PYTHON310 is no Python 3.10 that runs and has ctypes, lzma, sqlite3 and ssl:" \
    "set it to one that has, or unset it."
fi

incomplete=''
while IFS= read -r candidate; do
  status=0
  "$candidate" -I -c "$probe" 2>/dev/null || status=$?
  case "$status" in
    0) exit ;;
    # Python's status of an ImportError: built without the libraries' headers.
    1) incomplete=" ($candidate lacks ctypes, lzma, sqlite3 or ssl)" ;;
  esac
done < <(candidates)

# Neither the user's other Pythons nor ~/.local/bin are touched.
export UV_PYTHON_INSTALL_DIR="$PWD/.venv-tools/python"
managed() { "$UV" python find --managed-python --no-project 3.10 2>/dev/null; }
if [ -n "${UV:-}" ]; then
  managed && exit
  with_progress "Downloading Python 3.10" "$UV" python install --no-bin 3.10 && managed && exit
fi

fail "Python 3.10 is needed and was neither found$incomplete nor could it be downloaded: install" \
  "it (for example with pyenv: pyenv install 3.10) or set PYTHON310=/path/to/python3.10."
