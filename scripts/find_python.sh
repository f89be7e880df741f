#!/usr/bin/env bash
# Print the path of a Python that really runs, of the version given (3.10 unless told); where there
# is none, say what to install.
#
# PYTHON310  the interpreter to take for 3.10, instead of looking for one; PYTHON311 for 3.11 ...
# UV         the path of uv, which may download one into .venv-tools/
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. scripts/common.sh

readonly version="${1:-3.10}"
readonly override="PYTHON${version/./}"

# Prints the real interpreter: neither a shim of pyenv nor the one of an active environment.
readonly probe="import sys; '%d.%d' % sys.version_info[:2] == '$version' or sys.exit(3)
import ctypes, lzma, os, sqlite3, ssl; print(os.path.realpath(sys.executable))"

candidates() {
  local root
  # A shim of pyenv may be on PATH and exit 127, so each one is tried, and pyenv's own directory.
  type -aP "python$version" || true
  for root in "${PYENV_ROOT:-}" "${HOME:-}/.pyenv"; do
    printf '%s\n' "$root/versions/$version".*/bin/python | sort -rV
  done
}

if [ -n "${!override:-}" ]; then
  "${!override}" -I -c "$probe" 2>/dev/null && exit
  fail "$override=${!override} is no Python $version that runs and has ctypes, lzma, sqlite3 and ssl:" \
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
managed() { "$UV" python find --managed-python --no-project "$version" 2>/dev/null; }
if [ -n "${UV:-}" ]; then
  managed && exit
  with_progress "Downloading Python $version" "$UV" python install --no-bin "$version" &&
    managed && exit
fi

fail "Python $version is needed and was neither found$incomplete nor could it be downloaded: install" \
  "it (for example with pyenv: pyenv install $version) or set $override=/path/to/python$version."
