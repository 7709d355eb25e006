"""The region's database: as the environment names it (the local cloud), else as its .tfvars do."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from infra import tfvars
from infra.region_file import RegionFault
from shared.adapters.firestore_client import bounded, client, reaching_the_store

_UNNAMED = "name the region, or set GOOGLE_CLOUD_PROJECT (and FIRESTORE_DATABASE)"
_AWAY = "the store does not answer; run this again"
_SIGN_IN = "gcloud auth application-default login"


def database(region: str = "") -> Any:
    """Raises RegionFault where it is not there or not ours to read, and StoreAway."""
    if "GOOGLE_CLOUD_PROJECT" in os.environ:
        with _reading("the one that GOOGLE_CLOUD_PROJECT and FIRESTORE_DATABASE name"):
            return _looked_at(client())
    if not region:
        raise RegionFault(_UNNAMED)
    return of_region(region, tfvars.read(region))


def of_region(region: str, settings: Mapping[str, Any]) -> Any:
    """`settings`: its .tfvars."""
    return opened(settings["project"], settings.get("database") or f"tanggap-{region}")


def opened(project: str, name: str) -> Any:
    """Raises as `database` does."""
    from google.cloud import firestore  # noqa: PLC0415 who is refused before pays for no Google

    with _reading(f"{name} in project {project}"):
        return _looked_at(firestore.Client(project=project, database=name))


def told(fault: Exception) -> str:
    """What an operator reads: a store that is away says nothing of itself."""
    return str(fault) or _AWAY


def _looked_at(found: Any) -> Any:
    """One read: better now than a page of traceback in the middle of the work."""
    with reaching_the_store():
        found.document("settings/region").get(**bounded())
    return found


@contextmanager
def _reading(what: str) -> Iterator[None]:
    from google.api_core.exceptions import Forbidden, NotFound, Unauthorized  # noqa: PLC0415
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415

    try:
        yield
    except GoogleAuthError:
        raise RegionFault(f"not signed in: {_SIGN_IN}") from None
    except NotFound:
        raise RegionFault(f"there is no database {what}; deploy the region first") from None
    except (Forbidden, Unauthorized):
        raise RegionFault(f"you may not read the database {what}; {_SIGN_IN}") from None
