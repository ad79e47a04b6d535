# Two commands do everything: `make report` builds the record and the pages, `make test` runs the
# checks. Both set up .venv first and can be repeated at will.
.DELETE_ON_ERROR:
.PHONY: report test data clean help

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
PYTHON ?= python
else
BIN := .venv/bin
PYTHON ?= python3
endif
READY := .venv/ready
RUN := "$(BIN)/python" -m analysis

report: $(READY)  ## build the record, run every notebook, write reports/*.html
	$(RUN) report

data: $(READY)  ## build data/processed from data/raw
	$(RUN) build

test: $(READY)  ## style, types, rooms, and all tests
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .
	"$(BIN)/mypy"
	"$(BIN)/lint-imports"
	"$(BIN)/python" -m pytest

clean:  ## remove what was made, not the record's sources
	rm -rf .venv reports data/processed/parquet

help:  ## this list
	@grep -E "^[a-z]+:.*##" Makefile | sed "s/:.*##/ -/"

# The lock is hashed; pip is renewed first because old ones fail to resolve. No make target names
# the project's own folder, so that a blank in it does no harm.
$(READY): requirements.lock pyproject.toml
	"$(PYTHON)" -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed: make PYTHON=python3.12')"
	"$(PYTHON)" -m venv .venv
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25"
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	"$(BIN)/python" -c "open('.venv/ready', 'w').close()"
