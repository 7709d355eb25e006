import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.domain.calendar import Calendar
from shared.domain.plain import plain
from shared.domain.policy import Allowance
from shared.domain.report import Held
from shared.domain.statuses import Role, Status
from tests.domain.builders import a_case_that_is, local


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (1.5, 1.5),
        ("teks – é", "teks – é"),
        (Status.ON_HOLD, "on_hold"),
        (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), "2026-11-20T16:00:00Z"),
        (local("Fri 2026-11-20 16:00:59.999999"), "2026-11-20T08:00:59Z"),
        (local("Fri 2026-11-20 00:00", "Asia/Jayapura"), "2026-11-19T15:00:00Z"),
        (Allowance(5, "WD"), {"number": 5, "unit": "WD"}),
        (
            Held(Role.AGENCY, Status.ROUTED),
            {"by": "agency", "status_before": "routed"},
        ),
        ((Status.ROUTED, [date(2026, 1, 1)]), ["routed", ["2026-01-01"]]),
        ({Role.AGENCY: {"x": ()}}, {"agency": {"x": []}}),
        ({date(2026, 1, 1): "Tahun Baru"}, {"2026-01-01": "Tahun Baru"}),
        (Calendar("a", "Asia/Jakarta").holidays, {}),
    ],
)
def test_a_value_becomes_what_json_knows(value: Any, expected: Any) -> None:
    """Times in UTC with whole seconds, so that no zone shows in a hash."""
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


def test_a_whole_report_is_json() -> None:
    """Clocks, custody and all."""
    report = a_case_that_is("hold_agency").report

    assert json.loads(json.dumps(plain(report)))["hold"] == {
        "by": "agency",
        "status_before": "routed",
    }
