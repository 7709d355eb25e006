"""Officers sign in with the region's issuer; their session is looked at on every page."""

from datetime import timedelta

import pytest

from shared.adapters.firestore_officers import officer_document
from tests.functions.desk_pages import DeskBrowser
from tests.functions.region import SITE, Region, living_in, officer

BY = "verifier1"


@pytest.fixture
def browser(region: Region) -> DeskBrowser:
    return DeskBrowser()


def test_whoever_is_not_signed_in_is_asked_to_and_then_goes_on(
    region: Region, browser: DeskBrowser
) -> None:
    """The page that was asked for is the page one comes to."""
    asked = browser.get("/desk?queue=appeals").answer.headers["Location"]
    page = browser.get(asked)

    assert asked == "/desk/signin?kembali=%2Fdesk%3Fqueue%3Dappeals"
    assert 'href="/desk/signin/go?kembali=/desk%3Fqueue%3Dappeals"' in page.text
    assert browser.signed_in(region, BY, "/desk%3Fqueue%3Dappeals").status == 200
    assert "Verifikator 1" in browser.get("/desk").said


def test_the_issuer_is_asked_as_the_standards_want_it(browser: DeskBrowser) -> None:
    """Code with PKCE, a state and a nonce that nobody can guess; back to this site only."""
    first, second = (browser.get("/desk/signin/go").answer.location for _ in range(2))

    for part in ("response_type=code", "code_challenge_method=S256", "scope=openid+email"):
        assert part in first
    assert f"redirect_uri={SITE}/desk/signin/back".replace("/", "%2F").replace(":", "%3A") in first
    for name in ("state", "nonce", "code_challenge"):
        assert _asked(first, name) != _asked(second, name) != ""


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "/r", "/desktop", "/desk\n"]
)
def test_signing_in_leads_nowhere_but_to_the_desk(
    region: Region, browser: DeskBrowser, to: str
) -> None:
    back = browser.get(browser.vouched_for(region, BY, to))

    assert back.answer.headers["Location"] == "/desk"


def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(
    region: Region, browser: DeskBrowser
) -> None:
    """Somebody else's code under one's own name, or one's own under no cookie."""
    theirs = DeskBrowser().vouched_for(region, "verifier2")
    browser.get("/desk/signin/go")

    page = browser.get(theirs)

    assert page.status == 403
    assert "Belum berhasil masuk" in page.said
    assert browser.get("/desk").status == 303


def test_a_code_is_good_once_and_with_its_verifier_only(
    region: Region, browser: DeskBrowser
) -> None:
    """A code that leaked is worth nothing in another journey, even under its state."""
    back = browser.vouched_for(region, BY)
    browser.get(back)
    used, forged = browser.get(back), browser.get(back.replace("code=", "code=x"))

    assert (used.status, forged.status) == (403, 403)


def test_a_journey_that_took_too_long_is_begun_anew(region: Region, browser: DeskBrowser) -> None:
    back = browser.vouched_for(region, BY)
    region.outside.advance(minutes=11)

    assert browser.get(back).status == 403


def test_an_account_that_is_no_officers_is_told_so(region: Region, browser: DeskBrowser) -> None:
    """With the address, for whoever has two; nobody is let in."""
    region.store.document("officers", "verifier2").delete()

    page = browser.get(browser.vouched_for(region, "verifier2"))

    assert page.status == 403
    assert "Anda masuk sebagai verifier2@badung.example." in page.said
    region.store.document("officers", "verifier2").set(officer_document(officer("verifier2")))


def test_the_first_sign_in_binds_the_record_as_the_api_does(
    region: Region, browser: DeskBrowser
) -> None:
    """One account for the pages and for programs."""
    record = region.store.document("officers", "inspectorate")
    browser.signed_in(region, "inspectorate")

    assert record.get().get("subject").endswith("|local-inspectorate")
    record.update({"subject": "another"})
    assert browser.get("/desk").status == 303


@pytest.mark.parametrize("gone", ["removed", "bound to another account"])
def test_whoever_is_removed_is_out_at_once(region: Region, browser: DeskBrowser, gone: str) -> None:
    """Though the session runs on."""
    browser.signed_in(region, "verifier2")
    record = region.store.document("officers", "verifier2")
    if gone == "removed":
        record.delete()
    else:
        record.update({"subject": "another"})

    assert browser.get("/desk").answer.location.startswith("/desk/signin?")
    record.set(officer_document(officer("verifier2")))


def test_a_session_ends_after_a_working_day(region: Region, browser: DeskBrowser) -> None:
    browser.signed_in(region, BY)
    region.outside.advance(hours=7, minutes=59)
    assert browser.get("/desk").status == 200

    region.outside.now += timedelta(minutes=2)

    assert browser.get("/desk").status == 303


def test_signing_out_takes_a_form_of_ours(region: Region, browser: DeskBrowser) -> None:
    """A picture on some page cannot sign anybody out."""
    page = browser.signed_in(region, BY)

    assert browser.post("/desk/signout", {"mark": ""}).status == 403
    assert browser.get("/desk").status == 200
    assert browser.post("/desk/signout", {"mark": page.fields["mark"]}).status == 303
    assert browser.get("/desk").status == 303
    assert "Anda sudah keluar dari Tanggap." in browser.get("/desk/signin").said


def test_the_cookie_of_a_session_is_the_servers_alone(region: Region, browser: DeskBrowser) -> None:
    """No script reads it, no other site's post carries it, and its end is known."""
    cookies = browser.get(browser.vouched_for(region, BY)).answer.headers.getlist("Set-Cookie")

    (session,) = [each for each in cookies if "-officer=" in each]
    name, *attributes = session.split("; ")
    assert name.startswith("__Host-tanggap-officer=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=28800"} <= set(attributes)
    assert officer(BY).email not in session


def test_a_form_sent_after_the_end_of_the_session_waits_to_be_sent_again(
    region: Region, browser: DeskBrowser
) -> None:
    """Sign in elsewhere, come back, send: what was typed arrives."""
    filed = region.filed()
    browser.signed_in(region, BY)
    fields = browser.get(f"/desk/r/{filed.code}").form("note")
    region.outside.advance(hours=9)

    kept = browser.post(f"/desk/r/{filed.code}", fields | {"text": "Sudah saya telepon."})

    assert kept.status == 401
    assert kept.fields["text"] == "Sudah saya telepon."
    browser.signed_in(region, BY)
    assert browser.post(f"/desk/r/{filed.code}", kept.fields).status == 303
    assert "Sudah saya telepon." in browser.get(f"/desk/r/{filed.code}").said


def test_without_the_issuer_nobody_is_let_in_and_a_second_try_is_offered(
    region: Region, browser: DeskBrowser
) -> None:
    with living_in({"TOKEN_ISSUER": "http://127.0.0.1:1"}):
        page = browser.get("/desk/signin/go")

    assert (page.status, page.answer.headers["Retry-After"]) == (503, "5")


def _asked(address: str, name: str) -> str:
    return next((part for part in address.split("&") if part.startswith(f"{name}=")), "")
