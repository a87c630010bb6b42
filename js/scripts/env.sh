# Sourced by every script that needs the tools which setup.sh put in the cache. Sets variables only; starts nothing.
#
#   IVS_WASM_CACHE      where the tools live (default: the user's cache folder)
#   IVS_WASM_BIN        toolchain folder to put before PATH for wasm builds; empty: the user's own toolchain has the target
#   IVS_WASM_TOOLCHAIN  `user`, `rustup` or `debian` forces one of the three ways of setup/toolchain.sh

: "${IVS_WASM_CACHE:=${XDG_CACHE_HOME:-$HOME/.cache}/ivs-wasm}"
export IVS_WASM_CACHE
IVS_WASM_ROOT=$(CDPATH= cd -- "$(dirname -- "${BASH_SOURCE[0]:-$0}")/../.." && pwd)
export IVS_WASM_ROOT

# The version of a package that Cargo.lock holds: the tools must match the crates to the digit.
locked_version() {
  awk -v want="name = \"$1\"" '$0 == want { found = 1 } found && /^version = / { gsub(/"/, "", $3); print $3; exit }' \
    "$IVS_WASM_ROOT/Cargo.lock"
}
IVS_WASM_BINDGEN_VERSION=$(locked_version wasm-bindgen)
IVS_WASM_PACK_VERSION=0.15.1
IVS_WASM_GECKODRIVER_VERSION=0.37.1
export IVS_WASM_BINDGEN_VERSION IVS_WASM_PACK_VERSION IVS_WASM_GECKODRIVER_VERSION

IVS_WASM_BIN=
if [ "${IVS_WASM_TOOLCHAIN:-}" != user ] && [ -s "$IVS_WASM_CACHE/toolchain.path" ]; then
  IVS_WASM_BIN=$(cat "$IVS_WASM_CACHE/toolchain.path")
fi
export IVS_WASM_BIN

for tool in "wasm-bindgen-$IVS_WASM_BINDGEN_VERSION" "wasm-pack-$IVS_WASM_PACK_VERSION" \
  "geckodriver-$IVS_WASM_GECKODRIVER_VERSION"; do
  case ":$PATH:" in
    *":$IVS_WASM_CACHE/$tool/bin:"*) ;;
    *) PATH="$IVS_WASM_CACHE/$tool/bin:$PATH" ;;
  esac
done
# After PATH, not before: node_modules/.bin holds a newer `node` and must not replace the one in use.
case ":$PATH:" in
  *":$IVS_WASM_ROOT/js/node_modules/.bin:"*) ;;
  *) PATH="$PATH:$IVS_WASM_ROOT/js/node_modules/.bin" ;;
esac
export PATH

export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
for driver in /usr/bin/chromedriver /usr/local/bin/chromedriver /opt/homebrew/bin/chromedriver; do
  if [ -x "$driver" ]; then export CHROMEDRIVER="${CHROMEDRIVER:-$driver}"; break; fi
done
# Seconds. The wasm of a test build is slow and a busy machine slower: a page may say nothing for a while.
export WASM_BINDGEN_TEST_TIMEOUT="${WASM_BINDGEN_TEST_TIMEOUT:-600}" WASM_BINDGEN_TEST_DRIVER_TIMEOUT="${WASM_BINDGEN_TEST_DRIVER_TIMEOUT:-120}"
IVS_WASM_PYTHON="$IVS_WASM_CACHE/python/bin/python"
export IVS_WASM_PYTHON
