# One command each; `make` alone lists them. Everything real is in js/scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup build pack lint generate test demo bench matrix soak release clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## install the tools of the build and the tests into a cache folder, once
	@js/scripts/setup.sh test

build: ## build the npm package into pkg/
	@js/scripts/setup.sh build
	@node js/scripts/build.mjs

pack: build ## pack it: pkg/ivs-wasm-<version>.tgz
	@node js/scripts/pack.mjs

lint: ## formatting, clippy (host and wasm), rustdoc, generated files
	@node js/scripts/test.mjs format clippy rustdoc generated

generate: ## write the generated files anew from src/model/ivs.json
	@js/scripts/setup.sh npm
	@node js/scripts/generate.mjs

test: ## every test; the last line is `N passed, N failed`
	@node js/scripts/test.mjs

demo: ## walk through the API in Node, a Worker and a browser; no AWS account needed
	@js/scripts/setup.sh build chromium
	@node js/scripts/build.mjs
	@node js/scripts/pack.mjs
	@node tests/demo/run.mjs

bench: ## size, speed, cold start and memory beside other clients
	@js/scripts/setup.sh build chromium
	@node js/scripts/build.mjs
	@node js/scripts/pack.mjs
	@node tests/bench/run.mjs

matrix: ## the package in every runtime and bundler
	@js/scripts/setup.sh matrix
	@node js/scripts/test.mjs --matrix

soak: ## memory, Workers, faults and the fuzzer at full counts (half an hour)
	@node js/scripts/test.mjs --soak

release: pack ## what a release publishes: target/dist/
	@node js/scripts/release.mjs

clean: ## remove what builds and tests have made (not the tools in the cache)
	@rm -rf target js/node_modules
	@git clean -qfdX pkg
