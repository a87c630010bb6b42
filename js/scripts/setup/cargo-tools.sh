# Tools that cargo compiles: wasm-bindgen's command line, wasm-pack, geckodriver. Each in a folder named by its version. And the crates of
# Cargo.lock, those of the wasm among them, since some tests may not ask a registry.

have_bindgen() { [ -f "$IVS_WASM_CACHE/wasm-bindgen-$IVS_WASM_BINDGEN_VERSION/done" ]; }
do_bindgen() { cargo_tool wasm-bindgen-cli wasm-bindgen "$IVS_WASM_BINDGEN_VERSION" release; }
packages_bindgen() { packages_cc; }

have_wasm_pack() { [ -f "$IVS_WASM_CACHE/wasm-pack-$IVS_WASM_PACK_VERSION/done" ]; }
do_wasm_pack() { cargo_tool wasm-pack wasm-pack "$IVS_WASM_PACK_VERSION" release; }
packages_wasm_pack() { packages_cc; }

have_geckodriver() { [ -f "$IVS_WASM_CACHE/geckodriver-$IVS_WASM_GECKODRIVER_VERSION/done" ]; }
do_geckodriver() { cargo_tool geckodriver geckodriver "$IVS_WASM_GECKODRIVER_VERSION" debug; }
packages_geckodriver() { packages_cc; }

packages_cc() { command -v cc >/dev/null || echo gcc libc6-dev; }

# cargo_tool CRATE NAME VERSION PROFILE. The tools share one scratch build folder, since they share most of their crates;
# it goes when no stage needs it any more. Light optimisation: compiling them is the longest step of a cold set-up.
cargo_tool() {
  local dest="$IVS_WASM_CACHE/$2-$3" profile=
  command -v cc >/dev/null || wait_for_packages
  [ "$4" = release ] || profile=--debug
  rm -rf "$dest"
  # The tool's own lock file where the registry at hand has all it names (a mirror may lag), else what fits.
  # No list: to the bash of macOS an empty one is an unset variable.
  cargo_install "$dest" "=$3" "$1" $profile --locked || cargo_install "$dest" "=$3" "$1" $profile
  stamp "$dest/done" "$3"
  if { [ "$4" = debug ] || have_bindgen; } && have_wasm_pack; then rm -rf "$IVS_WASM_CACHE/scratch"; fi
}

cargo_install() {
  local dest=$1 version=$2 crate=$3
  shift 3
  env -u RUSTFLAGS -u CARGO_BUILD_TARGET CARGO_TARGET_DIR="$IVS_WASM_CACHE/scratch" \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=0 \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_STRIP=symbols CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install --root "$dest" --version "$version" "$crate" "$@"
}

have_crates() { fetch_crates --offline 2>/dev/null; }
do_crates() { fetch_crates; }

fetch_crates() {
  cargo fetch --quiet --locked --manifest-path "$IVS_WASM_ROOT/Cargo.toml" --target wasm32-unknown-unknown \
    --target "$(rustc -vV | sed -n 's/^host: //p')" "$@"
}
