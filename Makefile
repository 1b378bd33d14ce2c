# Two commands: `make serve` and `make test`. Everything they need is made in .venv and .kb, and can be deleted.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help serve test lint types unit bench encoder clean

help:
	@echo "make serve    install, import content/, build the index, serve http://127.0.0.1:8000"
	@echo "make test     install what tests need, then lint, types and all tests"
	@echo "make bench    print timings"
	@echo "make encoder  train the bundled encoder again from ../shared/training"
	@echo "make clean    delete .venv and caches; .kb, which holds the database, is left"

serve: $(VENV)/.serves
	@$(BIN)/kb import content --publish --keep-going || echo "Some files were not imported (see above); serving the rest."
	@$(BIN)/kb index build
	@$(BIN)/kb serve

test: lint types unit

lint: $(VENV)/.tests
	$(BIN)/ruff check .

types: $(VENV)/.tests
	$(BIN)/mypy

unit: $(VENV)/.tests
	@sh tests/browser/install-chromium.sh
	$(BIN)/pytest

bench: $(VENV)/.tests
	$(BIN)/python -m tests.bench

encoder: $(VENV)/.serves
	$(BIN)/python -m index.training

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.serves: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.tests: $(VENV)/.serves pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[test]"
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
