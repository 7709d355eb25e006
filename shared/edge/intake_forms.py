"""What intake officers post: a report for somebody else, and an agency's answer from paper."""

from typing import Literal

from shared.domain import commands as c
from shared.edge.actions import RespondAction
from shared.edge.messages import Id, ReportForm

Channel = Literal["walk_in", "letter", "phone", "whatsapp", "social", "other"]


class FiledForAnother(ReportForm):
    channel: Channel
    idempotency_key: str | None = None


class PaperAnswer(RespondAction):
    """`on_behalf_of` is the agency that the sheet was printed for."""

    action: Literal["respond"] = "respond"
    on_behalf_of: Id
    idempotency_key: str | None = None

    def command(self) -> c.Command:
        fields = self.model_dump(
            exclude={"action", "revision", "idempotency_key"}, exclude_none=True
        )
        return self.makes(**fields)
