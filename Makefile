# rapprochement_sim: everything starts here. `make play` and `make test` need only make, a Python
# >= 3.11 (name another with PYTHON=...) and a package index; they set up a private .venv by themselves.

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
WORKERS ?= 2
PYTEST_ARGS ?=
SOAK_SHARE ?= 1

# Only to play, nothing for developers is installed. Stamps make the second call instant.
PLAY_STAMP := $(VENV)/.installed-play
HOST_STAMP := $(VENV)/.installed-classroom
DEV_STAMP := $(VENV)/.installed-dev
SETUP := pyproject.toml scripts/setup.sh scripts/find_python.sh

# Screens are compared in colour.
unexport NO_COLOR

.PHONY: help play host test check soak bench clean

help:
	@echo "make play    play a game (sets everything up the first time)"
	@echo "make host    hold a class: students play in their browsers (sets everything up as well)"
	@echo "make test    the tests, in under six minutes"
	@echo "make check   format, lint, types, import contracts, then make test"
	@echo "make soak    the long tests, hours"
	@echo "make bench   the benchmarks"
	@echo "make clean   remove the environments, caches and built files"

play: $(PLAY_STAMP)
	@$(VENV)/bin/rapprochement play

host: $(HOST_STAMP)
	@$(VENV)/bin/rapprochement host --bind 0.0.0.0

test: $(DEV_STAMP)
	$(PY) -m pytest -n $(WORKERS) $(PYTEST_ARGS)

check: $(DEV_STAMP)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo
	$(MAKE) test

# The fuzzer is needed here alone; elsewhere than on Python 3.11 for Linux there is none, and the
# last lines say so. `make soak SOAK_SHARE=0.02` does a fiftieth of it.
soak: $(DEV_STAMP)
	@sh scripts/setup.sh $(VENV) dev,fuzz
	SOAK_SHARE=$(SOAK_SHARE) $(PY) -m pytest -m soak -rs $(PYTEST_ARGS)

bench: $(DEV_STAMP)
	$(PY) -m benchmarks

clean:
	rm -rf .venv .venv3* build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache \
		.hypothesis snapshot_report.html
	find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(PLAY_STAMP): $(SETUP)
	@sh scripts/setup.sh $(VENV)
	@touch $@

$(HOST_STAMP): $(SETUP)
	@sh scripts/setup.sh $(VENV) classroom
	@touch $(PLAY_STAMP) $@

# The developers' tools include what play and a class need.
$(DEV_STAMP): $(SETUP)
	@sh scripts/setup.sh $(VENV) dev
	@touch $(PLAY_STAMP) $(HOST_STAMP) $@
