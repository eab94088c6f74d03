# Every target sets up what it needs; a second call reinstalls nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-to-test
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check

# Bytecode is kept: where this is set, every start and every test process would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test pytest thorough lint fmt deployment bench docs evaluation samples shots strip vectors weights lock clean

run: $(READY)
	$(BIN)/masrad serve $(ARGS)

# The types are checked beside the tests, which wait for browsers much of the time.
test: $(DEV)
	@$(MAKE) --no-print-directory --jobs 2 lint pytest

pytest: $(DEV)
	$(BIN)/pytest -n 3 --dist worksteal $(ARGS)

# What is left out of the tests for the time it takes: more of the same.
thorough: $(DEV)
	$(BIN)/pytest -n 3 --dist worksteal -m thorough $(ARGS)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Replicas, nginx, Chroma and PostgreSQL for real, each killed once, under thirty people: two minutes.
deployment: $(DEV)
	$(BIN)/python -m tests.deployment $(ARGS)

bench: $(DEV)
	$(BIN)/python -m tests.benchmarks $(ARGS)

# The term list, from the bundled glossary.
docs: $(DEV)
	$(BIN)/python -m tests.documents

# The report of the evaluation, and the tables made of it.
evaluation: $(DEV)
	$(BIN)/python -m tests.evaluated

# The sample conversations; those by explain need a chat model (OPENAI_BASE_URL).
samples: $(DEV)
	$(BIN)/python -m tests.samples

# The vectors of the bundled glossary, by each bundled embedder; embeds what has changed.
vectors: $(DEV)
	$(BIN)/python -m tests.vectors

# The learned weights, fitted anew on the labelled questions; takes about half an hour.
weights: $(DEV)
	$(BIN)/python -m tests.training

# The pictures of the README; needs Chromium.
shots: $(DEV)
	$(BIN)/python -m tests.browser.screenshots

# A lesson given in the browser, a picture a minute; needs Chromium.
strip: $(DEV)
	$(BIN)/python -m tests.browser.film_strip

# Pins every package by hash, for all platforms, for running and for the tests; names no address.
# Left out is what packages name, and nothing here imports: Chroma's own embedder and clusters,
# Streamlit's maps.
UNUSED := kubernetes onnxruntime flatbuffers sympy mpmath tokenizers huggingface-hub hf-xet \
	pydeck durationpy oauthlib requests-oauthlib websocket-client
COMPILE = $(BIN)/uv pip compile pyproject.toml --extra documents --extra service --group build --universal \
	--generate-hashes --no-header --no-annotate --quiet --upgrade \
	$(addprefix --no-emit-package ,$(UNUSED))

lock: $(READY)
	$(INSTALL) --quiet uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o tests/requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Masrad needs Python 3.11 or newer: make run PYTHON=python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --no-deps --no-compile --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	$(BIN)/python -c "import ui.server, ui.shared, chromadb, langchain_openai"  # compiles them
	@touch $@

$(DEV): tests/requirements.lock $(READY)
	$(INSTALL) --no-deps --no-compile --require-hashes -r tests/requirements.lock
	@touch $@
