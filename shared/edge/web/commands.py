"""Which forms an officer gets for a report: one for each command that is allowed now.

What a form asks for is what the action's model in the contract holds; this module only says with
which control a field of that name is filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shared.edge.desk_forms import KINDS
from shared.edge.web.forms import Form, apart

# What people do with a report, the likeliest first; the others have their own place on the page.
_ORDER = (
    "accept", "route", "respond", "resume", "plan", "assign", "hold", "forward", "recall",
    "classify", "refer", "direct", "extend", "reassign", "reopen", "review", "merge", "archive",
)  # fmt: skip
# In the form that is no command: files for an answer that is yet to be written.
AHEAD = "ahead"
# Where it is this officer's turn, one of these is what it waits for.
_AWAITED = frozenset({"accept", "route", "respond", "resume"})
_ELSEWHERE = ("note", "reveal", "redact")
_HIDDEN = frozenset({"action", "revision", "on_behalf_of", "files_public"})
_CONTROLS = {
    "text": "text",
    "proof": "text",
    "title": "line",
    "into": "line",
    "words": "line",
    "on": "date",
    "by": "date",
    "outcome": "radios",
    "supervisory": "yes_no",
    "secret": "yes_no",
    "attachments": "files",
}
# Choices first: a text is written when one knows what it is about.
_PLACES = {"text": 1, "files": 2}


@dataclass(frozen=True, slots=True)
class Control:
    """`kind`: text, line, date, radios, yes_no, files, or choice (of the list named like it)."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class CommandForm:
    """`templates`: words to begin with. `is_open`: the likeliest, or the one that came back."""

    action: str
    form: Form
    controls: tuple[Control, ...]
    templates: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def takes_files(self) -> bool:
        return any(control.kind == "files" for control in self.controls)


def command_forms(
    actions: Iterable[str],
    form: Form,
    *,
    begun: Mapping[str, Mapping[str, str]],
    templates: Mapping[str, tuple[str, ...]],
    first: str = "",
) -> dict[str, CommandForm]:
    """In the order of the page. Open is the one that came back, `first`, or what is awaited.

    `begun`: what stands in a form before anybody types, by action.
    """
    wanted = set(actions)
    names = [name for name in (*_ORDER, *_ELSEWHERE) if name in wanted]
    sent = form.typed.get("action")
    awaited = (name for name in names if name in _AWAITED)
    opened = next((name for name in (sent, first, *awaited) if name in names), "")
    return {
        name: CommandForm(
            action=name,
            form=_filled(apart(form, name, sent=name == sent), begun.get(name, {})),
            controls=_controls(name),
            templates=templates.get(name, ()),
            is_open=name == opened,
        )
        for name in names
    }


def left_over(form: Form, forms: Mapping[str, CommandForm]) -> Mapping[str, str] | None:
    """What was typed for a command that is not offered any more; None: it has its form."""
    if not form.problem or AHEAD in form.typed:
        return None
    return form.typed if form.typed.get("action") not in forms else None


def _filled(form: Form, begun: Mapping[str, str]) -> Form:
    return form if form.typed else replace(form, typed=begun)


def _controls(action: str) -> tuple[Control, ...]:
    fields = KINDS[action].model_fields.items()
    controls = [
        Control(name, _CONTROLS.get(name, "choice"), field.is_required())
        for name, field in fields
        if name not in _HIDDEN
    ]
    return tuple(sorted(controls, key=lambda control: _PLACES.get(control.kind, 0)))
