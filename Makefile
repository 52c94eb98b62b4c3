# Sulh. Two commands do the work: make run, make test. The rest is in make help.
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
export SULH_HOME ?= var
.DEFAULT_GOAL := help
.PHONY: help audit run test lint types fast browser postgres torture bench messages lock fresh clean

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: $(VENV)/run.done ## serve the demonstration on http://127.0.0.1:8000
	@$(BIN)/sulh serve --demo programmes/beyond-boundaries --demo programmes/india-pakistan

test: $(VENV)/test.done ## all checks: style, types, import rules, unit, property, browser, both databases
	@PYTHON=$(BIN)/python bash tools/check.sh

fast: $(VENV)/test.done ## the tests without browser and PostgreSQL
	@$(BIN)/python -m pytest -n 2 -m "not browser and not postgres and not torture"

browser: $(VENV)/test.done ## the browser tests alone
	@$(BIN)/python -m pytest -m browser

postgres: $(VENV)/test.done ## the tests of the rooms on PostgreSQL
	@$(BIN)/python tools/on_postgres.py -n 2 -m "not browser and not torture" tests/rooms tests/surfaces

torture: $(VENV)/test.done ## thousands of files made to harm, kills of the server and power cuts (an hour or two)
	@$(BIN)/python -m pytest -s -m torture tests/torture tests/leaks

bench: $(VENV)/test.done ## every benchmark, with its peer, in one run
	@$(BIN)/python -m benchmarks

audit: $(VENV)/test.done ## known faults of the locked libraries, where a list of them can be reached
	@$(BIN)/python tools/audit.py

messages: $(VENV)/test.done ## gather the strings of the pages into the catalogues, and compile them
	@$(BIN)/python tools/messages.py

lock: ## renew the hashed locks (needs uv)
	echo "setuptools>=75" | uv pip compile -q - --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/build.txt
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/run.txt
	uv pip compile -q pyproject.toml --extra test -c requirements/run.txt --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/test.txt

fresh: ## forget the demonstration installation
	rm -rf $(SULH_HOME)

clean: ## forget the environment and everything made by tools
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# What the two commands stand on

$(VENV)/run.done: requirements/run.txt pyproject.toml
	@echo "Setting up $(VENV): this is done once."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python tools/install.py requirements/run.txt
	@touch $@

$(VENV)/test.done: requirements/test.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python tools/install.py requirements/test.txt
	@bash tools/browser.sh
	@touch $(VENV)/run.done $@
