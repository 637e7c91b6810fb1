# `make run` starts the web chat, `make test` runs all tests; both set up what they need (Python 3.11+).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-warn-script-location
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml

.PHONY: help run install install-dev test chaos rows lint decks messages bench lock clean
.DEFAULT_GOAL := help

help: ## What can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: install ## Start Pasito: the web chat on http://127.0.0.1:8080, and what .env turns on
	@$(BIN)/pasito run

install: $(VENV)/.installed ## Set up what running needs, in .venv

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pasito needs Python 3.11 or newer: set PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

install-dev: $(VENV)/.installed-dev ## Set up what tests need, too

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

test: install-dev ## All tests, on all cores
	@# they start Python a hundred times: what it compiles is kept
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

chaos: install-dev ## The long tests: bad weather for a quarter of an hour
	@seeds=$${PASITO_CHAOS:-$$($(BIN)/python -c 'import random; print(*random.sample(range(2, 10**6), 8), sep=",")')}; \
	echo "PASITO_CHAOS=$$seeds"; PASITO_CHAOS=$$seeds $(BIN)/python -m pytest tests/chaos

rows: install-dev ## The practices of the seed: run their tests and write docs/seed.md
	@$(BIN)/python -m pytest -n auto --dist loadfile -m row
	@$(BIN)/python -m tests.seed.table

lint: install-dev ## Style, types, and who may know whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

decks: install ## Check decks and translations; say which lessons are whole in which language
	@$(BIN)/pasito lint
	@$(BIN)/python -c 'from bot.i18n.catalogues import SHIPPED; from catalogues.standing import modules; print(modules(SHIPPED))'

messages: install ## Bring the catalogues for translators up to date
	@$(BIN)/pasito messages

bench: install-dev ## Measure taps, certificates and broadcasts
	@$(PIP) --require-hashes -r requirements-bench.lock
	@$(BIN)/python -m benchmarks

lock: install-dev ## Pin the versions anew
	@$(PIP) uv
	@$(LOCK) --group build -o requirements.lock
	@$(LOCK) --group build --group dev -o requirements-dev.lock
	@$(LOCK) --group build --group dev --group bench -o requirements-bench.lock

clean: ## Remove the environment and caches; never the data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
