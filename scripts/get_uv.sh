#!/usr/bin/env bash
# Print the path of the pinned uv, the installer; get it with the system's python3 where it is
# missing. It goes to .venv-tools/ in this directory, nowhere else.
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. scripts/common.sh

readonly tools=.venv-tools
readonly version="$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements-uv.txt)"

is_pinned() {
  [ -x "$1" ] && [ "$("$1" --version 2>/dev/null | cut -d ' ' -f 2)" = "$version" ]
}

system_python() {
  local python
  # A shim of pyenv may be first on PATH and not run.
  for python in python3 /usr/bin/python3 /usr/local/bin/python3; do
    if "$python" -c '' 2>/dev/null; then
      printf '%s\n' "$python"
      return
    fi
  done
  fail "python3 is missing: install it (on Debian: apt-get install python3 python3-venv)."
}

# Debian's python3 has neither venv nor pip until python3-venv or python3-pip is installed.
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }
has_pip() { "$1" -m pip --version >/dev/null 2>&1; }

install_venv_package() {
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    with_progress "Installing Debian's python3-venv" \
      sh -c 'apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y python3-venv' || true
  fi
  has_venv /usr/bin/python3 ||
    fail "python3 can make no virtual environment: install python3-venv (on Debian, as root:" \
      "apt-get install python3-venv), then run this again."
}

install_uv() {
  local python="$1" pip=(install --require-hashes --no-deps -r requirements-uv.txt)
  rm -rf "$tools"
  # A user's pip configuration may say `user = true`, which fits neither way.
  export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1
  if has_venv "$python"; then
    "$python" -m venv "$tools" && "$tools/bin/python" -m pip "${pip[@]}"
  else
    "$python" -m pip "${pip[@]}" --target "$tools"
  fi
}

for candidate in "$(command -v uv || true)" "$PWD/$tools/bin/uv"; do
  if is_pinned "$candidate"; then
    printf '%s\n' "$candidate"
    exit
  fi
done

python="$(system_python)"
if ! has_venv "$python" && ! has_pip "$python"; then
  install_venv_package
  python=/usr/bin/python3
fi
with_progress "Getting the installer (uv $version)" install_uv "$python" ||
  fail "uv $version could not be installed. Check the internet connection and run this again;" \
    "details are in $setup_log."
printf '%s\n' "$PWD/$tools/bin/uv"
