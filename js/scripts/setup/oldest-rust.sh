# The oldest Rust that Cargo.toml promises, as a compiler beside the one in use: Debian's packages of that version, unpacked
# without being installed, where apt has them; else rustup's toolchain, in a rustup home of our own. With the library's sources,
# out of which the suite `oldest-rust` has cargo compile a std for wasm32.

oldest_recipe=1 # raise when the making changes
oldest_version() { sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$IVS_WASM_ROOT/Cargo.toml"; }
oldest_folder() { echo "$IVS_WASM_CACHE/rust-$(oldest_version)"; }

have_oldest_rust() { stamped "$(oldest_folder)/done" "recipe $oldest_recipe"; }

do_oldest_rust() {
  local dest
  wait_for_packages
  dest=$(oldest_folder)
  rm -rf "$dest"
  mkdir -p "$dest/bin"
  if oldest_by_debian "$dest"; then :; else oldest_by_rustup "$dest"; fi
  "$dest/bin/rustc" --version | grep -F " $(oldest_version)." || { echo "that is another Rust"; return 1; }
  [ -d "$("$dest/bin/rustc" --print sysroot)/lib/rustlib/src/rust/library/core" ] || { echo "the library's sources are missing"; return 1; }
  stamp "$dest/done" "recipe $oldest_recipe"
}

# debian_package_of PACKAGE VERSION: which version of a package begins so, as `apt-get download` takes it; nothing if none does.
debian_package_of() {
  apt-cache madison "$1" 2>/dev/null | awk -v want="$2." '!found && index($3, want) == 1 { print $1 "=" $3; found = 1 }'
}

# Debian has two lines of compilers, and each release other versions.
oldest_by_debian() {
  local dest=$1 version line compiler std llvm file list
  version=$(oldest_version)
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  for line in -web ''; do
    compiler=$(debian_package_of "rustc$line" "$version")
    [ -n "$compiler" ] || continue
    std="libstd-rust$line-$version=${compiler#*=}"
    llvm=$(apt-cache show "$std" | sed -n 's/^Depends:.*\(libllvm[0-9]*\).*/\1/p' | head -n 1)
    if [ -n "$line" ]; then list="rust-web-src"; else list="rust-src"; fi
    mkdir "$dest/packages"
    (cd "$dest/packages" && apt-get download "$compiler" "$std" "libstd-rust$line-dev=${compiler#*=}" "$list=${compiler#*=}" "$llvm")
    for file in "$dest/packages/"*.deb; do dpkg-deb -x "$file" "$dest/root"; done
    rm -rf "$dest/packages"
    list=$(ls -d "$dest/root/usr/lib/"*-linux-gnu*)
    for file in rustc rustdoc; do wrap "$dest/bin/$file" "env LD_LIBRARY_PATH='$list' '$dest/root/usr/bin/$file'"; done
    return
  done
  echo "apt has no Rust $version"
  return 1
}

oldest_by_rustup() {
  local dest=$1 version file
  version=$(oldest_version).0
  command -v rustup >/dev/null || { echo "and there is no rustup that could fetch Rust $version"; return 1; }
  env -u RUSTUP_TOOLCHAIN RUSTUP_HOME="$dest/rustup" rustup toolchain install "$version" --profile minimal --component rust-src --no-self-update
  for file in rustc rustdoc; do wrap "$dest/bin/$file" "$(echo "$dest/rustup/toolchains/$version-"*"/bin/$file")"; done
}
