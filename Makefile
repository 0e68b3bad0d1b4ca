# Two commands do everything: `make demo` shows the program at work, `make test` proves it.
# Each sets up what it needs first and does it again when pyproject.toml changes.
PYTHON ?= python3
VENV ?= .venv
OUT ?= out/demo
HOME_DIR ?= out/home
PYTEST_ARGS ?=
BIN := $(VENV)/bin

.PHONY: help setup setup-dev demo lint test bench fonts package clean
help:
	@echo "make demo     set up, run the sample case, leave letters and workbook in $(OUT)"
	@echo "make test     style, types, import contracts and all tests"
	@echo "make lint     the first three of them"
	@echo "make bench    measure speed and memory (minutes; never part of the tests)"
	@echo "make package  build the wheel and run the demo from it, outside this folder"
	@echo "make clean    remove the environment and everything that was built"

setup: $(BIN)/.ready
setup-dev: $(BIN)/.ready-dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(BIN)/.ready: pyproject.toml | $(BIN)/python
	@echo "Setting up (once; a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(BIN)/.ready-dev: pyproject.toml | $(BIN)/python
	@echo "Setting up for development (once; a few minutes) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(BIN)/.ready $@

demo: setup
	@$(BIN)/workbench --home $(HOME_DIR) demo --out $(OUT)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: lint
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

bench: setup-dev
	$(BIN)/python -m tests.bench

# Cut the shipped font anew from Noto Serif CJK: make fonts FONT_SOURCE=DIR
fonts: setup-dev
	$(BIN)/python -m tests.documents.subset_fonts $(FONT_SOURCE) workbench/documents/fonts

package: | $(BIN)/python
	PYTHON=$(BIN)/python tests/package.sh

clean:
	rm -rf $(VENV) out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
