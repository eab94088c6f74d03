# Every target sets up what it needs; a second call reinstalls nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Compiled once: where this is set, every start and every test process would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test pytest thorough lint fmt bench docs evaluation samples shots vectors weights lock clean

run: $(READY)
	$(BIN)/masrad serve $(ARGS)

# The types are checked beside the tests, which wait for browsers much of the time.
test: $(READY)
	@$(MAKE) --no-print-directory --jobs 2 lint pytest

pytest: $(READY)
	$(BIN)/pytest -n 3 --dist worksteal $(ARGS)

# What is left out of the tests for the time it takes: more of the same.
thorough: $(READY)
	$(BIN)/pytest -n 3 --dist worksteal -m thorough $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m tests.benchmarks $(ARGS)

# The term list and the maps, from the bundled glossary.
docs: $(READY)
	$(BIN)/python -m tests.documents

# The report of the evaluation, and the tables made of it.
evaluation: $(READY)
	$(BIN)/python -m tests.evaluated

# The sample conversations; those by explain need a chat model (OPENAI_BASE_URL).
samples: $(READY)
	$(BIN)/python -m tests.samples

# The vectors of the bundled glossary, by each bundled embedder; embeds what has changed.
vectors: $(READY)
	$(BIN)/python -m knowledge.search.vectors

# The learned weights, fitted anew on the labelled questions; takes about four minutes.
weights: $(READY)
	$(BIN)/python -m tests.training

# The pictures of the README; needs Chromium.
shots: $(READY)
	$(BIN)/python -m tests.browser.screenshots

# Pins every package by hash, for all platforms; names no address.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
		--no-header --no-annotate --quiet --upgrade -o requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Masrad needs Python 3.11 or newer: make run PYTHON=python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib knowledge assistant ui || true  # some packages hold code for others
	@touch $@
