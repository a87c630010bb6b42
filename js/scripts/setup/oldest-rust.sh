# The oldest Rust that Cargo.toml promises, as a compiler beside the one in use: Debian's packages of that version, unpacked
# without being installed, where apt has them; else rustup's toolchain, in a rustup home of our own. With the library's sources,
# out of which the suite `oldest-rust` has cargo compile a std for wasm32.

oldest_recipe=1 # raise when the making changes
oldest_version() { sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$IVS_WASM_ROOT/Cargo.toml"; }
oldest_folder() { echo "$IVS_WASM_CACHE/rust-$(oldest_version)"; }

have_oldest_rust() { stamped "$(oldest_folder)/done" "recipe $oldest_recipe"; }

do_oldest_rust() {
  local dest compiler
  wait_for_packages
  dest=$(oldest_folder)
  rm -rf "$dest"
  mkdir -p "$dest/bin"
  compiler=$(oldest_compiler)
  # A bare system has no package lists yet.
  if [ -z "$compiler" ] && [ "$(id -u)" -eq 0 ] && apt-get update >/dev/null 2>&1 </dev/null; then compiler=$(oldest_compiler); fi
  if [ -n "$compiler" ]; then oldest_by_debian "$dest" "$compiler"; else oldest_by_rustup "$dest"; fi
  "$dest/bin/rustc" --version | grep -F " $(oldest_version)." || { echo "that is another Rust"; return 1; }
  [ -d "$("$dest/bin/rustc" --print sysroot)/lib/rustlib/src/rust/library/core" ] || { echo "the library's sources are missing"; return 1; }
  stamp "$dest/done" "recipe $oldest_recipe"
}

# The compiler's package, as `apt-get download` takes it; nothing if apt has none of that version. Debian has two lines of them, and each
# release other versions.
oldest_compiler() {
  local name
  for name in rustc-web rustc; do
    apt-cache madison "$name" 2>/dev/null | awk -v want="$(oldest_version)." '!found && index($3, want) == 1 { print $1 "=" $3; found = 1 }' | grep . && return
  done
  return 0
}

oldest_by_debian() {
  local dest=$1 version=${2#*=} line std llvm file library
  line=${2%%=*}
  line=${line#rustc}
  std="libstd-rust$line-$(oldest_version)=$version"
  llvm=$(apt-cache show "$std" | sed -n 's/^Depends:.*\(libllvm[0-9]*\).*/\1/p')
  mkdir "$dest/packages"
  (cd "$dest/packages" && apt-get download "$2" "$std" "libstd-rust$line-dev=$version" "rust$line-src=$version" "$llvm")
  for file in "$dest/packages/"*.deb; do dpkg-deb -x "$file" "$dest/root"; done
  rm -rf "$dest/packages"
  library=$(ls -d "$dest/root/usr/lib/"*-linux-gnu*)
  for file in rustc rustdoc; do wrap "$dest/bin/$file" "env LD_LIBRARY_PATH='$library' '$dest/root/usr/bin/$file'"; done
}

oldest_by_rustup() {
  local dest=$1 version file
  version=$(oldest_version).0
  command -v rustup >/dev/null || { echo "apt has no Rust ${version%.0}, and there is no rustup that could fetch it"; return 1; }
  env -u RUSTUP_TOOLCHAIN RUSTUP_HOME="$dest/rustup" rustup toolchain install "$version" --profile minimal --component rust-src --no-self-update
  for file in rustc rustdoc; do wrap "$dest/bin/$file" "'$(echo "$dest/rustup/toolchains/$version-"*"/bin/$file")'"; done
}
