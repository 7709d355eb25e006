"""All rules together."""

from tests.infra.terraform.rules import access, events, functions, store, watching

RULES = (*functions.RULES, *access.RULES, *events.RULES, *store.RULES, *watching.RULES)
