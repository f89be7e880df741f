# Sourced by the other scripts: one line for what takes long, one line for what goes wrong.

# Where the details go.
readonly setup_log=.logs/setup.log

# uv brings its own certificates; behind a company's proxy the machine's are the right ones.
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
  export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
fi

# fail MESSAGE: say what to do and end.
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# with_progress MESSAGE COMMAND...: run quietly, with dots on a terminal and the seconds it took.
with_progress() {
  local message="$1" start=$SECONDS ticker='' status=0
  shift
  mkdir -p -m 700 .logs
  printf '%s ...' "$message" >&2
  if [ -t 2 ]; then
    # `sleep` must hold neither the terminal nor the set-up's lock (9) when this script has ended.
    (while sleep 5 >/dev/null 2>&1 9>&-; do printf . >&2; done) &
    ticker=$!
    trap 'kill "$ticker" 2>/dev/null || true' EXIT
  fi
  "$@" >>"$setup_log" 2>&1 </dev/null || status=$?
  if [ -n "$ticker" ]; then
    kill "$ticker" 2>/dev/null || true
    trap - EXIT
  fi
  if [ "$status" -eq 0 ]; then
    printf ' %s s\n' "$((SECONDS - start))" >&2
  else
    printf ' failed\n' >&2
  fi
  return "$status"
}
