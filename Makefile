# `make run` starts the product, `make test` runs the tests; both set up everything they need. `make help` lists all.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON := .venv/bin/python
export PYTHONWARNINGS := ignore

.venv/.ready: requirements.lock pyproject.toml deploy/setup.sh
	@bash deploy/setup.sh

.PHONY: run
run: train ## set up, train if the data changed, start the coach
	@$(PYTHON) -m bot

.PHONY: test
test: train ## set up, then run all tests
	@bash deploy/browser.sh
	@$(PYTHON) -m pytest -n auto --dist loadgroup $(ARGS)

.PHONY: setup
setup: .venv/.ready ## make the environment

.PHONY: train
train: .venv/.ready ## train the model if its data changed
	@$(PYTHON) -m dialogues.training

.PHONY: check
check: .venv/.ready ## validate every data file; linter, formatter, types
	@.venv/bin/coach check
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

.PHONY: audit
audit: .venv/.ready ## look the pinned packages up among known vulnerabilities
	@$(PYTHON) -m deploy.audit

.PHONY: format
format: .venv/.ready ## format the code
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

.PHONY: chat
chat: train ## talk to the coach in this terminal
	@.venv/bin/coach chat

.PHONY: bench
bench: train ## measure replies, memory and training beside a stock Rasa assistant; ARGS="--no-stock --no-training" is quick
	@$(PYTHON) -m benchmarks.replies $(ARGS)

.PHONY: bench-progress
bench-progress: .venv/.ready ## measure the numbers behind /progress on a million answers
	@$(PYTHON) -m benchmarks.progress_queries

.PHONY: bench-ask
bench-ask: train ## measure the answers to the questions of FILE (benchmarks/answers.py tells its format)
	@$(PYTHON) -m benchmarks.answers $(FILE)

.PHONY: bench-tips
bench-tips: .venv/.ready ## send a tip to 1,000 people at Telegram's pace
	@$(PYTHON) -m benchmarks.tips $(ARGS)

.PHONY: screenshots
screenshots: train ## play a drill in the chat page on a phone's window and keep docs/screens/*.png
	@bash deploy/browser.sh
	@$(PYTHON) -m benchmarks.screenshots $(ARGS)

.PHONY: crash
crash: .venv/.ready ## kill the bot 200 times under load and count what people got
	@$(PYTHON) -m benchmarks.crash $(ARGS)

.PHONY: bench-nlu
bench-nlu: .venv/.ready ## compare ways of understanding
	@$(PYTHON) -m benchmarks.understanding $(ARGS)

.PHONY: cross-validate
cross-validate: .venv/.ready ## read every label by models that have not seen its sentences; print and draw the confusions
	@$(PYTHON) -m benchmarks.cross_validation --picture docs/confusions.png $(ARGS)

.PHONY: bench-score
bench-score: train ## compare ways of scoring drill answers; FILES=… adds graded files
	@$(PYTHON) -m benchmarks.scoring $(FILES)

.PHONY: lock
lock: .venv/.ready ## resolve requirements.in anew into requirements.lock
	@.venv/bin/uv pip compile -q requirements.in --override requirements.overrides -p $(PYTHON) \
		--no-header --no-emit-index-url --no-annotate -o requirements.lock
	@sed -i '1i # Made by `make lock` from requirements.in and requirements.overrides; installed with --no-deps.' requirements.lock

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
