# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: demo test lint unit evals record docs bench clean

demo: $(READY)  ## summarise an article of examples/ with the embedded model
	$(BIN)/summarizer models pull smollm2
	$(BIN)/summarizer examples/pasted.txt --model local

test: lint unit  ## everything CI runs

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(READY)
	$(BIN)/pytest

# Rules, embedded model (recorded) and hand-written answers, each against its baseline: no key, no network.
REPORTS ?= evals/runs/reports
evals: $(READY)  ## the gate that CI runs
	mkdir -p $(REPORTS)
	$(BIN)/summarizer eval --quiet --model extractive --against evals/baselines/extractive.json $(call reports,extractive)
	$(BIN)/summarizer eval --quiet --model replay:evals/recordings --against evals/baselines/local.json $(call reports,local)
	$(BIN)/summarizer eval --quiet --model reference --against evals/baselines/reference.json $(call reports,reference)
reports = $(foreach kind,md html xml,--report $(REPORTS)/$(1).$(kind))

record: $(READY)  ## the embedded model's answers to the suite, recorded anew (minutes)
	$(BIN)/summarizer models pull smollm2
	rm -rf evals/recordings
	$(BIN)/summarizer eval --model local --concurrency 1 --record evals/recordings

docs: $(READY)  ## the output that the README shows, made anew
	$(BIN)/python tests/test_docs.py

bench: $(READY)  ## figures as ratios in one run
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.locate

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[local,dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
