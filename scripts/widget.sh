#!/usr/bin/env bash
# Build the chat widget (`widget.sh build`), or check that the built file is what its source gives
# (`widget.sh check`). Needs Node and npm; running the assistant does not.
set -euo pipefail
CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../widget"

if ! command -v npm >/dev/null; then
  echo "npm is missing: it builds the widget (on Debian: apt-get install npm)." >&2
  exit 1
fi
npm ci --silent --no-progress
npx --no-install tsc
case "${1:-}" in
  build)
    node build.mjs
    echo "Built bot/widget/widget.js, $(gzip -9c ../bot/widget/widget.js | wc -c) bytes gzipped."
    ;;
  check)
    built="$(mktemp)"
    trap 'rm -f "$built"' EXIT
    node build.mjs "$built"
    cmp "$built" ../bot/widget/widget.js || {
      echo "bot/widget/widget.js does not match widget/src: run make widget." >&2
      exit 1
    }
    echo "bot/widget/widget.js matches its source."
    ;;
  *) echo "Use: scripts/widget.sh build or check" >&2 && exit 2 ;;
esac
