# Each target does its own set-up: Python 3.11 and make are enough.
PYTHON ?= python3
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
UV := $(shell command -v uv 2>/dev/null || echo .venv/bin/uv)
READY := .venv/.ready
RUN := .venv/bin
DEMO_DATA ?= demo-data
LARGE_DATA ?= large-data

.PHONY: demo test check lint types imports docs coverage bench large mutants clean

demo: $(READY)
	$(RUN)/python -m sync demo --data $(DEMO_DATA)
	$(RUN)/python -m analyst demo --data $(DEMO_DATA)

test: $(READY)
	$(RUN)/pytest

check: lint types imports docs

lint: $(READY)
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .

types: $(READY)
	$(RUN)/mypy

imports: $(READY)
	$(RUN)/lint-imports

docs: $(READY)
	$(RUN)/python -m analyst catalog --check
	$(RUN)/python -m analyst security --check

coverage: $(READY)
	$(RUN)/coverage run -m pytest -n 0
	$(RUN)/coverage combine --quiet || true
	$(RUN)/coverage report

bench: $(READY)
	$(RUN)/python bench/first_answer.py
	$(RUN)/python bench/small_query.py
	$(RUN)/python bench/names.py --parties-file bench/held_out/parties.tsv --queries-file bench/held_out/queries.tsv

# A company of a million documents: minutes to make, some gigabytes of disk and memory.
large: $(READY)
	test -f $(LARGE_DATA)/CURRENT || $(RUN)/python -m sync demo --size large --seed 42 --data $(LARGE_DATA)
	$(RUN)/python bench/large_oracle.py --size large --seed 42 --data $(LARGE_DATA)
	$(RUN)/python bench/build.py --data $(LARGE_DATA)
	$(RUN)/python bench/finance.py --data $(LARGE_DATA)

mutants: $(READY)
	$(RUN)/python bench/mutants.py

$(READY): pyproject.toml uv.lock
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	command -v uv >/dev/null 2>&1 || test -x .venv/bin/uv || .venv/bin/python -m pip install --quiet uv
	$(UV) sync --frozen --inexact --quiet --python .venv/bin/python
	touch $(READY)

clean:
	rm -rf .venv demo-data .mypy_cache .pytest_cache .ruff_cache
