# Every target sets up what it needs on a fresh machine: Python 3.11+ is all that must be there.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run demo test test-google check bench package lock clean

run: $(READY)  ## the whole system on this machine; Ctrl-C ends all of it
	$(BIN)/python -m emulator

demo: $(READY)  ## three hundred reports driven through every command
	$(BIN)/python -m emulator.demo

test: $(READY)  ## every test, on the embedded cloud; under ten minutes on two cores
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-google: $(READY)  ## what talks to the store or to Pub/Sub, once more on Google's emulators
	TANGGAP_TEST_GOOGLE=1 $(BIN)/python -m pytest -n 2 --dist loadfile tests/contract tests/functions \
		tests/system/test_crashes.py tests/system/test_demo.py tests/system/test_emulator.py tests/system/test_replay.py

check: $(READY)  ## formatting, lint, types, dependency directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## speed, each row beside its bare function in the same run
	$(BIN)/python -m tests.bench

package: $(READY)  ## the archive that is deployed
	$(BIN)/python -m infra.commands.package

lock: $(READY)  ## pin the dependencies of pyproject.toml anew
	$(BIN)/pip-compile -q --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv build

$(READY): requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
