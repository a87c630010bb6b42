# System packages: all that the missing stages need, in one apt run. Each stage lists its own in packages_<stage>.

# Stages that use a system package call this first: it returns when the apt lane has installed everything.
wait_for_packages() {
  until [ -f "$IVS_WASM_CACHE/lanes/packages" ]; do sleep 0.2; done
  [ "$(cat "$IVS_WASM_CACHE/lanes/packages")" = ok ] || { echo "the system packages could not be installed"; return 1; }
}

install_packages() {
  local stage list=
  for stage in $missing; do
    if type "packages_${stage//-/_}" >/dev/null 2>&1; then list="$list $("packages_${stage//-/_}")"; fi
  done
  list=$(echo $list)
  if [ -z "$list" ] || apt_install "$list"; then
    echo ok > "$IVS_WASM_CACHE/lanes/packages"
  else
    echo failed > "$IVS_WASM_CACHE/lanes/packages"
    return 1
  fi
}

apt_install() {
  local list=$1 log="$IVS_WASM_CACHE/log/apt.log" start=$SECONDS
  command -v apt-get >/dev/null || { say "this system has no apt; install by hand what gives: $list"; return 1; }
  [ "$(id -u)" -eq 0 ] || { say "not root: please run  sudo apt-get install --no-install-recommends $list  and start again"; return 1; }
  say "apt: installing $list"
  ( export DEBIAN_FRONTEND=noninteractive
    options=(-o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -y --no-install-recommends --no-remove)
    # With the lists at hand an update is time lost; without them, or with stale ones, the first try fails.
    apt-get install "${options[@]}" $list || { apt-get update && apt-get install "${options[@]}" $list; }
  ) </dev/null >"$log" 2>&1 &
  if watch_job $! apt "$log"; then
    say "apt: done in $((SECONDS - start))s"
  else
    say "apt: FAILED; the end of $log:"
    tail -n 15 "$log" | sed 's/^/setup: apt | /' >&2
    return 1
  fi
}
