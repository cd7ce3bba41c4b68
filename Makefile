# make run    sets everything up and opens the studio; without a screen it plays the main job
# make test   sets everything up and passes all tests

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test style benchmarks schema words clean

run: .venv/ready
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; \
		then $(BIN)/otn-studio; else $(BIN)/otn-studio demo; fi

test: .venv/ready style
	$(BIN)/pytest --numprocesses logical --dist worksteal

style: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

benchmarks: .venv/ready
	$(BIN)/python -m tests.benchmarks

# The published JSON Schema, made anew from the blocks' declarations.
schema: .venv/ready
	$(BIN)/python -m otn_studio.flow.schema > resources/schema/flow.json

# The template that translations start from, made anew from all that the program says; and the languages.
words: .venv/ready
	$(BIN)/python -m tests.words

clean:
	rm -rf .venv

# Without pip inside, an environment needs nothing but Python itself; the system's pip fills it.
.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "OTN Studio needs Python 3.11 or newer. Say which: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m pip --version > /dev/null \
		|| { echo "pip is missing. On Debian: apt-get install python3-pip"; exit 1; }
	$(PYTHON) -m venv --without-pip .venv
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --editable '.[dev]'
	@resources/packaging/system-libraries $(BIN)/python
	@touch $@
