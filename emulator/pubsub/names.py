"""Names of topics and subscriptions, taken apart and checked ("Resource names")."""

import re
from functools import lru_cache
from typing import Literal

from emulator.rpc.status import invalid

Collection = Literal["topics", "subscriptions"]
DELETED_TOPIC = "_deleted-topic_"

_ID = re.compile(r"(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}")
_PROJECT = re.compile(r"projects/[^/]+")


@lru_cache(maxsize=1024)
def check_name(name: str, collection: Collection) -> str:
    project, _, rest = name.partition(f"/{collection}/")
    if not _PROJECT.fullmatch(project) or not _ID.fullmatch(rest):
        invalid(
            f"Invalid [{collection}] name: (name={name}). It is projects/p/{collection}/id; the id "
            'has 3 to 255 characters of A-Za-z0-9-._~+%, begins with a letter and not with "goog".'
        )
    return name


def check_project(name: str) -> str:
    if not _PROJECT.fullmatch(name):
        invalid(f"Invalid [projects] name: (name={name}).")
    return name


def project_of(name: str) -> str:
    return name.split("/")[1]


def id_of(name: str) -> str:
    return name.rpartition("/")[2]
