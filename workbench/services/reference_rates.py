"""Published rates and trading days that came after this version, added by the user and marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.reference import LprQuote, ReferenceTables
from workbench.errors import UsageError
from workbench.services.desk import Desk

LOWEST, HIGHEST = Decimal("0.001"), Decimal("0.2")
"""A yearly rate outside these is a slip (percent typed as a fraction, or the reverse)."""
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class TableStatus:
    """How far one dated table reaches."""

    name: str
    title_zh: str
    title_en: str
    first: date
    """First dated entry; the last one's date where entries have no dates."""
    last: date
    """Last date verified or published in the table."""
    valid_to: date | None
    """Last day on which the table may be used; None where nothing limits it."""
    by_user: int
    """Number of entries the user added."""
    expired: bool
    """True where today is past ``valid_to``."""
    source: str


def list_tables(desk: Desk) -> tuple[TableStatus, ...]:
    """Return the dated tables with their last dates.

    Raises:
        InputError: a table cannot be read.
    """
    from workbench.reference.files import table_infos  # noqa: PLC0415  start fast
    from workbench.reference.user import read_additions  # noqa: PLC0415

    added = read_additions(desk.reference_dir)
    begins = _first_dates(desk.tables())
    later = {
        "lpr": (added.lpr[-1].date, added.lpr_valid_to, len(added.lpr)) if added.lpr else None,
        "trading_days": (added.days_to, added.days_to, len(added.days)) if added.days_to else None,
    }
    result = []
    for info in table_infos().values():
        last, valid_to, count = later.get(info.name) or (info.last, info.valid_to, 0)
        superseded = info.name == "loans"  # replaced by the LPR: its end is history, not a gap
        expired = valid_to is not None and valid_to < desk.today and not superseded
        result.append(
            TableStatus(
                info.name,
                info.title_zh,
                info.title_en,
                begins.get(info.name, info.last),
                last,
                valid_to,
                count,
                expired,
                info.source,
            )
        )
    return tuple(result)


def _first_dates(tables: ReferenceTables) -> dict[str, date]:
    return {
        "lpr": tables.lpr[0].date,
        "charges": min(rate.effective_from for rate in tables.charges),
        "trading_days": tables.calendar.days[0],
        "deposits": tables.deposits[0].date,
        "loans": tables.loans[0].date,
        "price_limits": min(limit.effective_from for limit in tables.limits),
    }


def add_lpr(desk: Desk, day: date, one_year: Decimal, five_year: Decimal) -> None:
    """Add a published LPR as fractions per year (``Decimal('0.03')``).

    The same month again replaces the user's own entry.

    Raises:
        UsageError: a rate outside 0.1 % to 20 %, a day in the future, in the packaged table, or one that skips a month.
        StoreError: the home cannot be written.
    """
    from workbench.reference.files import table_infos  # noqa: PLC0415  start fast
    from workbench.reference.user import months_apart, read_additions, write_lpr  # noqa: PLC0415
    from workbench.store.failures import disk_errors  # noqa: PLC0415

    for rate in (one_year, five_year):
        if not LOWEST <= rate <= HIGHEST:
            raise _refused(
                f"{rate} is no yearly rate", "Give 3 % as 3% or 0.03.", f"{rate} 不是年利率", "3% 请写作 0.03。"
            )
    if day > desk.today:
        raise _refused(
            f"{day} is in the future", "Add a rate once it is published.", f"{day} 尚未到来", "请在公布后再添加。"
        )
    last = table_infos()["lpr"].last
    kept = [quote for quote in read_additions(desk.reference_dir).lpr if months_apart(quote.date, day) != 0]
    earlier = [quote.date for quote in kept if quote.date < day]
    if day <= last or months_apart(last, day) == 0:
        raise _refused(
            f"the table has this date already (to {last})",
            "Packaged rates cannot be replaced.",
            f"表中已有该日期（截至 {last}）",
            "内置利率不能替换。",
        )
    before = max(earlier, default=last)
    if months_apart(before, day) != 1:
        raise _refused(
            f"between {before} and {day} a publication is missing",
            "Add every month in order.",
            f"{before} 与 {day} 之间缺少一次公布",
            "请逐月依次添加。",
        )
    quotes = sorted([*kept, LprQuote(day, one_year, five_year, by_user=True)], key=lambda quote: quote.date)
    with disk_errors(desk.reference_dir):
        write_lpr(desk.reference_dir, quotes)
    desk.forget_tables()


def add_trading_days(desk: Desk, days: Sequence[date], covers_to: date) -> None:
    """Add trading days after the table's last date, complete up to ``covers_to`` (included).

    Raises:
        UsageError: no days, days inside the packaged table, on a weekend, or after ``covers_to``.
        StoreError: the home cannot be written.
    """
    from workbench.reference.files import table_infos  # noqa: PLC0415  start fast
    from workbench.reference.user import read_additions, write_trading_days  # noqa: PLC0415
    from workbench.store.failures import disk_errors  # noqa: PLC0415

    last = table_infos()["trading_days"].last
    wrong = [day for day in days if day <= last or day > covers_to or day.weekday() >= SATURDAY]
    if wrong or not days:
        named = ", ".join(day.isoformat() for day in wrong[:3]) or "none given"
        raise _refused(
            f"these cannot be added as trading days: {named}",
            f"Give weekdays after {last} and up to {covers_to}.",
            f"以下日期不能添加为交易日：{named}",
            f"请填写 {last} 之后、{covers_to} 之前（含）的工作日。",
        )
    known = read_additions(desk.reference_dir)
    end = max(covers_to, known.days_to or covers_to)
    with disk_errors(desk.reference_dir):
        write_trading_days(desk.reference_dir, [*known.days, *days], end)
    desk.forget_tables()


def _refused(what: str, next_step: str, what_zh: str, next_step_zh: str) -> UsageError:
    return UsageError(what, next_step=next_step, what_zh=what_zh, next_step_zh=next_step_zh)
