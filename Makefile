# Thu Chi: `make demo` shows the whole of it, `make help` what else there is.

PYTHON ?= python3.11
PORT ?= 8080
RUN := .venv/bin/python

.PHONY: help install demo up down test lint types bench lock clean

help:  ## what can be made
	@echo "make demo [ARTICLES=path] [ONCE=1] [PORT=8080]"
	@echo "               articles become figures in a real Airflow: the samples, or your own .txt, .html, .jsonl"
	@echo "make bench [CORPUS=path] [ARTICLES=path]"
	@echo "               speed beside other tools, on articles of its own making or yours (.jsonl, .jsonl.gz)"
	@echo "make up [PORT=8080]"
	@echo "               PostgreSQL and Airflow, left running"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | grep -v -e 'make demo' -e 'make up' -e 'make bench' | expand -t 15

install: .venv/installed  ## .venv with everything, from the locked requirements.txt

# uv comes first, by pip and by its hashes in the lock; it installs the rest, ten times faster than pip would.
.venv/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || \
	  { echo "Thu Chi needs Python 3.11, which $(PYTHON) is not here: install it, or name it, as in make PYTHON=/usr/local/bin/python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing: install it (on Debian and Ubuntu the package python3.11-venv)." >&2; exit 1; }
	@echo "Installing into .venv (the first time takes some minutes) …" >&2
	@$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .venv/uv.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.txt
	@$(RUN) -m uv pip sync --quiet --python $(RUN) --require-hashes requirements.txt
	@$(RUN) -m uv pip install --quiet --python $(RUN) --no-deps --no-build-isolation --editable .
	@touch $@

demo: install  ## articles become figures in a real Airflow
	@$(RUN) -m thuchi.local demo --port $(PORT) $(if $(ONCE),--once) $(if $(ARTICLES),--articles "$(ARTICLES)")

up: install  ## PostgreSQL and Airflow, left running
	@$(RUN) -m thuchi.local up --port $(PORT)

down:  ## stop all of it, also what a crash left behind
	@if [ -x $(RUN) ]; then $(RUN) -m thuchi.local down; fi

test: install  ## all tests
	@$(RUN) -m pytest -n auto --no-loadscope-reorder

lint: install  ## style, formatting and the layers of the steps
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/lint-imports

types: install  ## mypy, strict on the library
	@.venv/bin/mypy

bench: install  ## speed beside other tools
	@$(RUN) benchmarks/bench_extract.py $(if $(CORPUS),--corpus "$(CORPUS)") $(if $(ARTICLES),--articles "$(ARTICLES)")

lock: install  ## requirements.in → requirements.txt, with hashes
	@.venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --custom-compile-command "make lock" requirements.in -o requirements.txt

clean: down  ## remove .venv, the caches and all state, the warehouse included
	rm -rf .venv .thuchi .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis include/*.egg-info
