"""All rules together."""

from tests.infra.terraform.rules import access, applying, events, files, functions, store, watching

RULES = (
    *functions.RULES,
    *access.RULES,
    *events.RULES,
    *store.RULES,
    *files.RULES,
    *watching.RULES,
    *applying.RULES,
)
