#!/usr/bin/env bash
# Install the server of Telegram's Bot API that a test talks to, where something changed. Without
# npm, or without the internet, that test is skipped; the others play Telegram themselves.
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. scripts/common.sh

readonly server=tests/channels/telegram_test_server
readonly installed=$server/node_modules/.locked

cmp -s $server/package-lock.json $installed && exit
if ! command -v npm >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  with_progress "Installing Debian's npm for a test against a Telegram server" \
    sh -c 'apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends npm' || true
fi
if ! command -v npm >/dev/null; then
  echo "npm is missing: the test against a Telegram server is skipped (on Debian: apt-get install npm)." >&2
elif with_progress "Installing the Telegram test server" npm --prefix $server ci --no-progress; then
  cp $server/package-lock.json $installed
else
  echo "The Telegram test server could not be installed; its test is skipped. See $setup_log." >&2
fi
