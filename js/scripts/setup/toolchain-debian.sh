# Debian's compiler with standard libraries for wasm32 of our own, compiled from Debian's copy of the sources. Two of them:
#   debian-<version>                    for tests and for the stable build: panics unwind into abort, with a message
#   debian-<version>/release            for the release build, several kilobytes smaller: a panic is a bare trap, and what a function
#                                       returns in two parts comes as two values, not by way of the memory

debian_recipe=1 # raise when the making of the first changes
release_recipe=1 # the same for the second

debian_packages() {
  local list="rustc-web cargo-web rust-web-src lld-22"
  # Clippy of the same version. Its package bars Debian's own rustup package (not a rustup installed by hand).
  dpkg -s rustup >/dev/null 2>&1 || list="$list rust-web-clippy"
  echo "$list"
}

# Whether Debian's packages are there, or can be installed. A bare system has no package lists yet.
debian_has_rust() {
  if [ -x /usr/bin/rustc ] && [ -x /usr/bin/lld-22 ] && [ -d "$(debian_library)" ]; then return; fi
  command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ] || return 1
  apt_candidate rustc-web && return
  apt-get update >/dev/null 2>&1 </dev/null || true
  apt_candidate rustc-web
}

# Without a pipe: `grep -q` leaves at the first match, apt-cache dies of writing on, and with pipefail that means no.
apt_candidate() {
  case "$(apt-cache policy "$1" 2>/dev/null)" in
    *'Candidate: '[0-9]*) ;;
    *) return 1 ;;
  esac
}

debian_library() { echo "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library"; }
debian_stamp() { echo "recipe $debian_recipe $(/usr/bin/rustc -V 2>/dev/null)"; }
release_stamp() { echo "recipe $release_recipe $(/usr/bin/rustc -V 2>/dev/null)"; }

debian_toolchain() {
  wait_for_packages
  local dest
  dest="$IVS_WASM_CACHE/debian-$(/usr/bin/rustc -V | cut -d' ' -f2)"
  rm -rf "$dest"
  build_std "$dest" std,panic_abort,test ''
  # `cargo clippy` finds its driver beside itself; SYSROOT tells the driver where the target's std is.
  if [ -x /usr/bin/cargo-clippy ]; then wrap "$dest/bin/cargo-clippy" "env SYSROOT='$dest' /usr/bin/cargo-clippy"; fi
  stamp "$dest/done" "$(debian_stamp)"
  echo "$dest/bin" > "$IVS_WASM_CACHE/toolchain.path"
}

# The second std. Neither the flag nor the target is stable yet, so only this compiler, whose version is known, is asked for them.
have_release_std() {
  local bin
  [ -f "$IVS_WASM_CACHE/toolchain.path" ] || return 1
  bin=$(cat "$IVS_WASM_CACHE/toolchain.path")
  case $bin in
    */debian-*) stamped "$bin/../release/done" "$(release_stamp)" ;;
    *) ;;
  esac
}
do_release_std() {
  local dest spec
  dest="$(dirname -- "$(cat "$IVS_WASM_CACHE/toolchain.path")")/release"
  rm -rf "$dest"
  mkdir -p "$dest"
  # The compiler's own target, but for the calling convention between Rust functions. JavaScript sees no difference: what is
  # exported is `extern "C"`, which stays as it is.
  spec="$dest/wasm32-multivalue.json"
  RUSTC_BOOTSTRAP=1 /usr/bin/rustc -Zunstable-options --print target-spec-json --target $target |
    sed 's/^  "llvm-target":/  "features": "+multivalue",\n  "llvm-abiname": "experimental-mv",\n&/' > "$spec"
  grep -q experimental-mv "$spec" || die "the compiler describes $target in a way that this script does not know"
  build_std "$dest" core,alloc,panic_abort '-Zunstable-options -Cpanic=immediate-abort' "$spec" -Zjson-target-spec
  stamp "$dest/done" "$(release_stamp)"
}

# build_std FOLDER CRATES FLAGS [TARGET OPTIONS…]: a toolchain folder with a std that was compiled with these flags.
build_std() {
  local dest=$1 crates=$2 flags=$3 spec=${4:-$target} name w host r library b
  shift $(($# < 4 ? $# : 4))
  name=$(basename -- "$spec" .json)
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  library=$(debian_library)
  w="$IVS_WASM_CACHE/std-build"
  rm -rf "$w"
  mkdir -p "$w/src"
  # An empty crate makes cargo build std (cargo test needs the crate `test`, too). Bitcode allows the project fat LTO; the sources' place is mapped away so that no path of this machine gets into the wasm.
  echo '#![no_std]' > "$w/src/lib.rs"
  printf '[package]\nname = "seed"\nversion = "0.0.0"\nedition = "2021"\n[profile.release]\nopt-level = "z"\ncodegen-units = 1\n' \
    > "$w/Cargo.toml"
  (cd "$w" && env -u RUSTUP_TOOLCHAIN PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$w/t" \
    RUSTFLAGS="-Cembed-bitcode=yes --remap-path-prefix=$(readlink -f "$library")=library --remap-path-prefix=$library=library $flags" \
    /usr/bin/cargo build --offline --release --target "$spec" "$@" \
    --config "source.crates-io.replace-with='vendored'" --config "source.vendored.directory='$library/vendor'" \
    -Zbuild-std="$crates" -Zbuild-std-features=optimize_for_size)
  r="$dest/lib/rustlib"
  mkdir -p "$dest/bin" "$r/$name/lib" "$r/$host/bin"
  cp "$w/t/$name/release/deps/"*.rlib "$r/$name/lib/"
  rm -f "$r/$name/lib/libseed-"*
  ln -s "/usr/lib/rustlib/$host/lib" "$r/$host/lib"
  ln -s "$(ls /usr/bin/lld-[0-9]* | sort -V | tail -1)" "$r/$host/bin/rust-lld"
  ln -s /usr/bin/cargo "$dest/bin/cargo"
  for b in rustc rustdoc; do wrap "$dest/bin/$b" "/usr/bin/$b --sysroot '$dest'"; done
  rm -rf "$w"
  "$dest/bin/rustc" --print sysroot
}

# wrap FILE COMMAND: a program that runs the command with the arguments it is given.
wrap() {
  printf '#!/bin/sh\nexec %s "$@"\n' "$2" > "$1"
  chmod +x "$1"
}
