# `make` lists what can be typed. Everything stays in this directory.
include scripts/env

# STOCK=1 takes the libraries with the real TensorFlow, in an environment beside the default one.
STOCK ?=
export STOCK
PYTHON := $(if $(STOCK),.venv-stock,.venv)/bin/python

.PHONY: help setup setup-dev run shell channels train test test-stock lint format evaluate adapt prove review benchmark load widget check-widget lock clean

help: ## List what can be typed
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 \t/p' Makefile | expand -t 20

setup: ## Install what the assistant needs, where something changed
	@scripts/setup.sh

setup-dev: ## Install what tests and checks need as well
	@scripts/setup.sh dev
	@scripts/telegram_test_server.sh

run: setup ## Start the assistant on this machine; Ctrl-C stops it
	@$(PYTHON) -m bot.launch run

shell: setup ## Chat in the terminal
	@$(PYTHON) -m bot.launch shell

channels: setup ## List the messaging channels, their state and what they need
	@$(PYTHON) -m bot.launch channels

train: setup ## Train the model, where something changed
	@$(PYTHON) -m bot.launch train

test: setup-dev ## Run all tests
	@$(PYTHON) -m bot.launch train
	@$(PYTHON) -m pytest

test-stock: ## Run all tests with the real TensorFlow
	@$(MAKE) --no-print-directory test STOCK=1

lint: setup-dev ## Check style and types
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

format: setup-dev ## Lay out the code
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

evaluate: setup-dev ## Measure right and wrong answers; writes reports/
	@$(PYTHON) -m bot.launch train
	@$(PYTHON) -m tools.evaluation

adapt: ## Learn the sentence encoder's adapter anew (slow); FURTHER=1 goes on from what it knows
	@STOCK=1 scripts/setup.sh dev
	@.venv-stock/bin/python -m tools.adapt $(if $(FURTHER),--further)

prove: setup-dev ## Search every conversation for a broken promise, and hold random ones
	@$(PYTHON) -m bot.launch train
	@$(PYTHON) -m tools.prove

review: setup-dev ## Write the table for a clinician to sign; writes reports/review.html
	@$(PYTHON) -m tools.review

benchmark: setup-dev ## Measure speed and memory beside Rasa's stock configuration
	@$(PYTHON) -m bot.launch train
	@STOCK=1 scripts/setup.sh
	@$(PYTHON) -m tools.benchmark

load: setup-dev ## Measure long conversations, many people and oversized messages
	@$(PYTHON) -m bot.launch train
	@$(PYTHON) -m tools.benchmark.load
	@OPENBLAS_NUM_THREADS=1 $(PYTHON) -W ignore -m tools.benchmark.stages

widget: ## Build the chat widget (needs npm)
	@scripts/widget.sh build

check-widget: ## Check that the built widget matches its source (needs npm)
	@scripts/widget.sh check

lock: ## Lock the versions that the requirements*.in files ask for
	@scripts/lock.sh

clean: ## Remove the installed libraries, the model, caches and logs
	rm -rf widget/node_modules tests/channels/telegram_test_server/node_modules .venv .venv-stock .venv-synapse .venv-tools .cache .rasa .logs models .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find bot actions tools tests -name __pycache__ -type d -prune -exec rm -rf {} +
