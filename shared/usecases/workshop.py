"""The ports that every file goes through after it has come in."""

from dataclasses import dataclass

from shared.usecases.file_ports import Bucket, Pictures, Shelves
from shared.usecases.ports import Reports


@dataclass(frozen=True, slots=True)
class Workshop:
    reports: Reports
    shelves: Shelves
    bucket: Bucket
    pictures: Pictures
