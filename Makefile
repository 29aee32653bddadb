# The commands of this project; docs/development.md says more.  /usr/bin first: a Python of one user's home cannot be run by another user.
PYTHON := $(firstword $(wildcard /usr/bin/python3) python3)
LOCAL := $(PYTHON) docker/local
.PHONY: services services-down

services: ## start the private PostGIS and Redis only
	@$(LOCAL) services

services-down: ## stop them
	@$(LOCAL) services-down
