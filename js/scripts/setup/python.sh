# moto (an AWS stand-in) and botocore (which recomputes our signatures), in a virtual environment of their own.

python_stamp() { hash_of "$IVS_WASM_ROOT/tests/e2e/requirements.txt"; }
# The environment borrows the Python it was made with, which an upgrade of the system may take away.
have_python() { stamped "$IVS_WASM_CACHE/python/done" "$(python_stamp)" && [ -x "$IVS_WASM_CACHE/python/bin/python" ]; }
packages_python() { find_python >/dev/null || echo python3-venv; }
do_python() {
  find_python >/dev/null || wait_for_packages
  rm -rf "$IVS_WASM_CACHE/python"
  "$(find_python)" -m venv "$IVS_WASM_CACHE/python"
  "$IVS_WASM_CACHE/python/bin/python" -m pip install --disable-pip-version-check --no-input \
    -r "$IVS_WASM_ROOT/tests/e2e/requirements.txt"
  stamp "$IVS_WASM_CACHE/python/done" "$(python_stamp)"
}

# A Python that can make virtual environments: Debian's comes without until python3-venv is there.
find_python() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
  return 1
}
