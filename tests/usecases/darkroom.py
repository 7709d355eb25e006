"""A workshop on fakes with real pictures, in which anything may happen between two steps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any

from shared.adapters.pictures import PillowPictures
from shared.domain import commands as c
from shared.domain.attachment import (
    DOCUMENTS,
    IMAGES,
    UPLOAD_WITHIN,
    Attachment,
    Shelf,
    incoming_name,
)
from shared.domain.report import Region, Report
from shared.domain.statuses import Role
from shared.usecases.covering import cover_pictures
from shared.usecases.processing import process
from shared.usecases.workshop import Workshop
from tests.domain.builders import NOW, VERIFIER
from tests.fakes.bucket import MemoryBucket
from tests.usecases.office import Office

FILE = "a" * 22
REGIONS = [Region(100 * n, 100, 100 * n + 90, 900) for n in range(1, 9)]


class Killed(BaseException):
    """The process is no more."""


class Life:
    """Counts what is asked of ports, before and after; at step `fate` something happens."""

    def __init__(self, fate: int = -1, event: Callable[[], Any] | None = None) -> None:
        self.steps, self._fate, self._event = 0, fate, event

    def step(self) -> None:
        self.steps += 1
        if self.steps == self._fate:
            if self._event is None:
                raise Killed
            self._event()

    def of(self, port: Any) -> Any:
        return _Watched(port, self)


class _Watched:
    def __init__(self, port: Any, life: Life) -> None:
        self._port, self._life = port, life

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def asked(*arguments: Any, **named: Any) -> Any:
            self._life.step()
            answer = getattr(self._port, name)(*arguments, **named)
            self._life.step()
            return answer

        return asked


class Darkroom:
    """One report with one file, announced and on its way."""

    def __init__(self, content: bytes, **said: Any) -> None:
        self.office, self.bucket = Office(), MemoryBucket()
        self.report = self.office.filed()
        self.code = self.report.code
        self.now = NOW
        self.workshop = Workshop(
            reports=self.office.reports,
            shelves=self.office.shelves,
            bucket=self.bucket,
            pictures=PillowPictures(),
        )
        announced = Attachment(
            id=FILE,
            owner=Role.REPORTER,
            name="foto.jpg",
            type="image/jpeg",
            size=len(content),
            sha256=sha256(content).hexdigest(),
            announced_at=NOW,
            expires_at=NOW + UPLOAD_WITHIN,
        )
        assert self.office.shelves.put(Shelf(self.code, (replace(announced, **said),)))
        self.receive(content)

    def receive(self, content: bytes) -> None:
        self.bucket.save(incoming_name(self.code, FILE), content, "image/jpeg")

    def process(self, life: Life | None = None, **others: Any) -> Attachment | None:
        accepted = others.pop("accepted", IMAGES | DOCUMENTS)
        with self._watched(life) as workshop:
            return process(
                self.code,
                FILE,
                accepted=accepted,
                now=self.now,
                workshop=workshop,
                seals=self.office.seals,
            )

    def cover(self, life: Life | None = None) -> int:
        with self._watched(life) as workshop:
            return cover_pictures(self.code, now=self.now, workshop=workshop)

    def redact(self, region: Region | None) -> Report:
        command = c.Redact(attachment=FILE, region=region, text="Wajah.")
        return self.office.act(self.office.stored(self.report), command, VERIFIER)

    @property
    def file(self) -> Attachment | None:
        return self.office.shelves.of(self.code).find(FILE, self.now)

    @property
    def leaves(self) -> set[str]:
        """What is kept of the file."""
        kept = f"kept/{self.code}/{FILE}/"
        assert all(name.startswith((kept, "incoming/")) for name in self.bucket.names)
        return {name.removeprefix(kept) for name in self.bucket.names if name.startswith(kept)}

    @property
    def has_incoming(self) -> bool:
        return incoming_name(self.code, FILE) in self.bucket.objects

    @contextmanager
    def _watched(self, life: Life | None) -> Iterator[Workshop]:
        """Each port behind the same life; pictures are no port to the world."""
        life = life or Life()
        yield replace(
            self.workshop,
            reports=life.of(self.workshop.reports),
            shelves=life.of(self.workshop.shelves),
            bucket=life.of(self.workshop.bucket),
        )
