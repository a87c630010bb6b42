# Messages, stamps, the lock and the lanes of setup.sh. Sourced by it.

say() { printf 'setup: %s\n' "$*" >&2; }
die() { printf 'setup: error: %s\n' "$*" >&2; exit 1; }

# Two set-ups at once would build the same tool twice, or worse, into the same folder.
take_lock() {
  local waited=0 absent=0 owner
  until mkdir "$IVS_WASM_CACHE/lock" 2>/dev/null; do
    # No lock, and none to be had: a folder of another user, or a full disk. (Once it may be that one was given back just now.)
    if [ ! -d "$IVS_WASM_CACHE/lock" ]; then
      absent=$((absent + 1))
      [ "$absent" -lt 5 ] || die "cannot write to the cache: $(mkdir "$IVS_WASM_CACHE/lock" 2>&1)"
      sleep 0.2
      continue
    fi
    absent=0
    owner=$(cat "$IVS_WASM_CACHE/lock/pid" 2>/dev/null || true)
    # One that was killed before it could say who it is leaves a lock without an owner.
    if { [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; } || { [ -z "$owner" ] && [ "$waited" -ge 10 ]; }; then
      say "removing the lock of a set-up that is gone (process ${owner:-unknown})"
      rm -rf "$IVS_WASM_CACHE/lock"
      continue
    fi
    [ $((waited % 30)) -ne 0 ] || say "waiting for another set-up (process ${owner:-unknown}) to end"
    sleep 2
    waited=$((waited + 2))
  done
  echo $$ > "$IVS_WASM_CACHE/lock/pid"
  trap 'end_lanes; rm -rf "$IVS_WASM_CACHE/lock" "$IVS_WASM_CACHE/lanes"' EXIT
}

# run_stages NAME…: those of them that are missing, one after another. Each logs to its own file and says how it goes.
run_stages() {
  local stage
  for stage in "$@"; do
    case " $missing " in *" $stage "*) ;; *) continue ;; esac
    if "have_${stage//-/_}"; then continue; fi # another set-up did it while this one waited for the lock
    run_stage "$stage"
  done
}

run_stage() {
  local stage=$1 log="$IVS_WASM_CACHE/log/$1.log" start=$SECONDS
  say "$stage: started"
  ( set -e; "do_${stage//-/_}" ) >"$log" 2>&1 &
  if watch_job $! "$stage" "$log"; then
    "have_${stage//-/_}" || die "$stage ended well but its stamp is missing; see $log"
    say "$stage: done in $((SECONDS - start))s"
  else
    say "$stage: FAILED; the end of $log:"
    tail -n 25 "$log" | sed "s/^/setup: $stage | /" >&2
    return 1
  fi
}

# watch_job PID NAME LOG: says every 20 s what the job's last line is, and gives back its exit status.
watch_job() {
  local pid=$1 ticks=0
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    ticks=$((ticks + 1))
    if [ $((ticks % 100)) -eq 0 ]; then
      say "$2: $((ticks / 5))s … $(tail -n 1 "$3" | tr -d '\r' | cut -c1-100)"
    fi
  done
  wait "$pid"
}

# run_lanes FUNCTION…: all at once; a lane that fails lets the others end, then the set-up fails.
run_lanes() {
  local lane failed=0 pid
  rm -rf "$IVS_WASM_CACHE/lanes"
  mkdir -p "$IVS_WASM_CACHE/lanes"
  # Each in a process group of its own: what runs in the background does not hear Ctrl-C, and would go on without the lock.
  set -m
  for lane in "$@"; do
    ( set -e; trap - EXIT; "$lane" ) </dev/null &
    lanes="$lanes $!"
  done
  set +m
  for pid in $lanes; do wait "$pid" || failed=1; done
  lanes=
  [ "$failed" -eq 0 ] || die "a stage failed (see above); the next run goes on from here"
}

lanes=
end_lanes() { for pid in $lanes; do kill -TERM -- "-$pid" 2>/dev/null || true; done; }

# stamped FILE TEXT / stamp FILE TEXT: a stage is done when its stamp holds exactly the version wanted.
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
stamp() { printf '%s\n' "$2" > "$1"; }

hash_of() { cat "$@" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-16; }
