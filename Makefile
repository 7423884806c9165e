# What a developer does. `make help` lists it.
.DEFAULT_GOAL := all
PY := .venv/bin/python
.PHONY: all help setup dev build check test coverage lint format schema docs gallery look pages conformance conformance-setup copies torture bench bench-setup wheel clean

all: setup build ## install what is missing, and build content/ into output/

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 20

setup:
	@.ci/setup

dev:
	@.ci/setup dev

build: setup ## build what is stale
	@$(PY) generate.py build

check: setup ## check the content and print every problem
	@$(PY) generate.py check

test: dev ## run all tests
	@$(PY) -m pytest -n auto

coverage: dev ## run all tests and say which lines and branches none reached: takes three times as long
	@$(PY) -m pytest -n auto --cov --cov-report=term

lint: dev ## linters, types, layers
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

format: dev ## format the code
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

docs: dev ## write the generated pages: the reference and the schema
	@$(PY) -m tests.generated

gallery: dev ## one lesson with every kind at every level, into output/gallery
	@$(PY) -m tests.gallery output/gallery

look: dev ## contact sheets of every page and slide that was built, into output/look
	@$(PY) -m tests.look output output/look

pages: dev ## write the reference pages of tests/visual anew; look at each before it is committed
	@$(PY) -m tests.visual --update

conformance-setup: dev ## install the validators for PDF and PowerPoint
	@tests/conformance/setup

conformance: build ## validate everything that was built, and write docs/conformance.md
	@$(PY) -m tests.conformance.matrix output/matrix output/languages
	@$(PY) -m tests.conformance.run output docs/conformance.md
	@$(PY) -m tests.conformance.bases build/bases docs/conformance.md

copies: dev ## what photocopiers leave of sheets and keys, into docs/copies.md
	@$(PY) -m tests.copies docs/copies.md

torture: dev ## kill 200 builds at random moments, and see that nothing is lost
	@$(PY) -m tests.torture 200

bench-setup: dev ## install what the benchmarks compare with: Chromium, pandoc, LaTeX, LibreOffice, Typst
	@benchmarks/setup

bench: dev ## measure speed and memory, and write benchmarks/RESULTS.md; 25 minutes on a computer that does nothing else
	@$(PY) -m benchmarks.run

wheel: dev ## build the wheel into dist/
	@$(PY) -m hatchling build -t wheel

clean: ## delete what was built
	@rm -rf output/* build dist .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis
