"""What intake officers post: a report for somebody else, and an agency's answer from paper."""

from typing import Literal

from shared.edge.desk_forms import RespondHere
from shared.edge.messages import Id, ReportForm

Channel = Literal["walk_in", "letter", "phone", "whatsapp", "social", "other"]


class FiledForAnother(ReportForm):
    """`files_public`: everybody may see the files that come with it."""

    channel: Channel
    files_public: bool = False
    idempotency_key: str | None = None


class PaperAnswer(RespondHere):
    """`on_behalf_of` is the agency that the sheet was printed for."""

    action: Literal["respond"] = "respond"
    on_behalf_of: Id
    idempotency_key: str | None = None
