# A Rust that compiles to wasm32-unknown-unknown, found or made, without touching the user's rustup:
#   user     the user's own toolchain, if it has the target;
#   debian   else Debian's compiler (rustc-web) with a standard library compiled from Debian's copy of its sources, where
#            apt has those packages: see toolchain-debian.sh. Nothing is asked for outside the system's package registry;
#   rustup   else the same version with the target in a rustup home of our own, if rustup can download.
# IVS_WASM_TOOLCHAIN forces one. The result is one line in toolchain.path: the bin folder to put before PATH for wasm
# builds, or nothing for the user's own.

target=wasm32-unknown-unknown

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
    */debian-*) debian_stamp ;;
    *) echo rustup ;;
  esac
}

# One apt run brings the packages of all stages, so the choice is made there, too.
packages_toolchain() {
  case "${IVS_WASM_TOOLCHAIN:-}" in
    debian) debian_packages ;;
    '') if ! user_has_target && debian_has_rust; then debian_packages; fi ;;
  esac
}

# A std from a distribution's package (sysroot /usr) does not count: it has no bitcode for link-time optimisation.
user_has_target() {
  local sysroot
  sysroot=$(rustc --print sysroot 2>/dev/null) && [ "$sysroot" != /usr ] && [ -d "$sysroot/lib/rustlib/$target/lib" ]
}

do_toolchain() {
  case "${IVS_WASM_TOOLCHAIN:-}" in
    user) user_toolchain ;;
    rustup) rustup_toolchain ;;
    debian) debian_toolchain ;;
    # No `||` here: bash switches `set -e` off in what stands before one, and a broken step would pass unseen.
    '') if user_toolchain; then :; elif debian_has_rust; then debian_toolchain; else rustup_toolchain; fi ;;
    *) echo "IVS_WASM_TOOLCHAIN is '$IVS_WASM_TOOLCHAIN'; it may be user, rustup or debian"; return 1 ;;
  esac
}

user_toolchain() {
  user_has_target || { echo "the user's toolchain has no $target"; return 1; }
  : > "$IVS_WASM_CACHE/toolchain.path"
}

rustup_toolchain() {
  local dest="$IVS_WASM_CACHE/rustup" version pid waited=0 bin
  command -v rustup >/dev/null || {
    echo "no way to compile for $target: the toolchain in PATH has no such target (rustup target add $target gives it),"
    echo "apt has no rustc-web that could be installed, and there is no rustup"
    return 1
  }
  version=$(rustc -V | cut -d' ' -f2)
  # 1.97.0-nightly is nothing that rustup could be asked for by that name.
  case $version in *-*) version=$(rustup show active-toolchain | cut -d' ' -f1) ;; esac
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
  bin=$(echo "$dest/toolchains/"*/bin)
  stamp "$bin/../done" rustup
  echo "$bin" > "$IVS_WASM_CACHE/toolchain.path"
}
