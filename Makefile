# The commands of this project; `make help` lists them.
# /usr/bin first: a Python in somebody's home cannot be run by another user, and root drops to one.
PYTHON = $(firstword $(wildcard /usr/bin/python3) python3)
LOCAL = @$(PYTHON) docker/local
BIN = .venv/bin
# Compiled once for all workers and the processes that they start, whatever the shell says: else a run without
# bytecode rewrites the assertions of all tests again in each of them. Not beside the sources.
FAST = PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.local/pycache
CODE = meldingen analytics opendata docker/local manage.py tests
JOBS ?= 2

.PHONY: help manage jobs demo up down again setup services services-down test test-slow bench bench-scale bench-flood lint checks check-types check-others pytest messages compilemessages lock
help: ## what there is
	@sed -n -e 's/^#: /\n/p' -e 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 20

#: See it
demo: packages-demo ## everything: install, start, walk through the main job, serve until Ctrl-C (DEMO_ONCE=1: do not serve)
	$(LOCAL) demo
up: packages-demo ## the same in the background; .local/up.env has the address and the logins
	$(LOCAL) up
again: packages-demo ## back to the beginning: as it was after the first walk
	$(LOCAL) again
down: ## leave no process behind
	$(LOCAL) down
manage: packages-demo ## a command of the application on the private stack: make manage ARGS="load_areas GM0606 folder"
	$(LOCAL) manage '$(ARGS)'
services: packages-demo ## only PostGIS and Redis; .local/services.env says where
	$(LOCAL) services
services-down: ## stop them
	$(LOCAL) services-down

#: Change it
setup: packages-test ## install what the tests need and start nothing
	$(LOCAL) setup test
test: setup ## all checks and tests; with ARGS only these tests
	$(LOCAL) run $(MAKE) --no-print-directory $(if $(ARGS),,checks )pytest
test-slow: setup ## the tests that take longer, then the jobs and the commands of the docs on the demo; with ARGS only these tests
	$(LOCAL) run env $(FAST) $(BIN)/pytest -n $(JOBS) --dist worksteal -m slow $(ARGS)
	$(if $(ARGS),,$(LOCAL) jobs)
lint: setup checks ## only the checks
messages: setup ## bring the translation files up to date with the sources
	$(BIN)/python docker/local/messages.py
compilemessages: ## compile them
	@$(PYTHON) docker/local/messages.py compile
lock: ## pin requirements/*.in and package.json with hashes
	for name in base test dev assets; do \
	  (cd requirements && ../$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" $$name.in -o $$name.txt) || exit 1; done

#: Measure it
jobs: setup ## what each user comes to do, in a browser on the demo as it was at first: taps, pages and downloads beside what they may take
	$(LOCAL) jobs '$(ARGS)'
bench: setup ## speed, with the machine it was measured on
	$(LOCAL) run $(BIN)/python -m tests.benchmarks $(ARGS)
bench-scale: setup ## each filter of the staff list and a month's cells among 10,000 and two million meldingen (minutes)
	$(LOCAL) run $(BIN)/python -m tests.benchmarks.scale $(ARGS)
bench-flood: setup ## the worker alone, and fifty reports a second for three minutes (minutes)
	$(LOCAL) run $(BIN)/python -m tests.benchmarks.flood $(ARGS)

# Parts of the above
packages-%:
	@sh docker/local/packages $*
# Types take about as long as all others together.
checks:
	@$(MAKE) --no-print-directory -j $(JOBS) -O check-types check-others
check-types:
	$(BIN)/mypy $(CODE)
check-others:
	$(BIN)/ruff check -q .
	$(BIN)/ruff format -q --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint meldingen analytics opendata
	@# without a database: what stands in the private one says nothing of the sources
	DATABASE_URL=postgis:///none DJANGO_SETTINGS_MODULE=meldingen.conf.settings_test $(BIN)/python -W ignore manage.py makemigrations --check --dry-run -v 0
	$(BIN)/python docker/local/messages.py check
pytest:
	@$(FAST) $(BIN)/pytest -n $(JOBS) --dist worksteal -m "not slow" $(ARGS)
