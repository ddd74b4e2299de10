# One command does the set-up and the main job (make demo), another the set-up and all the tests (make test).
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
USER   := $(VENV)/.installed
DEV    := $(VENV)/.developed
PYTEST_ARGS ?= -n 2

.DEFAULT_GOAL := help
.PHONY: help demo player test lint unit ci-deps clean serve

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "articleaudio needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(USER): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(USER)

demo: $(USER) ## set up, turn samples/ into public/ and say how to open it
	$(BIN)/articleaudio convert samples --out public --config samples/articleaudio.toml
	@echo 'Open it:  $(BIN)/articleaudio serve public'

serve: demo ## the demo, then a preview server on http://127.0.0.1:8000/
	$(BIN)/articleaudio serve public

player: $(DEV) ## make article-audio.js again after a change to one of its parts
	$(BIN)/python tests/site/playerbuild.py

test: $(DEV) ## set up and run everything: linters, types, import rules, tests
	$(MAKE) --no-print-directory lint unit

lint: $(DEV) ## ruff, mypy, import rules, docstring coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/interrogate -q src

unit: $(DEV) ## the tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

ci-deps: ## outside tools of the tests, Debian's packages: Chromium, ffmpeg, Flite, eSpeak NG's program, nginx, strace, faketime
	@for tool in chromium:chromium ffprobe:ffmpeg flite:flite espeak-ng:espeak-ng nginx:nginx-light strace:strace faketime:faketime; do \
	  command -v $${tool%%:*} >/dev/null || missing="$$missing $${tool##*:}"; done; \
	if [ -n "$$missing" ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi

clean: ## remove what was made
	rm -rf $(VENV) public .articleaudio samples/.articleaudio .pytest_cache .mypy_cache .ruff_cache
