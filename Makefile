# Every target sets up what it needs on a fresh machine: Python 3.11+ is all that must be there.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# What the providers of Terraform know, where there is a Terraform to tell it to.
SCHEMAS := .venv/schemas/.ready
AXE := .venv/browser/axe.min.js
PINNED := --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links
WEAKNESSES := https://api.osv.dev
# More workers than cores: half of the time a test waits for a process that it started. Those processes
# are many, and what they load is compiled once.
TESTS := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder
NAMED = $(or $(REGION),$(error name a region: make $@ REGION=badung))

.PHONY: run demo test browser test-google check secrets audit baseline bench package plan deploy smoke preflight lock clean

run: $(READY)  ## the whole system on this machine; Ctrl-C ends all of it
	$(BIN)/python -m emulator

demo: $(READY)  ## three hundred reports driven through every command
	$(BIN)/python -m emulator.demo

test: $(READY) browser $(if $(shell command -v terraform),$(SCHEMAS))  ## every test, on the embedded cloud; under ten minutes on two cores
	$(TESTS)

browser: $(AXE)  ## what tests of pages need: Chromium and axe-core; they are left out where it cannot be had
	@command -v chromium || command -v chromium-browser \
		|| (apt-get update -qq && apt-get install -qq --yes --no-install-recommends chromium) || true

test-google: $(READY)  ## what talks to the store or to Pub/Sub, once more on Google's emulators
	TANGGAP_TEST_GOOGLE=1 $(TESTS) tests/contract tests/functions \
		tests/system/test_crashes.py tests/system/test_demo.py tests/system/test_emulator.py tests/system/test_replay.py

check: $(READY)  ## formatting, lint, types, dependency directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory secrets audit

secrets: $(READY)  ## nothing that looks like a key, but what .secrets.baseline lists as invented
	git ls-files -z | xargs -0 $(BIN)/detect-secrets-hook --baseline .secrets.baseline

audit: $(READY)  ## known weaknesses in what is deployed; said when the list of them cannot be reached
	@if curl --silent --head --max-time 5 --output /dev/null $(WEAKNESSES); \
		then $(BIN)/pip-audit --vulnerability-service osv --disable-pip --requirement requirements.txt; \
		else echo "Not audited: $(WEAKNESSES) cannot be reached from here. Before a release: make audit where it can be."; fi

baseline: $(READY)  ## after a look at each: what looks like a key here is invented
	git ls-files -z --cached --others --exclude-standard | xargs -0 $(BIN)/detect-secrets scan --slim > .secrets.baseline

bench: $(READY)  ## speed, each row beside its bare function in the same run
	$(BIN)/python -m tests.bench

package: $(READY)  ## the archive that is deployed, and the list of all it is made of (CycloneDX)
	$(BIN)/python -m infra.commands.package
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o build/tanggap.cdx.json requirements.txt

plan: $(READY)  ## what a deployment would change: make plan REGION=badung STATE=gs://BUCKET
	$(BIN)/python -m infra.commands.plan $(NAMED)

deploy: $(READY)  ## package, plan, ask, apply, seed, look; YES=1 answers the questions, ARCHIVE= goes back to an older one
	$(BIN)/python -m infra.commands.deploy $(NAMED)

smoke: $(READY)  ## whether the deployed desk answers as it should
	$(BIN)/python -m infra.commands.smoke $(NAMED)

preflight: $(READY)  ## what is not ready in a region, why it matters, who does it and how
	$(BIN)/python -m infra.commands.preflight $(NAMED)

lock: $(READY)  ## pin the dependencies of pyproject.toml anew
	$(BIN)/pip-compile -q --upgrade $(PINNED) -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --upgrade $(PINNED) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv build

$(READY): requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(SCHEMAS): tests/infra/terraform_standin/wheels.txt $(READY)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --dest $(@D) -r $<
	touch $@

$(AXE): $(READY)
	mkdir -p $(@D)
	-cd $(@D) && tar -xzf $$(npm pack --silent axe-core@4.14.1) --strip-components=1 package/axe.min.js && touch axe.min.js
