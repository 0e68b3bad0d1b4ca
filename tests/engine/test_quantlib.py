"""Day counts beside QuantLib's, over ten thousand random periods."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
import QuantLib

from tests.engine.worlds import D, tables
from workbench.domain.dates import DateRange
from workbench.engine.interest import Product, accrue
from workbench.engine.replay import PrincipalHistory

PERIODS = 10_000
COUNTERS = {
    "ACT/365": QuantLib.Actual365Fixed(),
    "ACT/360": QuantLib.Actual360(),
    "30/360": QuantLib.Thirty360(QuantLib.Thirty360.European),
}


@pytest.mark.parametrize("count", COUNTERS)
def test_ten_thousand_random_periods(count: str) -> None:
    reference = tables()
    random = Random(20250102)  # noqa: S311 - nothing secret is drawn
    product = Product(D(1), "year", count, "thirtieth")
    for _ in range(PERIODS):
        start = date(2000, 1, 1) + timedelta(days=random.randrange(9000))
        end = start + timedelta(days=random.randrange(1, 1500))
        parts = accrue(product, DateRange(start, end), PrincipalHistory(((start, D(1)),)), reference)
        theirs = COUNTERS[count].yearFraction(
            QuantLib.Date(start.day, start.month, start.year), QuantLib.Date(end.day, end.month, end.year)
        )
        assert float(parts[0].amount) == pytest.approx(theirs, abs=1e-12), (start, end)
