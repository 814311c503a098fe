# Few verbs. Each does all of its own set-up and says what it does.
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

DATA_DIR ?= data
PORT ?= 8080

# Seconds for each target of make fuzz.
FUZZ_SECONDS ?= 60

.PHONY: help run test test-tsan bench fuzz guide format clean

help:
	@echo "make run     install what is missing, build, and serve the portal on http://127.0.0.1:$(PORT)"
	@echo "             with demo people on first start (DATA_DIR=$(DATA_DIR), PORT=$(PORT))"
	@echo "make test    install what is missing and run every test, the browser's included"
	@echo "make test-tsan  run the server's tests under the Thread Sanitizer"
	@echo "make bench   compare the server's speed with nginx and Hummingbird, and measure letters and pages"
	@echo "make fuzz    throw mutated input at the server's parsers (FUZZ_SECONDS=$(FUZZ_SECONDS) for each)"
	@echo "make guide   take the pictures of the help page anew, after screens have changed"
	@echo "make format  format the Swift code"
	@echo "make clean   remove what was built (never the data)"

run:
	@.ci/setup run
	echo "== building the release (the first time takes some minutes)"
	swift build -c release --product suratizin
	echo "== data folder: $(DATA_DIR)"
	.build/release/suratizin demo --data "$(DATA_DIR)" --port "$(PORT)"
	echo "== open http://127.0.0.1:$(PORT)   (stop with Ctrl-C; mails are written to $(DATA_DIR)/outbox)"
	if [ -z "$${SURATIZIN_KEYS_PASSPHRASE_FILE:-}" ] && [ -f "$(DATA_DIR)/keys/demo-passphrase" ]; then
		export SURATIZIN_KEYS_PASSPHRASE_FILE="$(DATA_DIR)/keys/demo-passphrase"
	fi
	exec .build/release/suratizin serve --data "$(DATA_DIR)" --port "$(PORT)"

test:
	@.ci/setup test
	echo "== format"
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift
	echo "== building everything (the first time takes some minutes)"
	swift build --build-tests
	echo "== Swift tests"
	swift test --skip-build
	echo "== fuzzing the parsers for some seconds"
	Benchmarks/Fuzz/run 5
	echo "== browser tests (real Chromium)"
	SURATIZIN_BIN="$$PWD/.build/debug/suratizin" .venv/bin/python -m pytest -q -p no:cacheprovider Tests/Browser

test-tsan:
	@.ci/setup run
	swift test --sanitize=thread --build-path .build/tsan --filter HTTPServerTests

bench:
	@.ci/setup run
	Benchmarks/run
	Benchmarks/Letters/run
	Benchmarks/Pages/run

fuzz:
	@.ci/setup run
	Benchmarks/Fuzz/run $(FUZZ_SECONDS)

guide:
	@.ci/setup test
	swift build --product suratizin
	SURATIZIN_BIN="$$PWD/.build/debug/suratizin" .venv/bin/python Tests/Browser/guide.py

format:
	@swift format --in-place --recursive Sources Tests Benchmarks Package.swift

clean:
	@rm -rf .build .venv Tests/Browser/shots Benchmarks/.build Benchmarks/Fuzz/.build Benchmarks/Letters/.build
