# Two commands set everything up on a fresh Debian 12 (or Ubuntu) with python3 and make:
#   make run    the demo panel on http://127.0.0.1:8000
#   make test   everything the tests need, then the tests
# Both say what they install and may be run again; nothing outside this folder is touched
# except system packages, which need root or sudo the first time.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PY := .venv/bin/python
PORT ?= 8000
# Whatever else is set on this machine, the demo only ever touches var/demo.
DEMO := env SCRUTINY_DATA_DIR=var/demo SCRUTINY_DATABASE_URL= SCRUTINY_SECRET_FILE= \
  SCRUTINY_SMTP_URL= SCRUTINY_DEMO=1 SCRUTINY_BASE_URL=http://127.0.0.1:$(PORT)

RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig-config
TEST_PACKAGES := $(RUN_PACKAGES) chromium fonts-liberation qpdf poppler-utils postgresql libical3 default-jdk-headless libjaxb-java clamav-daemon
BENCH_PACKAGES := wrk

# Node.js from PyPI, if building needs it and the machine has none.
node_for = if $(PY) assets/build.py --wants-node $(1); then \
  echo "Installing Node.js from PyPI (requirements-node.txt)"; \
  $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-node.txt; fi

.PHONY: help run test test-slow check bench docs pins clean

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -5

run: .venv/run static/manifest.json
	@[ "$$(cat var/demo/filled 2>/dev/null)" = "$$(ls migrations/*.py | cksum)" ] || rm -rf var/demo  # cut short, or of another release
	@$(DEMO) .venv/bin/scrutiny migrate
	@[ -e var/demo/filled ] || { echo "Filling the demo panel..."; $(DEMO) .venv/bin/scrutiny demo; ls migrations/*.py | cksum > var/demo/filled; }
	@echo "Open http://127.0.0.1:$(PORT)/demo and choose who to be. Stop with Ctrl+C."
	@$(DEMO) .venv/bin/scrutiny serve --port $(PORT)

test: .venv/test static/manifest.json check
	@echo "Tests on SQLite"
	$(PY) -m pytest -q -n 2 --dist loadfile
	@echo "Tests on PostgreSQL"
	SCRUTINY_TEST_DATABASE=postgres $(PY) -m pytest -q -n 2 --dist loadfile
	@echo "Tests in a browser"
	@$(call node_for,--checks)
	@$(PY) assets/build.py --checks
	$(PY) -m pytest -q tests/browser --confcutdir=tests/browser
	@if [ "$${CI_SLOW:-0}" = 1 ] || .ci/touches-storage; then $(MAKE) --no-print-directory test-slow; fi

test-slow: .venv/test static/manifest.json
	@echo "Fault and load tests"
	$(PY) -m pytest -q tests/faults

check: .venv/test
	@.venv/bin/ruff check -q .
	@.venv/bin/ruff format -q --check .

bench: .venv/test static/manifest.json
	@.ci/system $(BENCH_PACKAGES)
	$(PY) -m benchmarks

docs: .venv/run
	.venv/bin/scrutiny docs

pins:
	@$(PY) -m pip install -q uv
	@for name in requirements requirements-test requirements-node; do \
	  $(PY) -m uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --python-version 3.11 $$name.in -o $$name.txt; done

clean:
	rm -rf .venv var static node_modules

.venv/bin/python:
	@$(if $(shell command -v python3),,$(error python3 is needed))
	@python3 -c 'import ensurepip' 2>/dev/null || .ci/system python3-venv
	@echo "Making .venv"
	@python3 -m venv .venv

.venv/run: requirements.txt pyproject.toml | .venv/bin/python
	@.ci/system $(RUN_PACKAGES)
	@echo "Installing Python packages (requirements.txt)"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: requirements-test.txt .venv/run | .venv/bin/python
	@.ci/system $(TEST_PACKAGES)
	@echo "Installing what the tests need (requirements-test.txt)"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

.venv/node: requirements-node.txt | .venv/run
	@$(call node_for,)
	@touch $@

static/manifest.json: .venv/node package-lock.json $(shell find assets -type f 2>/dev/null)
	@echo "Building the assets"
	@$(PY) assets/build.py
	@touch $@
