#!/usr/bin/env bash
# The lints of the wasm side. Debian's toolchain has no clippy: there, the compiler's own warnings are what is checked.
set -euo pipefail
here=$(dirname -- "${BASH_SOURCE[0]}")
. "$here/../env.sh"
args=(--locked --lib --target wasm32-unknown-unknown --no-default-features)
# The edge of ivs-wasm, then that of ivs-wasm/v2.
if [ -z "$IVS_WASM_BIN" ] || [ -x "$IVS_WASM_BIN/cargo-clippy" ]; then
  "$here/../wasm" cargo clippy "${args[@]}" -- -D warnings
  exec "$here/../wasm" cargo clippy "${args[@]}" --features v2 -- -D warnings
fi
echo "this toolchain has no clippy: compiler warnings only"
"$here/../wasm" cargo rustc "${args[@]}" --profile check -- -D warnings
exec "$here/../wasm" cargo rustc "${args[@]}" --features v2 --profile check -- -D warnings
