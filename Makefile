# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: demo test lint unit docs bench bench-metrics clean

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

docs: $(READY)  ## the output that the README shows, made anew
	$(BIN)/python tests/test_docs.py

bench: $(READY)  ## figures as ratios in one run
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.locate

bench-metrics: $(READY)  ## the fact metric against people's votes: make bench-metrics DATA=FOLDER, which holds realsumm.jsonl
	$(BIN)/python -m benchmarks.metrics $(or $(DATA),$(error DATA is not set: make bench-metrics DATA=FOLDER))/realsumm.jsonl

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[local,dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
