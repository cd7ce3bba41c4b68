# make run    sets everything up and opens the studio; without a screen it plays the main job
# make test   sets everything up and passes all tests

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test style benchmarks schema words help screens package installers try-installers clean

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

# The help's pages about blocks, made anew from their declarations, and all its pictures.
help: .venv/ready
	$(BIN)/python -m tests.help

# Pictures of every screen, light and dark, in all sizes, and a page with all of them. Takes half an hour.
screens: .venv/ready
	$(BIN)/python -m tests.studio.screenshots build/screens

# The program in one folder, for this computer's system, without need of Python: dist/otn-studio. Tried out.
package: .venv/package
	$(BIN)/python resources/packaging/icons.py build/icons
	$(BIN)/pyinstaller --noconfirm --log-level WARN otn_studio.spec
	@resources/packaging/strip-python dist/otn-studio
	resources/packaging/try-out dist/otn-studio/otn-studio

# A Debian package and an archive for other Linuxes; and Windows' installer, as far as it can be made here.
installers: package
	resources/packaging/linux/make-installers
	resources/packaging/windows/make-installer

# Both of Linux installed, started, shown and removed on a bare Debian of its own. Takes root.
BARE ?= /var/tmp/otn-studio-bare
try-installers: installers
	resources/packaging/linux/try-on-bare-system $(BARE)

clean:
	rm -rf .venv build dist

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

.venv/package: .venv/ready
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --editable '.[dev,package]'
	@touch $@
