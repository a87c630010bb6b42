# The npm packages of the build and the tests, exactly as js/package-lock.json names them. None of them is shipped.

npm_stamp() { hash_of "$IVS_WASM_ROOT/js/package-lock.json"; }
have_npm() { stamped "$IVS_WASM_ROOT/js/node_modules/.setup" "$(npm_stamp)" && [ -x "$IVS_WASM_ROOT/js/node_modules/node22/bin/node" ]; }
do_npm() {
  cd "$IVS_WASM_ROOT/js"
  # All of them are devDependencies, which NODE_ENV=production or `omit` in the user's settings would leave out.
  npm ci --include=dev --no-audit --no-fund --loglevel=http
  # The one install script that matters: npm 12 runs none unasked, and neither does a user's `ignore-scripts`.
  [ -x node_modules/node22/bin/node ] || (cd node_modules/node22 && node installArchSpecificPackage)
  stamp node_modules/.setup "$(npm_stamp)"
}
