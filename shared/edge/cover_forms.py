"""What officers post to keep a file, or a part of a picture, from the public."""

from typing import Annotated, Literal

from pydantic import Field

from shared.domain.commands import Redact
from shared.domain.report import Region
from shared.edge.messages import FileId, Message, Text
from shared.edge.problems import Fault, FieldFaults

Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Ninth = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9"]

_SIDES = ("left", "top", "right", "bottom")
# Where the thirds of a picture end, in thousandths.
_THIRDS = (0, 333, 667, 1000)
_ROW = 3


class CoverForm(Message):
    """A region as its sides in percent, or as ninths of the picture, 1 at the top left.

    Sides go before ninths. `look`: only to see where it would be.
    """

    revision: Annotated[int, Field(ge=0)]
    extent: Literal["region", "whole"]
    left: Percent | None = None
    top: Percent | None = None
    right: Percent | None = None
    bottom: Percent | None = None
    cell: Annotated[dict[Ninth, Literal["true"]], Field(default_factory=dict)]
    text: Text | None = None
    look: bool = False
    idempotency_key: str | None = None

    def command(self, file: FileId) -> Redact:
        if self.text is None:
            raise FieldFaults(Fault("text", "required"))
        return Redact(attachment=file, region=self.region(), text=self.text)

    def region(self) -> Region | None:
        """None: the whole file."""
        if self.extent == "whole":
            return None
        sides = {name: getattr(self, name) for name in _SIDES}
        missing = [name for name, side in sides.items() if side is None]
        if not missing:
            return Region(**{name: round(side * 10) for name, side in sides.items()})
        if len(missing) < len(_SIDES):
            raise FieldFaults(*(Fault(name, "required") for name in missing))
        return self._around_the_ninths()

    def _around_the_ninths(self) -> Region:
        places = [divmod(int(each) - 1, _ROW) for each in self.cell]
        if not places:
            raise FieldFaults(Fault("region", "required"))
        rows, columns = ([place[axis] for place in places] for axis in (0, 1))
        return Region(
            left=_THIRDS[min(columns)],
            top=_THIRDS[min(rows)],
            right=_THIRDS[max(columns) + 1],
            bottom=_THIRDS[max(rows) + 1],
        )
