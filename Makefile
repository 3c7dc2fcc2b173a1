# Everything a person or a build machine runs. Needs python3 (3.11 or newer, with venv), make and git.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check bench screenshots format lock clean

VENV := .venv
BIN := $(VENV)/bin
UV ?= uv
# The one thing that `make bench` measures; all of them without it.
ONLY ?=

# The first interpreter that is new enough; `make PYTHON=/path/to/python3 …` overrides it.
PYTHON ?= $(shell for found in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$found"; break; }; done)

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
INSTALL_PROJECT := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
	--no-deps --no-build-isolation --editable .
export PIP_ROOT_USER_ACTION := ignore

help:
	@echo 'make run    install and start Schakel on this machine; Ctrl-C stops it'
	@echo 'make test   install what the tests need and run them all'
	@echo 'make check  style, types, import contracts, templates, translations'
	@echo 'make bench  measure, print a table, write var/bench.json; ONLY=mails tries one'
	@echo 'make screenshots  take the pictures of docs/screenshots again (needs a Chromium)'
	@echo 'make format put the code in its one layout'
	@echo 'make lock   resolve requirements/*.in again (needs uv)'
	@echo 'make clean  remove the environment and caches; data and keys stay'

run: $(VENV)/.runtime
	@exec $(BIN)/python -m volunteer.cli run

test: $(VENV)/.development
	$(BIN)/python -m pytest --numprocesses 2

check: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@if [ -d volunteer/templates ]; then echo '$(BIN)/djlint --lint volunteer/templates'; \
	$(BIN)/djlint --lint --quiet volunteer/templates; fi
	$(BIN)/python -m pytest -q tests/architecture

bench: $(VENV)/.development
	$(BIN)/python -m benchmarks $(ONLY:%=--only %)

screenshots: $(VENV)/.development
	$(BIN)/python -m tests.browser.screenshots

format: $(VENV)/.development
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lock:
	@command -v $(UV) >/dev/null || { echo 'make lock needs uv: pip install uv, or make lock UV=/path/to/uv' >&2; exit 1; }
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url requirements/runtime.in -o requirements/runtime.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --constraint requirements/runtime.txt \
		requirements/development.in -o requirements/development.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info build

# One stamp for each set of packages: installed once, and again when its lock changes.
$(VENV)/.runtime: $(BIN)/python requirements/runtime.txt pyproject.toml
	@echo 'Installing Schakel (once; about half a minute) …'
	@$(INSTALL) -r requirements/runtime.txt
	@$(INSTALL_PROJECT)
	@touch $@

$(VENV)/.development: $(BIN)/python requirements/development.txt pyproject.toml
	@echo 'Installing Schakel and the tools to test it (once; about a minute) …'
	@$(INSTALL) -r requirements/development.txt
	@$(INSTALL_PROJECT)
	@touch $(VENV)/.runtime $@

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'Schakel needs Python 3.11 or newer; none was found on this machine.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Schakel needs Python 3.11 or newer; $(PYTHON) is older.' >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
