"""What the shapes of all answers share.

The OpenAPI page is made of them, and tests hold every answer to its shape.
"""

from pydantic import BaseModel, ConfigDict, Field

ReportCode = Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{10}-[0-9A-HJKMNP-TV-Z]$")


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")
