# The npm packages of the build and the tests, exactly as js/package-lock.json names them. None of them is shipped.

npm_stamp() { hash_of "$IVS_WASM_ROOT/js/package-lock.json"; }
have_npm() { stamped "$IVS_WASM_ROOT/js/node_modules/.setup" "$(npm_stamp)"; }
do_npm() {
  cd "$IVS_WASM_ROOT/js"
  npm ci --no-audit --no-fund --loglevel=http
  stamp node_modules/.setup "$(npm_stamp)"
}
