#!/usr/bin/env bash
# Print the path of the pinned uv, the installer; get it with the system's python3 where it is
# missing. It goes to .venv-tools/ in this directory, nowhere else.
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. scripts/common.sh

readonly tools=.venv-tools
version="$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements-uv.txt)"
readonly version

is_pinned() {
  [ -x "$1" ] && [ "$("$1" --version 2>/dev/null | cut -d ' ' -f 2)" = "$version" ]
}

# Debian's python3 has neither venv nor pip until python3-venv or python3-pip is installed.
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }
has_pip() { "$1" -m pip --version >/dev/null 2>&1; }

# The first python3 that can install; a shim of pyenv may be first on PATH and not run.
find_installing_python() {
  local python
  while IFS= read -r python; do
    if has_venv "$python" || has_pip "$python"; then
      printf '%s\n' "$python"
      return
    fi
  done < <(type -aP python3)
  return 1
}

install_venv_package() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null &&
    with_progress "Installing Debian's python3-venv" \
      sh -c 'apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y python3-venv'
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

for candidate in "$(type -P uv || true)" "$PWD/$tools/bin/uv"; do
  if is_pinned "$candidate"; then
    printf '%s\n' "$candidate"
    exit
  fi
done

python="$(find_installing_python)" || { install_venv_package && python="$(find_installing_python)"; } ||
  fail "There is no python3 that can install packages: install python3-venv (on Debian, as root:" \
    "apt-get install python3-venv) and run this again."
with_progress "Getting the installer (uv $version)" install_uv "$python" ||
  fail "uv $version could not be installed. Check the internet connection and run this again;" \
    "details are in $setup_log."
printf '%s\n' "$PWD/$tools/bin/uv"
