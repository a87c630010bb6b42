# A Rust that compiles to wasm32-unknown-unknown, found or made, without touching the user's rustup:
#   user     the user's own toolchain, if it has the target;
#   rustup   else the same version with the target in a rustup home of our own, if rustup can download;
#   debian   else Debian's compiler (rustc-web) with a standard library compiled from Debian's copy of its sources.
# IVS_WASM_TOOLCHAIN forces one. The result is one line in toolchain.path: the bin folder to put before PATH for wasm
# builds, or nothing for the user's own.

target=wasm32-unknown-unknown
toolchain_recipe=1 # raise when the making of `debian` changes

have_toolchain() {
  [ -f "$IVS_WASM_CACHE/toolchain.path" ] || return 1
  local bin
  bin=$(cat "$IVS_WASM_CACHE/toolchain.path")
  case "${IVS_WASM_TOOLCHAIN:-}/$bin" in
    user/ | rustup/*/rustup/* | debian/*/debian-*) ;;
    /*) ;;
    *) return 1 ;;
  esac
  if [ -z "$bin" ]; then user_has_target; else stamped "$bin/../done" "$(toolchain_version "$bin")"; fi
}

# What the folder was made from. Debian's compiler may be upgraded under it, and refuses what another one compiled.
toolchain_version() {
  case $1 in
    */debian-*) echo "recipe $toolchain_recipe $(/usr/bin/rustc -V 2>/dev/null)" ;;
    *) echo rustup ;;
  esac
}

user_has_target() { [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$target/lib" ]; }

do_toolchain() {
  case "${IVS_WASM_TOOLCHAIN:-}" in
    user) user_toolchain ;;
    rustup) rustup_toolchain ;;
    debian) debian_toolchain ;;
    # No `||` here: bash switches `set -e` off in what stands before one, and a broken step would pass unseen.
    '') if user_toolchain; then :; elif rustup_toolchain; then :; else debian_toolchain; fi ;;
    *) echo "IVS_WASM_TOOLCHAIN is '$IVS_WASM_TOOLCHAIN'; it may be user, rustup or debian"; return 1 ;;
  esac
}

user_toolchain() {
  user_has_target || { echo "the user's toolchain has no $target"; return 1; }
  : > "$IVS_WASM_CACHE/toolchain.path"
}

rustup_toolchain() {
  local dest="$IVS_WASM_CACHE/rustup" version pid waited=0 bin
  command -v rustup >/dev/null || { echo "no rustup"; return 1; }
  version=$(rustc -V | cut -d' ' -f2)
  echo "asking rustup for Rust $version with $target, into $dest"
  rm -rf "$dest"
  mkdir -p "$dest"
  env -u RUSTUP_TOOLCHAIN RUSTUP_HOME="$dest" rustup toolchain install "$version" --profile minimal --component clippy \
    --target "$target" --no-self-update >"$dest/log" 2>&1 &
  pid=$!
  # Where nothing can be downloaded it may wait long for an answer: give it 30 s to show a sign, 5 minutes in all.
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
    if [ "$waited" -gt 300 ] || { [ "$waited" -gt 30 ] && ! grep -q download "$dest/log"; }; then kill "$pid"; break; fi
  done
  wait "$pid" || { cat "$dest/log"; echo "rustup could not download it"; rm -rf "$dest"; return 1; }
  bin=$(echo "$dest/toolchains/$version-"*/bin)
  stamp "$bin/../done" rustup
  echo "$bin" > "$IVS_WASM_CACHE/toolchain.path"
}

debian_toolchain() {
  local version dest w host r std
  apt_install "rustc-web cargo-web rust-web-src lld-22" || {
    echo "no way to compile for $target: the toolchain in PATH has no such target (rustup target add $target gives it),"
    echo "rustup could not download it, and Debian's rustc-web could not be installed"
    return 1
  }
  version=$(/usr/bin/rustc -V | cut -d' ' -f2)
  dest="$IVS_WASM_CACHE/debian-$version"
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  std=$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library
  w="$IVS_WASM_CACHE/std-build"
  rm -rf "$w" "$dest"
  mkdir -p "$w/src"
  # An empty crate makes cargo build std, and `test`, without which cargo test fails late. Bitcode allows the project fat
  # LTO; the sources' place is mapped away so that no path of this machine gets into the wasm.
  echo '#![no_std]' > "$w/src/lib.rs"
  printf '[package]\nname = "seed"\nversion = "0.0.0"\nedition = "2021"\n[profile.release]\nopt-level = "z"\ncodegen-units = 1\n' \
    > "$w/Cargo.toml"
  (cd "$w" && env -u RUSTUP_TOOLCHAIN PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$w/t" \
    RUSTFLAGS="-Cembed-bitcode=yes --remap-path-prefix=$(readlink -f "$std")=library --remap-path-prefix=$std=library" \
    /usr/bin/cargo build --offline --release --target $target \
    --config "source.crates-io.replace-with='vendored'" --config "source.vendored.directory='$std/vendor'" \
    -Zbuild-std=std,panic_abort,test -Zbuild-std-features=optimize_for_size)
  r="$dest/lib/rustlib"
  mkdir -p "$dest/bin" "$r/$target/lib" "$r/$host/bin"
  cp "$w/t/$target/release/deps/"*.rlib "$r/$target/lib/"
  rm -f "$r/$target/lib/libseed-"*
  ln -s "/usr/lib/rustlib/$host/lib" "$r/$host/lib"
  ln -s "$(ls /usr/bin/lld-[0-9]* | sort -V | tail -1)" "$r/$host/bin/rust-lld"
  ln -s /usr/bin/cargo "$dest/bin/cargo"
  local b
  for b in rustc rustdoc; do
    printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "%s" "$@"\n' "$b" "$dest" > "$dest/bin/$b"
    chmod +x "$dest/bin/$b"
  done
  rm -rf "$w"
  "$dest/bin/rustc" --print sysroot
  stamp "$dest/done" "$(toolchain_version "$dest/bin")"
  echo "$dest/bin" > "$IVS_WASM_CACHE/toolchain.path"
}
