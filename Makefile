# The few words that people type. Each sees to what it needs (.ci/need), and does again only what has changed.
.PHONY: help lesson test test-browsers monkey lighthouse check check-all check-one conformance mutation native \
  sanitized wasm site package bench lint layout width old-node tidy format clean

cores := $(shell getconf _NPROCESSORS_ONLN)
liburing := $(if $(filter Linux,$(shell uname)),liburing.h) # elsewhere there is none, and nothing misses it

chromium := command -v chromium || command -v chromium-browser || command -v google-chrome
browsers = CHROMIUM=$$($(chromium)) FIREFOX=$$(command -v firefox-esr || command -v firefox)

# Without its windows Chromium does the same for less than half the work. Ubuntu does not offer that.
headless := $(if $(shell grep -sx ID=debian /etc/os-release),chromium-headless-shell,chromium)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

# These two say first, and all at once, what is missing.
lesson: ## build the lessons, serve them on this machine, print the address
	@.ci/need emcc cmake ninja node npm
	@$(MAKE) --no-print-directory site
	@node web/serve.mjs

test: ## every check and every test
	@.ci/need cc cmake ninja cmocka.h $(liburing) emcc node npm python3 $(headless) clang-format clang-tidy
	@$(MAKE) --no-print-directory $(foreach folder,web tests/package tests/playground, \
	  $(folder)/node_modules/.package-lock.json)
	@CHROMIUM=$$(command -v $(headless) || $(chromium)) node tests/run.mjs test

test-browsers: ## the tests of the pages, in Chromium, Firefox and WebKit
	@.ci/need emcc cmake ninja node npm chromium firefox WebKitWebDriver xvfb-run
	@$(MAKE) --no-print-directory web/node_modules/.package-lock.json
	@$(browsers) node tests/run.mjs test-browsers

seed = $(shell node -p 'Date.now() % 1e6')
monkey: ## two minutes of random presses, drags and texts in the pages; seed=N does the same again
	@.ci/need emcc cmake ninja node npm chromium
	@$(MAKE) --no-print-directory site
	$(browsers) node tests/pages/monkey.mjs --seed=$(seed)

lighthouse: ## what Lighthouse says of the pages on a telephone, against the budgets
	@.ci/need emcc cmake ninja node npm chromium
	@$(MAKE) --no-print-directory site tests/lighthouse/node_modules/.package-lock.json
	$(browsers) node tests/lighthouse/lighthouse.mjs

# T names a test: tests/core/test_T.c, tests/live/test_T.c or tests/elements/T.test.mjs.
check: ## what a small change must not break, in seconds; T=event_loop runs that test alone
	@.ci/need cc cmake ninja cmocka.h $(liburing) emcc node npm
	@$(MAKE) --no-print-directory web/node_modules/.package-lock.json $(if $(T),check-one,check-all)

check-all:
	@node tests/run.mjs check

check-one:
ifneq ($(wildcard tests/elements/$(T).test.mjs),)
	node --test tests/elements/$(T).test.mjs
else
	@test -e build/native/build.ninja || cmake -S . -B build/native -G Ninja
	@cmake --build build/native --target test_$(T) doorbell
	@DOORBELL=build/native/doorbell build/native/test_$(T)
endif

mutation: ## whether a test notices when a line of the model, or of the pages' JavaScript, is wrong
	@.ci/need cc cmake ninja cmocka.h $(liburing) emcc node npm
	@$(MAKE) --no-print-directory native wasm web/node_modules/.package-lock.json
	@node tests/mutation/run.mjs

conformance: ## lesson 5 and the playground against four engines: 20,000 random programs each, fewer where clocks run
	@.ci/need emcc cmake ninja node npm chromium firefox WebKitWebDriver xvfb-run
	@$(MAKE) --no-print-directory wasm web/node_modules/.package-lock.json
	$(browsers) node tests/engines/conformance.mjs

native: ## the native library, the command and the test programs, into build/native/
	@.ci/need cc cmake ninja cmocka.h $(liburing)
	@test -e build/native/build.ninja || cmake -S . -B build/native -G Ninja
	@cmake --build build/native

# The same, with AddressSanitizer and UndefinedBehaviorSanitizer, into build/sanitize/.
sanitized:
	@.ci/need cc cmake ninja cmocka.h $(liburing)
	@test -e build/sanitize/build.ninja || cmake -S . -B build/sanitize -G Ninja -DDOORBELL_SANITIZE=ON
	@cmake --build build/sanitize

wasm: ## the WebAssembly modules of the pages, into build/wasm/
	@.ci/need emcc cmake ninja
	@test -e build/wasm/build.ninja || emcmake cmake -S . -B build/wasm -G Ninja
	@cmake --build build/wasm

site: wasm web/node_modules/.package-lock.json ## the pages, into dist/
	@node web/build.mjs

package: wasm web/node_modules/.package-lock.json ## the demos for other people's pages, an npm package, into build/
	@node web/package/build.mjs

# What the pages are built with, and what some tests need besides. npm writes this file last.
%/node_modules/.package-lock.json: %/package-lock.json
	@.ci/need node npm
	cd $* && npm ci --ignore-scripts
	@touch $@

bench: native wasm site ## the benchmarks
	node tests/bench/bench.mjs
	node tests/bench/loop.mjs
	node tests/bench/page.mjs
	node tests/bench/playground.mjs
	build/native/test_cost

c_sources := $(wildcard core/*/*.c core/*/*/*.c tests/*/*.c)
c_headers := $(wildcard core/*/*.h core/*/*/*.h tests/*/*.h)
js_sources := 'web/**/*.{js,mjs,css}' 'tests/**/*.{js,mjs}'
prettier := web/node_modules/.bin/prettier --config web/.prettierrc.json

# The layout and the findings differ from one version of clang's tools to the next; these are Debian 12's.
clang := 14

lint: native wasm web/node_modules/.package-lock.json ## the checks that need no run: layout, likely mistakes, types
	@.ci/need clang-format clang-tidy
	@if clang-format --version | grep -q 'version $(clang)\.'; \
	  then $(MAKE) --no-print-directory -k -O -j$(cores) layout tidy; \
	  else echo 'The layout of the C, and clang-tidy, are checked with version $(clang) alone: left out here.'; fi
	@$(MAKE) --no-print-directory width old-node
	$(prettier) --check $(js_sources)
	web/node_modules/.bin/tsc -p web

layout: # clang-format leaves comments as they are
	clang-format --dry-run -Werror $(c_sources) $(c_headers)

# At most 120 columns. Prettier breaks code in JavaScript, and leaves strings and templates as they are: there only
# comments are looked at. Neither can an attribute in HTML be broken, an address, or a row of a table in Markdown.
texts := $(shell find web tests -name node_modules -prune -o -name '*.js' -print -o -name '*.mjs' -print \
  -o -name '*.css' -print)
width: export LC_ALL = C.UTF-8 # a column is a character, not a byte
width:
	@! grep -nE '.{121}' $(c_sources) $(c_headers) CMakeLists.txt Makefile /dev/null
	@! grep -nE '.{121}' $(texts) | grep -E ':[0-9]+: *(//|/?\*)|[;{},)] // '
	@! grep -nE '.{121}' README.md | grep -vE '^[0-9]+:(\||!\[)'
	@! grep -nE '.{121}' web/lessons/*.html web/lessons/parts/*.html | grep -vE '="|https?:'

# Debian 12 has Node 18, which lacks some words that later ones have. Pages may not have them either: there tsc looks.
old-node:
	@! grep -nE '\.to(Sorted|Spliced|Reversed)\(|import\.meta\.(dir|file)name|Object\.groupBy\(' \
	  $(filter-out tests/playground/programs/%,$(texts))

tidy: $(c_sources:%=build/tidy/%)
build/tidy/%: tidy_as = -p build/native
build/tidy/core/wasm/% build/tidy/core/unpack/%: tidy_as = -p build/wasm
build/tidy/%: % $(c_headers) .clang-tidy tests/.clang-tidy
	clang-tidy --quiet $(tidy_as) $<
	@mkdir -p $(@D) && touch $@

format: web/node_modules/.package-lock.json ## lay the sources out as lint wants them
	@.ci/need clang-format
	clang-format -i $(c_sources) $(c_headers)
	$(prettier) --write $(js_sources)

clean: ## remove what was built
	rm -rf build dist
