#!/usr/bin/env bash
# Puts everything the build and the tests need in a cache folder, each stage once. Usage: setup.sh [stage…]
#   build      = toolchain release-std bindgen crates npm
#   test       = build chromium python wasm-pack             (the default)
#   matrix     = test firefox webkit geckodriver oldest-rust
# A stage whose version stamp is there costs milliseconds. Nothing in the user's rustup or home is changed but the cache.
set -euo pipefail
here=$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
. "$here/env.sh"
. "$here/setup/common.sh"
. "$here/setup/apt.sh"
. "$here/setup/toolchain.sh"
. "$here/setup/toolchain-debian.sh"
. "$here/setup/oldest-rust.sh"
. "$here/setup/cargo-tools.sh"
. "$here/setup/npm.sh"
. "$here/setup/python.sh"
. "$here/setup/browsers.sh"

expand() {
  for name in "$@"; do
    case $name in
      build) expand toolchain release-std bindgen crates npm ;;
      test) expand build chromium python wasm-pack ;;
      matrix) expand test firefox webkit geckodriver oldest-rust ;;
      toolchain | release-std | bindgen | crates | npm | chromium | python | wasm-pack | firefox | webkit | geckodriver | oldest-rust) echo "$name" ;;
      *) die "unknown stage '$name' (build, test, matrix, toolchain, release-std, bindgen, crates, npm, chromium, python, wasm-pack, firefox, webkit, geckodriver, oldest-rust)" ;;
    esac
  done
}
wanted=$(expand "${@:-test}")

missing=
for stage in $wanted; do
  case " $missing " in *" $stage "*) continue ;; esac
  if "have_${stage//-/_}"; then continue; fi
  missing="$missing $stage"
done
if [ -z "$missing" ]; then exit 0; fi

mkdir -p "$IVS_WASM_CACHE/log"
say "to install:$missing (into $IVS_WASM_CACHE; logs in its folder log)"
take_lock
# Three lanes side by side: what apt brings, what compiles, what is downloaded. Within a lane: in order.
lane_apt() { install_packages; run_stages toolchain release-std chromium firefox webkit oldest-rust; }
lane_cargo() { run_stages bindgen wasm-pack geckodriver; }
lane_download() { run_stages crates npm python; }
run_lanes lane_apt lane_cargo lane_download
say "done in ${SECONDS}s"
