"""Settings come from the environment, read only where a cached factory makes something of them."""

import os


class NotConfigured(Exception):
    """A setting is missing or unreadable. The message never shows a value: it may be a secret."""


def setting(name: str, default: str | None = None) -> str:
    value = os.environ.get(name) or default
    if value is None:
        raise NotConfigured(f"{name} is not set")
    return value


def site() -> str:
    """Where people reach the region: scheme and host, without a slash at the end."""
    return setting("PUBLIC_URL")
