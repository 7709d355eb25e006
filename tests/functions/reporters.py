"""Reporters on the page of a report: a browser without JavaScript, and what happened before."""

from itertools import count

from shared.domain.renewal import one_time_code
from tests.functions.pages import Browser, Page
from tests.functions.region import Filed, Region

KEY = b"k" * 32
ANSWER = {"outcome": "explained", "cause": "anggaran", "text": "Dianggarkan tahun depan."}
_addresses = count(1)


class Reporter(Browser):
    """Comes from an address of its own: wrong keys are counted by it."""

    def __init__(self, language: str = "id") -> None:
        super().__init__(language)
        self.hops = f"198.51.100.{next(_addresses)}, 10.0.0.1"

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        return super()._headers(headers | {"x_forwarded_for": self.hops})

    def shows(self, code: str, receipt: str) -> Page:
        typed = self.form(code, "receipt") | {"receipt": receipt}
        return self.post(f"/r/{code}/kunci", typed)

    def form(self, code: str, holding: str, asked: str = "") -> dict[str, str]:
        """Of the page's forms the first that has this field."""
        return next(form for form in self.get(f"/r/{code}{asked}").forms if holding in form)

    def tells(self, code: str, button: str, asked: str = "", /, **typed: str) -> Page:
        """As if the button of its form had been pressed."""
        form = self.form(code, "text", asked)
        return self.post(f"/r/{code}/sampaikan", form | {"button": button} | typed)


def answered_by_agency(region: Region) -> Filed:
    filed = region.filed(reporter={"email": "sekar@example.org"})
    region.order(filed.code, "route", agency="dpupr")
    assert region.order(filed.code, "respond", by="dpupr1", **ANSWER).status_code == 200
    return filed


def closed(region: Region, filed: Filed) -> Filed:
    assert region.act(filed, "confirm", solved=False).status_code == 200
    return filed


def disputed(region: Region, filed: Filed) -> Filed:
    """Objected to twice."""
    closed(region, filed)
    region.act(filed, "object", text="Masih berlubang.")
    region.order(filed.code, "respond", by="dpupr1", **ANSWER)
    closed(region, filed)
    assert region.act(filed, "object", text="Masih berlubang.").status_code == 200
    return filed


def held(region: Region) -> Filed:
    filed = region.filed()
    assert region.order(filed.code, "hold", text="Di jalan mana?").status_code == 200
    return filed


def sent_code(region: Region, filed: Filed) -> str:
    renewal = region.store.document("renewals", filed.id).get().to_dict() or {}
    return one_time_code(filed.id, renewal["nonce"], KEY)


def renewed(region: Region, reporter: Reporter, filed: Filed) -> Page:
    reporter.send(f"/r/{filed.code}/kunci-hilang", contact="Sekar@example.org")
    return reporter.send(f"/r/{filed.code}/kunci-baru", one_time_code=sent_code(region, filed))
