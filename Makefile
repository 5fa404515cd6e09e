# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: demo test lint unit browser evals record docs site bench bench-metrics bench-data clean

NEXT = Next, a better writer: set OPENAI_API_KEY (or another of `summarizer models list`) and leave --model out, \
	or start Ollama and name a model of it, as in --model ollama:qwen3:4b-instruct.
HARBOUR = SUMMARIZER_CACHE=.cache/demo.sqlite $(BIN)/summarizer examples/harbour.txt --model local
demo: $(READY)  ## summarise an article of examples/ with the embedded model
	$(BIN)/summarizer models pull
	@mkdir -p .cache && rm -f .cache/demo.sqlite*
	$(HARBOUR)
	@$(HARBOUR) --quiet --output .cache/harbour.html
	@echo '$(NEXT)'
	@echo 'The same record as a page, to be checked beside its article: .cache/harbour.html'

test: lint unit evals  ## everything CI runs

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(READY) browser
	$(BIN)/pytest -n 2 --dist loadfile

# Debian's Chromium, where it lacks and may be installed; without one the tests of pages are skipped, and say so.
browser:
	@command -v chromium >/dev/null || { grep -qx ID=debian /etc/os-release && test "$$(id -u)" = 0 && apt-get update && \
		DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium; } >/dev/null 2>&1 || true

# Rules, the recorded small model and hand-written answers, each against its baseline: no key, no network.
REPORTS ?= evals/runs/reports
evals: $(READY)  ## the gate that CI runs
	mkdir -p $(REPORTS)
	$(BIN)/summarizer eval --quiet --model extractive --against evals/baselines/extractive.json $(call reports,extractive)
	$(BIN)/summarizer eval --quiet --model replay:evals/recordings --prompt brief \
		--against evals/baselines/local.json $(call reports,local)
	$(BIN)/summarizer eval --quiet --model reference --against evals/baselines/reference.json $(call reports,reference)
	$(BIN)/python -m benchmarks.findings --most-false .2 --least-recall .4
reports = $(foreach kind,md html xml,--report $(REPORTS)/$(1).$(kind))

record: $(READY)  ## what evals/recordings lacks, asked of the embedded model: a quarter of an hour if all is stale
	$(BIN)/summarizer models pull
	$(BIN)/summarizer eval --model local --prompt brief --record evals/recordings

docs: $(READY)  ## the parts of the documentation that are made from the code
	$(BIN)/python -m docgen

site: $(READY)  ## the documentation as a site, in site/
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	$(BIN)/zensical build --clean --strict

bench: $(READY)  ## figures as ratios in one run, of what needs no data from outside
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.locate
	$(BIN)/python -m benchmarks.own_work
	$(BIN)/python -m benchmarks.tokens
	$(BIN)/python -m benchmarks.throughput
	$(BIN)/python -m benchmarks.agreement
	$(BIN)/python -m benchmarks.gate

# The folder of labelled public data: realsumm.jsonl and the rest.
DATA_NEEDED = $(or $(DATA),$(error DATA is not set: make $@ DATA=FOLDER))
bench-data: bench-metrics  ## what is measured on labelled public data: make bench-data DATA=FOLDER
	$(BIN)/python -m benchmarks.injections $(DATA_NEEDED)
	$(BIN)/python -m benchmarks.findings --data $(DATA_NEEDED)

bench-metrics: $(READY)  ## the fact metric against people's votes: make bench-metrics DATA=FOLDER
	$(BIN)/python -m benchmarks.metrics $(DATA_NEEDED)/realsumm.jsonl

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[local,prices,dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) dist site .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
