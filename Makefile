# Every target does its own set-up; a second call reuses it.
PYTHON ?= python3
BIN    := .venv/bin
DEMO   := demo

.PHONY: help install demo test test-full soak audit check format lint types contracts lock clean

help:            ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "chasqui needs Python 3.11 or newer ($(PYTHON) is $$($(PYTHON) -V 2>&1)); set PYTHON=python3.12, say" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5"
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	$(BIN)/python -m compileall -q flows spiders models warehouse dashboards  # a command starts in half the time where Python may write none
	@touch $@

install: .venv/installed  ## make .venv from the lock file

demo: .venv/installed     ## one night end to end over a small made-up press on loopback, kept under ./demo
	$(BIN)/chasqui demo

# A module's fixtures (a night, a browser) are made once: one worker a file, the files with whole nights first.
XDIST := --dist loadfile --no-loadscope-reorder

test: .venv/installed     ## fast tests; those that need a server or a browser are skipped with a reason
	$(BIN)/python -m pytest -n auto $(XDIST)

test-full: .venv/installed  ## all tests, none skipped for want of a server
	CHASQUI_TEST_FULL=1 $(BIN)/python -m pytest -n 2 $(XDIST) --durations=25

soak: .venv/installed     ## the longest proofs: sixty nights with faults, fifty power cuts, backfills cut off anywhere
	CHASQUI_TEST_SOAK=1 $(BIN)/python -m pytest -m soak

audit: .venv/installed    ## look every locked package up in a database of vulnerabilities; says so when it could not
	@.ci/audit requirements.lock

check: format-check lint types contracts  ## what CI checks besides the tests

format: .venv/installed   ## rewrite in the house format
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: format-check
format-check: .venv/installed
	$(BIN)/ruff format --check .

lint: .venv/installed
	$(BIN)/ruff check .

types: .venv/installed
	$(BIN)/pyright

contracts: .venv/installed
	$(BIN)/lint-imports

lock: .venv/installed     ## resolve the lock file anew
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --group dev --extra dashboard --extra scale --custom-compile-command 'make lock' -o requirements.lock pyproject.toml

clean:                    ## remove the environment and the demo
	rm -rf .venv $(DEMO)
