"""Admins keep the directory, on pages and by the contract; all of it is recorded."""

from typing import Any

import pytest

from shared.edge.replies.people import Edits, Officers
from tests.functions.desk_pages import DeskBrowser
from tests.functions.region import Region
from tests.functions.test_desk_intake import forget_the_directory

NEW = {"email": "Luh.Sekar@badung.example", "name": "Ni Luh Sekar", "roles": ["verifier"]}


@pytest.fixture
def admin(region: Region) -> DeskBrowser:
    browser = DeskBrowser()
    browser.signed_in(region, "admin", "/desk/people")
    return browser


def record(region: Region, id_: str, agency: str = "") -> dict[str, Any]:
    asked = f"?agency={agency}" if agency else ""
    found = region.desk(f"/officers{asked}", by="admin").json["officers"]
    return next(each for each in found if each["id"] == id_)


def changed(region: Region, id_: str, agency: str = "", /, by: str = "admin", **fields: Any) -> Any:
    """The whole record with these fields otherwise."""
    now = record(region, id_, agency)
    kept = {name: now[name] for name in ("name", "roles", "head", "until", "deputy", "version")}
    kept["agency"] = now["agency"]["id"] if now["agency"] else None
    return region.desk(f"/officers/{id_}", kept | fields, by=by)


@pytest.mark.parametrize("who", ["verifier1", "coordinator", "kepala.dpupr", "intake", "ombudsman"])
@pytest.mark.parametrize("path", ["/desk/people", "/desk/agencies", "/desk/edits"])
def test_only_admins_keep_the_directory(region: Region, who: str, path: str) -> None:
    browser = DeskBrowser()

    assert browser.signed_in(region, who, path).status == 403


def test_nobody_else_adds_or_changes_anybody(region: Region) -> None:
    """By the contract either."""
    agency = region.desk("/agencies").json["agencies"][0]
    asked = {
        "/officers": NEW,
        "/officers/verifier2": {"name": "X", "roles": ["admin"], "version": "0" * 16},
        f"/agencies/{agency['id']}": {"paper": True, "version": agency["version"]},
    }

    before = region.in_collection("edits")

    for path, body in asked.items():
        assert region.desk(path, body, by="coordinator").status_code == 403, path

    assert region.desk("/officers", by="coordinator").status_code == 403
    assert region.in_collection("edits") == before


def test_an_officer_added_twice_is_one(region: Region) -> None:
    """And is recorded as added once."""
    first, again = (region.desk("/officers", NEW, by="admin") for _ in range(2))

    assert (first.status_code, again.json["id"]) == (201, first.json["id"])
    edits = Edits.model_validate(region.desk("/edits", by="admin").json).edits
    assert [edit.by for edit in edits if edit.subject_name == "Ni Luh Sekar"] == ["admin"]


def test_an_address_is_registered_once(region: Region) -> None:
    other = NEW | {"email": "VERIFIER1@badung.example"}

    told = region.desk("/officers", other, by="admin")

    assert (told.status_code, told.json["errors"][0]["field"]) == (422, "email")


def test_who_has_left_is_out_at_once(region: Region) -> None:
    """The next page leads to the sign-in, and the account is a stranger's."""
    browser = DeskBrowser()
    assert browser.signed_in(region, "verifier2").status == 200

    done = changed(region, "verifier2", until="2026-11-01")

    assert done.status_code == 200, done.text
    assert browser.get("/desk").answer.headers["Location"].startswith("/desk/signin")
    assert region.desk("/search", {"queue": "all"}, by="verifier2").status_code == 401


def test_who_has_left_is_given_no_report(region: Region) -> None:
    filed = region.filed()
    region.order(filed.code, "route", agency="dlhk")
    assert changed(region, "dlhk2", "dlhk", until="2026-11-01").status_code == 200

    told = region.order(filed.code, "assign", by="dlhk1", officer="dlhk2")

    assert (told.status_code, told.json["code"]) == (422, "unknown-officer")


def away(officer: str, since: str = "2026-12-02", until: str = "2026-12-04") -> dict[str, Any]:
    return {"deputy": {"officer": officer, "since": since, "until": until}}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"roles": []}, "roles"),
        ({"agency": "tidak-ada"}, "agency"),
        ({"agency": None}, "agency"),
        ({"roles": ["verifier"], "head": True}, "head"),
        (away("dpupr1"), "deputy.officer"),
        (away("dlhk1"), "deputy.officer"),
        (away("dpupr2", until="2026-12-01"), "deputy.until"),
        ({"name": " "}, "name"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused(
    region: Region, fields: dict[str, Any], field: str
) -> None:
    """Beside the field that is wrong; nothing is recorded."""
    before = region.in_collection("edits")

    told = changed(region, "dpupr1", "dpupr", **fields)

    assert (told.status_code, told.json["errors"][0]["field"]) == (422, field), told.text
    assert region.in_collection("edits") == before


def test_an_old_page_overwrites_nothing(region: Region) -> None:
    """409; the same change twice is no fault."""
    version = record(region, "ombudsman")["version"]
    assert changed(region, "ombudsman", name="Ombudsman Bali").status_code == 200
    edits = region.in_collection("edits")

    stale = changed(region, "ombudsman", name="Lain", version=version)
    same = changed(region, "ombudsman", name="Ombudsman Bali", version=version)

    assert (stale.status_code, stale.json["code"]) == (409, "stale-record")
    assert same.status_code == 200
    assert region.in_collection("edits") == edits


@pytest.mark.parametrize("fields", [{"roles": ["verifier"]}, {"until": "2026-12-31"}])
def test_an_admin_cannot_lock_themselves_out(region: Region, fields: dict[str, Any]) -> None:
    told = changed(region, "admin", **fields)

    assert (told.status_code, told.json["code"]) == (409, "not-yourself")


def test_a_deputy_of_a_head_reads_the_heads_log_on_those_days(region: Region) -> None:
    assert region.desk("/looks", by="dpupr1").status_code == 403
    absence = away("dpupr1", "2026-01-01", "2030-01-01")

    assert changed(region, "kepala.dpupr", "dpupr", **absence).status_code == 200

    assert region.desk("/looks", by="dpupr1").status_code == 200
    assert region.desk("/looks", by="dpupr2").status_code == 403


def test_an_officer_is_added_and_changed_on_pages(admin: DeskBrowser, region: Region) -> None:
    """With every field; what was typed wrongly stands there again."""
    page = admin.get("/desk/people")
    typed = page.forms[-1] | {"email": "sekar@badung.example", "name": "Ni Luh Sekar"}
    again = admin.post("/desk/people", typed)
    assert again.status == 422
    assert again.fault("roles")
    done = admin.post("/desk/people", again.forms[-1] | {"roles.agency": "true", "agency": "dpupr"})
    assert done.answer.headers["Location"] == "/desk/people?agency=dpupr"
    found = region.desk("/officers?agency=dpupr", by="admin").json
    Officers.model_validate(found)
    (id_,) = (each["id"] for each in found["officers"] if each["name"] == "Ni Luh Sekar")

    one = admin.get(f"/desk/people/{id_}")
    assert one.fields["roles.agency"] == "true"
    filled = one.forms[-1] | {
        "head": "true", "deputy.officer": "dpupr2",
        "deputy.since": "2026-12-01", "deputy.until": "2026-12-05",
    }  # fmt: skip
    assert admin.post(f"/desk/people/{id_}", filled).status == 303

    after = record(region, id_, "dpupr")
    assert (after["head"], after["deputy"]["officer"]) == (True, "dpupr2")
    log = admin.get("/desk/edits")
    assert "Ni Luh Sekar" in log.said


def test_an_account_that_should_not_be_bound_is_released(
    admin: DeskBrowser, region: Region
) -> None:
    """With a reason, in the record of edits; it is out at once, and the next one is bound."""
    wrong = DeskBrowser()
    wrong.signed_in(region, "inspectorate")
    page = admin.get("/desk/people/inspectorate")
    release = next(form for form in page.forms if "account" in form)

    unexplained = admin.post("/desk/people/inspectorate/account", release)
    done = admin.post("/desk/people/inspectorate/account", release | {"reason": "Akun pribadi."})

    assert (unexplained.status, done.status) == (422, 303)
    assert unexplained.fault("release-reason")
    assert unexplained.fields["name"] == "Pembaca Inspektorat"
    assert wrong.get("/desk").answer.headers["Location"].startswith("/desk/signin")
    assert not any("account" in form for form in admin.get("/desk/people/inspectorate").forms)
    assert "Akun terikat: ya → tidak Alasan: – → Akun pribadi." in admin.get("/desk/edits").said
    Edits.model_validate(region.desk("/edits", by="admin").json)
    assert DeskBrowser().signed_in(region, "inspectorate").status == 200


def test_a_contact_is_changed_on_its_page(admin: DeskBrowser, region: Region) -> None:
    """It is what everybody reads a minute later, and in the record of edits."""
    done = admin.send("/desk/agencies/dlhk", contact__email="aduan@dlhk.example")

    assert done.status == 303, done.said
    forget_the_directory()
    found = region.desk("/agencies").json["agencies"]
    (dlhk,) = (each for each in found if each["id"] == "dlhk")
    assert dlhk["contact"]["email"] == "aduan@dlhk.example"
    assert "aduan@dlhk.example" in admin.get("/desk/edits").said
    assert "aduan@dlhk.example" in admin.get("/desk/agencies").said


@pytest.mark.parametrize(
    ("contact", "field"), [({}, "contact.email"), ({"email": "x"}, "contact.email")]
)
def test_an_agency_that_cannot_be_reached_is_refused(
    region: Region, contact: dict[str, str], field: str
) -> None:
    """Unless it works on paper."""
    found = region.desk("/agencies").json["agencies"]
    (version,) = (each["version"] for each in found if each["id"] == "dlhk")

    told = region.desk("/agencies/dlhk", {"contact": contact, "version": version}, by="admin")

    assert (told.status_code, told.json["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("path", ["/desk/people/nobody", "/desk/agencies/nothing"])
def test_what_the_directory_does_not_have_is_not_found(admin: DeskBrowser, path: str) -> None:
    assert admin.get(path).status == 404
