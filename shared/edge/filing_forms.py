"""What the pages for filing post, beyond what the contract's form holds."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.domain.acts.filing import Filing
from shared.domain.directory import Directory
from shared.domain.report import Location
from shared.edge.messages import BrowserForm, Cleaned, Id, Message
from shared.usecases.villages import area_named

_LONGEST_PLACE = 300

Words = Annotated[str, Cleaned, StringConstraints(max_length=10_000)]
Name = Annotated[str, Cleaned, StringConstraints(max_length=150)]
Pass = Annotated[str, StringConstraints(max_length=4_000)]


class PageForm(BrowserForm):
    """`village`: an area as people call it. `secret_asked`: no tick at `secret` is a no.
    `advised`: what is quicker than a report was read.

    What lets a post in is no part of it: the same report with another pass is the same post.
    """

    village: Name | None = None
    secret_asked: bool = False
    altcha: Annotated[Pass | None, Field(exclude=True)] = None
    waited: Annotated[Pass | None, Field(exclude=True)] = None
    advised: Annotated[bool, Field(exclude=True)] = False
    shared_device: Annotated[bool, Field(exclude=True)] = False

    def filing_in(self, directory: Directory) -> Filing:
        """A village that nobody knows by this name stays in the words about the place."""
        filing = self.filing()
        if self.secret_asked and self.secret is None:
            filing = replace(filing, secret=False)
        if self.area or not self.village:
            return filing
        if area := area_named(self.village, directory):
            return replace(filing, area=area)
        place = filing.location or Location()
        text = ", ".join(part for part in (place.text, self.village) if part)[:_LONGEST_PLACE]
        return replace(filing, location=replace(place, text=text))


class Draft(Message):
    """What is being written, while it is."""

    text: Words = ""
    category: Id | None = None
    village: Name | None = None


class Place(Message):
    village: Name = ""
