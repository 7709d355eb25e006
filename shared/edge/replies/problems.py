"""The shape of a refusal."""

from shared.edge.replies.answer import Answer


class FieldFault(Answer):
    field: str
    code: str
    message: str


class ProblemDetails(Answer):
    """RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldFault] | None = None
