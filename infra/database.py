"""The region's database, as an operator's environment names it."""

import os
from typing import Any

from infra.region_file import RegionFault
from shared.adapters.firestore_client import client


def database() -> Any:
    """Raises RegionFault where the environment names none."""
    if "GOOGLE_CLOUD_PROJECT" not in os.environ:
        raise RegionFault(
            "set GOOGLE_CLOUD_PROJECT to the region's project (and FIRESTORE_DATABASE)"
        )
    return client()
