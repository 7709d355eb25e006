"""An agency that says nothing: what the ladder does by itself, and what the citizen hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import track
from rich.table import Table

from emulator.connection import Unreachable
from emulator.demo.stage import Stage
from emulator.desk_client import DeskClient

# Fourteen working days, the one after them, and the longest holidays between.
_DAYS = 30
_ONE_DAY = timedelta(days=1)
# From there on every mail says the same.
_FOOTER = "\nNomor laporan:"
_BODY = (
    "Lampu penerangan di jalan menuju banjar kami mati sejak awal bulan. Malam hari gelap dan "
    "sudah dua kali ada yang jatuh dari motor."
)
_HAPPENED = {
    "submitted": "filed",
    "routed": "sent to the agency",
    "reminded": "a reminder",
    "escalated": "passed higher",
}


@dataclass(frozen=True, slots=True)
class Silence:
    """The report as its reporter reads it in the end, and every message they got."""

    agency: str
    view: Mapping[str, Any]
    messages: tuple[Mapping[str, str], ...]


def play(stage: Stage, console: Console) -> Silence:
    """Moves the clock by a month. Raises Unreachable."""
    client, citizen = stage.client, f"pelapor-{uuid4().hex[:8]}@warga.example"
    agency, *_ = stage.cast.agencies()
    report = {"body": _BODY, "agency": agency, "reporter": {"email": citizen}}
    answer = client.file(report, key=uuid4().hex)
    if not answer.is_done:
        raise Unreachable(f"the report that nobody answers was not filed: {answer.reason}")
    _wait(client, console)
    view = client.read(answer.body["code"], answer.body["receipt"]).body
    return Silence(agency, view, tuple(client.emulator(f"messages?to={citizen}")))


def shown(silence: Silence) -> RenderableType:
    table = Table("at", "what", "told", title="An agency that says nothing", box=None)
    for event in silence.view["timeline"]:
        told = ", ".join(event.get("to") or ())
        what = " ".join(filter(None, (_HAPPENED.get(event["type"]), _due(event))))
        table.add_row(event["at"][:16].replace("T", " "), what or event["type"], told)
    return Group(table, "", "What the citizen got:", *map(_panel, silence.messages))


def _wait(client: DeskClient, console: Console) -> None:
    """To a date each time: asked again after a lost answer it goes no further."""
    start = datetime.fromisoformat(client.emulator("clock")["now"])
    for day in track(range(1, _DAYS + 1), "A month of silence", console=console):
        client.emulator("clock", {"set": (start + day * _ONE_DAY).isoformat()})


def _due(event: Mapping[str, Any]) -> str:
    return f"({event['clock']}, due {event['due_at'][:10]})" if "due_at" in event else ""


def _panel(message: Mapping[str, str]) -> Panel:
    title = f"{message['at'][:10]}  {message.get('subject', 'SMS')}"
    news, *_ = message["text"].partition(_FOOTER)
    return Panel(news.strip(), title=title, title_align="left")
