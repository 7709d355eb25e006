"""Every page there is, and how a visitor comes to it. Whoever adds a page adds a line to VISITS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import httpx
from playwright.sync_api import Page

from tests.corpus.pictures import TELLING
from tests.web.uploading import AFTER, LETTER, PHOTO, uploaded

BODY = "Lampu jalan di depan Pasar Kuta mati sejak tiga minggu; anak-anak pulang dalam gelap."
OFFICER = "dpupr1"
LONG = "https://contoh.example/" + "a" * 90


@dataclass(frozen=True)
class World:
    """The local cloud, and reports in it as pages show them. `url`: of the front door."""

    url: str
    web: httpx.Client

    def filed(self, **fields: Any) -> Mapping[str, str]:
        answer = self.web.post("/api/reports", json={"body": BODY} | fields)
        assert answer.status_code == 201, answer.text
        found: Mapping[str, str] = answer.json()
        return found

    def found(self, word: str) -> list[str]:
        """Numbers of the reports that hold the word."""
        bearer = {"Authorization": f"Bearer {self._token('verifier1')}"}
        asked = {"queue": "all", "q": word}
        answer = self.web.post("/api/desk/search", headers=bearer, json=asked)
        return [report["code"] for report in answer.json()["reports"]]

    def ordered(self, code: str, action: str, by: str, **fields: Any) -> None:
        """An officer's act; `by`: the name before the @ of the officer's address."""
        bearer = {"Authorization": f"Bearer {self._token(by)}"}
        report = self.web.get(f"/api/desk/reports/{code}", headers=bearer).json()
        order = {"action": action, "revision": report["revision"], **fields}
        done = self.web.post(f"/api/desk/reports/{code}/actions", headers=bearer, json=order)
        assert done.status_code == 200, done.text

    def _token(self, by: str) -> str:
        answer = self.web.post("/_emulator/token", json={"email": f"{by}@badung.example"})
        token: str = answer.json()["id_token"]
        return token

    @cached_property
    def new(self) -> str:
        return self.filed(location={"text": "Pasar Kuta"})["code"]

    @cached_property
    def answered(self) -> str:
        """All a public page can hold; with a title and a text that no line can break."""
        code = self.filed(title=f"Lampu jalan mati {LONG}", body=f"{BODY}\n\n{LONG}")["code"]
        self.ordered(code, "route", "verifier1", agency="dpupr")
        self.ordered(code, "plan", OFFICER, text="Kami ganti pekan depan.", on=self._in_days(3))
        self.ordered(
            code, "respond", OFFICER, text=f"{BODY} {LONG}", outcome="explained", cause="anggaran"
        )
        return code

    @cached_property
    def own(self) -> Mapping[str, str]:
        """Answered, and so its reporter's turn."""
        filed = self.filed(reporter={"email": "sekar@example.org"})
        self.ordered(filed["code"], "route", "verifier1", agency="dpupr")
        self._respond(filed)
        return filed

    @cached_property
    def disputed(self) -> Mapping[str, str]:
        """Objected to twice: its file is offered."""
        filed = self.filed()
        self.ordered(filed["code"], "route", "verifier1", agency="dpupr")
        for _ in range(2):
            self._respond(filed)
            self.told(filed, action="confirm", solved=False)
            self.told(filed, action="object", text=f"Masih gelap. {LONG}", public=True)
        return filed

    def told(self, filed: Mapping[str, str], **action: Any) -> None:
        """The reporter's act."""
        path = f"/api/reports/{filed['code']}/actions"
        holder = {"Authorization": f"Receipt {filed['receipt']}"}
        done = self.web.post(path, headers=holder, json=action)
        assert done.status_code == 200, done.text

    def _respond(self, filed: Mapping[str, str]) -> None:
        self.ordered(
            filed["code"], "respond", OFFICER, text=BODY, outcome="explained", cause="anggaran"
        )

    @cached_property
    def near(self) -> str:
        """In Kuta, about its lights."""
        category = "pekerjaan-umum-dan-penataan-ruang"
        return self.filed(category=category, area="51.03.01.1002")["code"]

    @cached_property
    def secret(self) -> str:
        return self.filed(secret=True)["code"]

    @cached_property
    def with_agency(self) -> str:
        """A name, and a place, that no line can break."""
        code = self.filed(title=f"Lampu jalan mati {LONG}", body=f"{BODY}\n\n{LONG}")["code"]
        self.ordered(code, "route", "verifier1", agency="dpupr", text="Mohon segera.")
        self.ordered(code, "note", "verifier1", text=f"Sudah ditelepon. {LONG}")
        return code

    @cached_property
    def photographed(self) -> Mapping[str, str]:
        """Its files: a photo with a covered part, a letter, and proof that no answer names yet."""
        filed = self.filed(title="Lubang di jalan")
        code = filed["code"]
        self.ordered(code, "route", "verifier1", agency="dpupr")
        reporter = {"Authorization": f"Receipt {filed['receipt']}"}
        officer = {"Authorization": f"Bearer {self._token(OFFICER)}"}
        photo = uploaded(self.web, code, reporter, PHOTO, public=True, name=f"{'IMG' * 15}.jpg")
        letter = uploaded(self.web, code, reporter, LETTER, "application/pdf", name="surat.pdf")
        proof = uploaded(self.web, code, officer, AFTER, public=True, name="sesudah.jpg")
        self.told(filed, action="add", text="Ini fotonya.", attachments=[photo, letter])
        part = {"left": 100, "top": 100, "right": 400, "bottom": 300}
        self.ordered(code, "redact", "verifier1", attachment=photo, region=part, text="Wajah.")
        return {**filed, "photo": photo, "letter": letter, "proof": proof}

    @cached_property
    def proven(self) -> Mapping[str, str]:
        """Answered with a picture beside the reporter's own, which says where it was taken."""
        filed = self.filed(title="Lubang di jalan")
        code = filed["code"]
        reporter = {"Authorization": f"Receipt {filed['receipt']}"}
        uploaded(self.web, code, reporter, TELLING["image/jpeg"](), public=True, name="a.jpg")
        uploaded(self.web, code, reporter, LETTER, "application/pdf", public=True)
        self.ordered(code, "route", "verifier1", agency="dpupr")
        officer = {"Authorization": f"Bearer {self._token(OFFICER)}"}
        proof = uploaded(self.web, code, officer, AFTER, public=True, name="sesudah.jpg")
        answer = {"text": "Sudah ditambal.", "outcome": "solved", "attachments": [proof]}
        self.ordered(code, "respond", OFFICER, **answer)
        return filed

    @cached_property
    def on_paper(self) -> str:
        """With an agency where nobody signs in."""
        self._changed_contact("diskan")
        filed = self.filed(title=f"Jaring nelayan {LONG}", body=f"{BODY}\n\n{LONG}")
        code, held = filed["code"], {"Authorization": f"Receipt {filed['receipt']}"}
        uploaded(self.web, code, held, LETTER, "application/pdf")
        self.ordered(code, "route", "verifier1", agency="diskan", text="Mohon dijawab.")
        return code

    @cached_property
    def contested(self) -> str:
        code = self.filed(title=f"Pungutan parkir {LONG}")["code"]
        self.ordered(code, "route", "verifier1", agency="dpupr")
        self.ordered(code, "reveal", OFFICER, text=f"Perlu menelepon. {LONG}")
        self.ordered(code, "forward", OFFICER, text="Tidak tahu milik siapa.")
        return code

    def _changed_contact(self, agency: str) -> None:
        bearer = {"Authorization": f"Bearer {self._token('admin')}"}
        found = self.web.get("/api/desk/agencies", headers=bearer).json()["agencies"]
        (now,) = (each for each in found if each["id"] == agency)
        body = {"contact": now["contact"], "paper": True, "version": now["version"]}
        done = self.web.post(f"/api/desk/agencies/{agency}", headers=bearer, json=body)
        assert done.status_code == 200, done.text

    def _in_days(self, days: int) -> str:
        now = datetime.fromisoformat(self.web.get("/_emulator/clock").json()["now"])
        return (now + timedelta(days=days)).date().isoformat()


def _at(path: str) -> "Visit":
    def visit(page: Page, world: World) -> None:
        page.goto(path.format(world=world))

    return visit


def _faulty_form(page: Page, _world: World) -> None:
    page.goto("/")
    page.fill("[name=body]", "x")
    page.fill("[name='reporter.email']", "a at b")
    sent(page)


def _summary(page: Page, world: World) -> None:
    """With all that it can say: advice, near reports, personal data, open questions."""
    assert world.near
    page.goto("/")
    page.fill("[name=body]", f"{BODY} Ada ular! Telepon 0812 3456 7890. {LONG}")
    page.fill("[name=village]", "kuta")
    sent(page)


def _receipt(page: Page, _world: World) -> None:
    page.goto("/")
    page.fill("[name=body]", BODY)
    filed(page)


def _waiting(page: Page, _world: World) -> None:
    """More reports than one browser may file within a minute; its worker does not load."""
    page.route("**/altcha-pbkdf2.js*", lambda route: route.abort())
    crowded(page)
    page.goto("/")
    page.fill("[name=body]", BODY)
    filed(page)


def _own(page: Page, world: World) -> None:
    """With every form open and a fault beside a field."""
    opened(page, world.own)
    with page.expect_navigation():
        page.click("[value=unsolved]")
    for each in page.locator("main summary").all():
        each.click()


def _own_pictures(page: Page, world: World) -> None:
    """With every field for more of them."""
    opened(page, world.proven)
    _all_opened(page)


def _disputed(page: Page, world: World) -> None:
    opened(page, world.disputed)
    page.click("#periksa summary")


def _desk(page: Page, world: World) -> None:
    assert world.new
    signed_in(page, "verifier1")
    page.click("details > summary")


def _desk_of_verifier(page: Page, world: World) -> None:
    signed_in(page, "verifier1", f"/desk/r/{world.new}")
    _all_opened(page)


def _desk_of_agency(page: Page, world: World) -> None:
    """With a fault at a field, and every form open."""
    signed_in(page, OFFICER, f"/desk/r/{world.with_agency}")
    _all_opened(page)
    with page.expect_navigation():
        page.click("text=Sampaikan rencana >> visible=true >> nth=-1")
    _all_opened(page)


def _files_of_verifier(page: Page, world: World) -> None:
    signed_in(page, "verifier1", f"/desk/r/{world.photographed['code']}")
    _all_opened(page)


def _files_of_agency(page: Page, world: World) -> None:
    """With proof to be ticked, and a fault in the answer."""
    signed_in(page, OFFICER, f"/desk/r/{world.photographed['code']}")
    _all_opened(page)
    with page.expect_navigation():
        page.click("form:has([name=action][value=respond]) > .button")
    _all_opened(page)


def _covering(page: Page, world: World) -> None:
    """A region that is looked at, beside one that is covered; no reason given yet."""
    path = "/desk/r/{code}/lampiran/{photo}".format_map(world.photographed)
    signed_in(page, "verifier1", path)
    page.check("[name='cell.5']")
    with page.expect_navigation():
        page.click("form.cover .button.danger")


def _board(page: Page, world: World) -> None:
    """With the forms of one report open in their place."""
    signed_in(page, "coordinator", f"/desk/board?open={world.contested}")
    _all_opened(page)


def _counter(page: Page, _world: World) -> None:
    """With faults beside the fields."""
    signed_in(page, "intake", "/desk/intake")
    page.fill("[name=body]", "x")
    page.fill("[name='reporter.phone']", "satu dua")
    noted(page)


def _slip(page: Page, _world: World) -> None:
    signed_in(page, "intake", "/desk/intake")
    page.fill("[name=body]", f"{BODY} {LONG}")
    letter = {"name": f"{'surat' * 20}.pdf", "mimeType": "application/pdf", "buffer": LETTER}
    page.set_input_files("[type=file]", files=[letter])  # type: ignore[list-item]
    noted(page)


def noted(page: Page) -> None:
    """What was told at the counter."""
    with page.expect_navigation():
        page.click("form[action='/desk/intake'] .button")


def _people(page: Page, _world: World) -> None:
    signed_in(page, "admin", "/desk/people?agency=dpupr")
    _all_opened(page)


def _person(page: Page, _world: World) -> None:
    """With the form that releases the account open, and its fault."""
    signed_in(page, "admin", "/desk/people/admin")
    page.click("#akun summary")
    with page.expect_navigation():
        page.click("#akun .button")


def _edits(page: Page, world: World) -> None:
    assert world.on_paper
    signed_in(page, "admin", "/desk/edits")


def _on_desk(officer: str, path: str) -> "Visit":
    def visit(page: Page, world: World) -> None:
        signed_in(page, officer, path.format(world=world))

    return visit


def _all_opened(page: Page) -> None:
    for summary in page.locator("main summary").all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()


def signed_in(page: Page, officer: str, to: str = "/desk") -> None:
    """As the id of an officer that the local issuer lists."""
    page.goto(f"/desk/signin/go?kembali={to}")
    with page.expect_navigation():
        page.click(f"[id='{officer}']")


def opened(page: Page, filed: Mapping[str, str]) -> None:
    """With its key, typed once."""
    page.goto(f"/r/{filed['code']}")
    if not page.locator("#kunci[open]").count():
        page.click("#kunci summary")
    page.fill("#kunci [name=receipt]", filed["receipt"])
    with page.expect_navigation():
        page.click("#kunci .button")


def sent(page: Page) -> None:
    """The form as it is filled in: to the summary, or back with its faults."""
    with page.expect_navigation():
        page.locator("[data-draft] > .button").click()


def filed(page: Page) -> None:
    """Looked over, and sent for good."""
    sent(page)
    with page.expect_navigation():
        page.click("#send")


def crowded(page: Page) -> None:
    """As many reports of this browser's as are free within a minute."""
    page.goto("/")
    mark = page.get_attribute("[data-draft] [name=mark]", "value") or ""
    for number in range(6):
        fields = {"mark": mark, "idempotency_key": f"{number:022}", "body": BODY}
        answer = page.request.post("/", form=fields)
        assert answer.status == 201


Visit = Callable[[Page, World], None]
VISITS: Mapping[str, Visit] = {
    "filing": _at("/"),
    "faults": _faulty_form,
    "summary": _summary,
    "receipt": _receipt,
    "waiting": _waiting,
    "lookup": _at("/r"),
    "scoreboard": _at("/scoreboard"),
    "root": _at("/scoreboard/akar?day=2026-11-20&head=0"),
    "how": _at("/how"),
    "agencies": _at("/agencies"),
    "wrong-number": _at("/r?nomor=x"),
    "new": _at("/r/{world.new}"),
    "answered": _at("/r/{world.answered}"),
    "secret": _at("/r/{world.secret}"),
    "own": _own,
    "pictures": _at("/r/{world.proven[code]}"),
    "own-pictures": _own_pictures,
    "disputed": _disputed,
    "lost-key": _at("/r/{world.own[code]}/kunci-hilang"),
    "not-found": _at("/r/7K3M9QX2WD-Q"),
    "desk-sign-in": _at("/desk"),
    "desk": _desk,
    "desk-verifier": _desk_of_verifier,
    "desk-agency": _desk_of_agency,
    "desk-files": _files_of_verifier,
    "desk-proof": _files_of_agency,
    "desk-cover": _covering,
    "board": _board,
    "looks": _on_desk("kepala.dpupr", "/desk/looks"),
    "counter": _counter,
    "slip": _slip,
    "sheet": _on_desk("verifier1", "/desk/r/{world.on_paper}/sheet"),
    "people": _people,
    "person": _on_desk("admin", "/desk/people/kepala.dpupr"),
    "account": _person,
    "edits": _edits,
    "directory": _on_desk("admin", "/desk/agencies"),
    "agency-record": _on_desk("admin", "/desk/agencies/dpupr"),
    "agency-board": _on_desk("kepala.dpupr", "/desk/agency"),
    "desk-problem": _on_desk("verifier1", "/desk/r/7K3M9QX2WD-Q"),
}
