// @ts-check
// What `make test` runs, in order. Each folder of tests/ adds its own by a file suite.json:
//   { "title": "…", "command": "node tests/x/run.mjs", "needs": ["build", "npm"], "order": 40, "matrix": false }
// Suites run two at a time; "alone": true is for one that measures time. The command runs in bash, in the top folder, with env.sh sourced. It prints `N passed, N failed`, or what cargo test or
// node --test print. An array of such objects is taken as several suites. A suite with "matrix" runs in `make matrix` only, one
// with "soak" in `make soak`.
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { at } from '../build/project.mjs';

/**
 * @typedef {object} Suite
 * @property {string} name for the command line and the name of the log
 * @property {string} title
 * @property {string} command
 * @property {string[]} needs stages of setup.sh, or another suite that must have passed: `build`, `pack`
 * @property {number} order
 * @property {boolean} [check] one thing that holds or does not: its exit code counts, it prints no numbers
 * @property {boolean} [alone] nothing else runs meanwhile
 * @property {number} [minutes] that it may take; 20
 * @property {boolean} [matrix] in `make matrix` only
 * @property {boolean} [soak] in `make soak` only
 */

/** @type {Suite[]} */
const BUILT_IN = [
  { name: 'format', title: 'Rust is formatted', command: 'cargo fmt --check', needs: [], order: 1, check: true },
  { name: 'clippy', title: 'clippy, host', needs: [], order: 2, check: true,
    command: 'cargo clippy --locked --all-targets -- -D warnings && cargo clippy --locked --lib --all-features -- -D warnings' },
  { name: 'clippy-wasm', title: 'clippy, wasm32', needs: ['toolchain'], order: 3, check: true, command: 'js/scripts/test/clippy-wasm.sh' },
  { name: 'msrv', title: 'the oldest Rust that Cargo.toml promises', command: 'node --test js/scripts/test/msrv.mjs', needs: ['crates'], order: 3 },
  { name: 'rustdoc', title: 'cargo doc without a warning', needs: [], order: 4, check: true,
    command: "RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --quiet" },
  { name: 'generated', title: 'generated files are what `make generate` writes', needs: ['npm'], order: 5,
    command: 'node js/scripts/generate.mjs --check' },
  { name: 'js-types', title: 'JavaScript against the types that its comments tell', needs: ['npm'], order: 6, check: true,
    command: 'for at in js/scripts tests; do js/node_modules/.bin/tsc -p "$at/tsconfig.json" || exit 1; done' },
  { name: 'runner', title: 'the scripts: what counts as passed, what runs beside what, reads mended in the wasm', command: 'node --test js/scripts/test/*.test.mjs', needs: [], order: 6 },
  { name: 'rust', title: 'cargo test, host', needs: [], order: 10,
    // The fuzzer has a suite of its own, with many more inputs.
    command: 'FUZZ_INPUTS=2000 cargo test --locked' },
  { name: 'build', title: 'build of the npm package', needs: ['toolchain', 'release-std', 'bindgen', 'crates', 'npm'], order: 20, check: true,
    command: 'node js/scripts/build.mjs' },
  { name: 'size', title: 'size held to its budget', command: 'node js/scripts/size.mjs', needs: ['build'], order: 21 },
  { name: 'pack', title: 'tarball: nothing missing, nothing extra', command: 'node js/scripts/pack.mjs', needs: ['build'], order: 22, check: true },
  { name: 'stable', title: 'the package built with flags of stable Rust: size, tarball, conformance in Node', order: 55,
    needs: ['toolchain', 'bindgen', 'npm'], command: 'js/scripts/test/stable.sh' },
  { name: 'wasm-node', title: 'wasm-bindgen tests of the edge, Node', needs: ['toolchain', 'bindgen', 'wasm-pack'], order: 25,
    command: 'js/scripts/wasm wasm-pack test --node -- --locked --no-default-features --test wasm' },
  { name: 'wasm-chrome', title: 'wasm-bindgen tests of the edge, headless Chromium', order: 26,
    needs: ['toolchain', 'bindgen', 'wasm-pack', 'chromium'],
    command: 'js/scripts/wasm wasm-pack test --headless --chrome --chromedriver "$PWD/js/scripts/test/chromedriver.mjs" '
      + '-- --locked --no-default-features --test wasm-browser' },
  { name: 'wasm-firefox', title: 'wasm-bindgen tests of the edge, headless Firefox', order: 27, matrix: true,
    needs: ['toolchain', 'bindgen', 'wasm-pack', 'firefox', 'geckodriver'],
    command: 'js/scripts/wasm wasm-pack test --headless --firefox -- --locked --no-default-features --test wasm-browser' },
  { name: 'wasm-webkit', title: 'wasm-bindgen tests of the edge, WebKit', order: 28, matrix: true,
    needs: ['toolchain', 'bindgen', 'wasm-pack', 'webkit'],
    // WebKitGTK wants a display even when headless; xvfb-run gives it one.
    command: 'js/scripts/wasm xvfb-run -a wasm-pack test --headless --safari --safaridriver "$(command -v WebKitWebDriver)" '
      + '-- --locked --no-default-features --test wasm-browser' },
];

/** The make target that a suite belongs to. @param {Pick<Suite, 'matrix' | 'soak'>} suite */
export const targetOf = ({ matrix, soak }) => (soak ? 'soak' : matrix ? 'matrix' : 'test');

/** All suites, those of other targets than `make test` among them, in the order in which they run. @returns {Suite[]} */
export function allSuites() {
  const added = readdirSync(at('tests')).sort().flatMap((folder) => {
    const file = at('tests', folder, 'suite.json');
    return existsSync(file) ? read(folder, [JSON.parse(readFileSync(file, 'utf8'))].flat()) : [];
  });
  return [...BUILT_IN, ...added].sort((one, other) => one.order - other.order);
}

/** @param {string} folder @param {Partial<Suite>[]} suites @returns {Suite[]} */
function read(folder, suites) {
  return suites.map((suite, i) => {
    const { title, command, needs = [], order = 50 } = suite;
    if (!title || !command) throw new Error(`tests/${folder}/suite.json needs a title and a command`);
    return { ...suite, name: suite.name ?? (suites.length > 1 ? `${folder}-${i + 1}` : folder), title, command, needs, order };
  });
}

/**
 * The set-up as the first of the suites, and needed by those that need a stage of it.
 * @param {Suite[]} suites @param {string[]} stages
 */
export function withSetUp(suites, stages) {
  if (!stages.length) return suites;
  const after = suites.map((suite) => (suite.needs.some((need) => stages.includes(need)) ? { ...suite, needs: ['set-up', ...suite.needs] } : suite));
  return [{ name: 'set-up', title: 'the set-up', command: 'setup.sh', needs: [], order: 0 }, ...after];
}

/** The suites and stages of the set-up that these need, directly or not. @param {Suite[]} wanted @param {Suite[]} all */
export function requirements(wanted, all) {
  const suites = new Set(wanted);
  const stages = new Set();
  for (const suite of suites) {
    for (const need of suite.needs) {
      const other = all.find(({ name }) => name === need && (name === 'build' || name === 'pack'));
      if (other) suites.add(other);
      else stages.add(need);
    }
  }
  return { suites: all.filter((suite) => suites.has(suite)), stages: [...stages] };
}
