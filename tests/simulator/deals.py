"""Random bargains: every product and line convention of domain specification sections 3, 4 and 6."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.simulator import people
from tests.simulator.accrual import add_months
from tests.simulator.model import Deal
from tests.simulator.tables import trading_from

D = Decimal
OFF_PRODUCTS = ("daily", "prepaid", "arrear", "trading", "year12", "act365", "act360")
BROKER_PRODUCTS = ("act360", "act365", "floating", "thirty360")
CONVENTIONS = (
    "assets_over_debt",
    "equity_over_debt",
    "equity_over_margin",
    "margin_coefficient",
    "financing_multiple",
    "net_value",
    "absolute",
    "equity_over_assets",
)


def _pick(random: Random, *values: str) -> Decimal:
    return D(random.choice(values))


def _daily(random: Random, deal: Deal) -> None:
    deal.rate, deal.rate_period = _pick(random, "0.0004", "0.0005", "0.00065", "0.0008", "0.00098"), "day"
    deal.settlement = random.choice(("monthly", "monthly", "weekly"))


def _trading(random: Random, deal: Deal) -> None:
    deal.rate, deal.rate_period = _pick(random, "0.0006", "0.0007", "0.0009", "0.001"), "trading_day"
    deal.day_count, deal.settlement = "TRADING", random.choice(("monthly", "weekly"))


def _month(random: Random, deal: Deal) -> None:
    deal.rate, deal.rate_period = _pick(random, "0.01", "0.012", "0.015", "0.018", "0.02"), "month"
    deal.day_count = "MONTH"


def _prepaid(random: Random, deal: Deal) -> None:
    _month(random, deal)
    deal.settlement, deal.broken_month = "prepaid_monthly", "full_month"


def _arrear(random: Random, deal: Deal) -> None:
    _month(random, deal)
    deal.settlement, deal.broken_month = "monthly", random.choice(("full_month", "thirtieth"))


def _year12(random: Random, deal: Deal) -> None:
    deal.rate, deal.rate_period = _pick(random, "0.12", "0.144", "0.18", "0.156"), "year"
    deal.day_count, deal.settlement, deal.broken_month = "MONTH", "monthly", "thirtieth"


def _actual(base: str) -> Callable[[Random, Deal], None]:
    def fill(random: Random, deal: Deal) -> None:
        off = deal.kind == "off_exchange"
        deal.rate = (
            _pick(random, "0.12", "0.15", "0.168", "0.2")
            if off
            else _pick(random, "0.0599", "0.068", "0.0725", "0.0835")
        )
        deal.rate_period, deal.day_count = "year", base
        deal.settlement = random.choice(("monthly", "quarterly", "at_maturity")) if off else "monthly"
        deal.rate_type = None if off else "fixed"

    return fill


def _thirty(random: Random, deal: Deal) -> None:
    _actual("30/360")(random, deal)
    deal.settlement = "monthly"


def _floating(random: Random, deal: Deal) -> None:
    deal.rate, deal.rate_period, deal.day_count = None, None, random.choice(("ACT/365", "ACT/360"))
    deal.rate_type, deal.spread_bp = "lpr_1y", random.choice((285, 340, 395, 460, 515))
    deal.rate_reset, deal.settlement = random.choice(("on_publication", "on_publication", "yearly")), "monthly"


PRODUCTS: dict[str, Callable[[Random, Deal], None]] = {
    "daily": _daily,
    "trading": _trading,
    "prepaid": _prepaid,
    "arrear": _arrear,
    "year12": _year12,
    "act365": _actual("ACT/365"),
    "act360": _actual("ACT/360"),
    "thirty360": _thirty,
    "floating": _floating,
}


def set_lines(random: Random, deal: Deal) -> None:
    """Fix warning and liquidation line in the deal's convention, both below what the account starts with."""
    warning, floor = _pick(random, "0.75", "0.8", "0.7"), _pick(random, "0.5", "0.55", "0.6")
    margin, financing = deal.margin, deal.financing
    lever = margin / financing
    shapes: dict[str, Callable[[Decimal], Decimal]] = {
        "assets_over_debt": lambda e: (1 + e * lever).quantize(D("0.01")),
        "equity_over_debt": lambda e: (e * lever).quantize(D("0.01")),
        "equity_over_margin": lambda e: e,
        "margin_coefficient": lambda e: e,
        "financing_multiple": lambda e: (1 + e * lever).quantize(D("0.01")),
        "net_value": lambda e: ((financing + e * margin) / (financing + margin)).quantize(D("0.01")),
        "absolute": lambda e: financing + e * margin,
        "equity_over_assets": lambda e: (e * margin / (financing + e * margin)).quantize(D("0.01")),
    }
    shape = shapes[deal.line_convention]
    deal.warning_line, deal.liquidation_line = shape(warning), shape(floor)


def _side_terms(random: Random, deal: Deal) -> None:
    off = deal.kind == "off_exchange"
    if off and random.random() < 0.45 and deal.product != "prepaid":
        deal.management_fee, deal.management_unit = random.choice(
            ((D("0.002"), "fraction"), (D("0.001"), "fraction"), (D(300), "yuan"))
        )
    if random.random() < 0.4:
        deal.late_rate, deal.late_grace = (
            _pick(random, "0.0005", "0.001", "0.002", "0.005"),
            random.choice((0, 1, 2, 3)),
        )
    if not off and random.random() < 0.5:
        deal.penalty_uplift = D("0.5")
    if off and random.random() < 0.4:
        deal.breach_penalty, deal.breach_base = _pick(random, "0.05", "0.08", "0.1"), "margin"
    deal.count_rule, deal.no_compounding = random.random() < 0.4, random.random() < 0.5
    deal.commission_rate = (
        _pick(random, "0.0003", "0.0005", "0.0008", "0.001") if off else _pick(random, "0.00025", "0.0003")
    )
    deal.commission_min = D(5)
    deal.commission_inclusive = random.random() < 0.85


def random_deal(random: Random, kind: str | None = None, product: str | None = None) -> Deal:
    """Draw a bargain; ``kind`` and ``product`` fix those two."""
    kind = kind or random.choice(("off_exchange", "off_exchange", "broker_margin"))
    off = kind == "off_exchange"
    product = product or random.choice(OFF_PRODUCTS if off else BROKER_PRODUCTS)
    city = random.choice(people.CITIES)
    start = trading_from(date(2021, 2, 1) + timedelta(days=random.randint(0, 1700)))
    if product == "thirty360":  # no period may cross a month of 31 days but from day to day
        start = trading_from(start.replace(day=3))
    months = random.randint(3, 5) if not (product == "floating" and random.random() < 0.3) else 14
    margin = D(random.choice((100_000, 150_000, 200_000, 300_000) if off else (400_000, 500_000, 800_000)))
    multiple = random.choice((2, 3, 4, 5)) if off else D(random.choice(("0.8", "0.9", "1")))
    financier, brand = people.lender(random, city) if off else (people.broker(random), "")
    deal = Deal(
        kind=kind,
        client=people.person(random),
        financier=financier,
        platform=f"{brand}配资平台" if off and random.random() < 0.5 else None,
        account=str(random.randint(600_000_000, 899_999_999))
        if off
        else f"0{random.randint(1_000_000_000, 9_999_999_999)}",
        contract_no="".join(random.choices("ABCDEFGHJKLMNPQRSTUVWXY", k=2))
        + f"{start:%Y%m}-{random.randint(1000, 9999)}",
        city=city,
        signed_on=start - timedelta(days=random.randint(0, 3)),
        term_start=start,
        term_end=add_months(start, months),
        margin=margin,
        financing=margin * multiple,
        leverage_convention=random.choice(("financing_over_margin", "total_over_margin")) if off else None,
        product=product,
        rate=None,
        rate_period=None,
        day_count=None,
        settlement="monthly",
    )
    PRODUCTS[product](random, deal)
    if not off:
        deal.settlement_day = 20
    deal.line_convention = random.choice(CONVENTIONS) if off else "assets_over_debt"
    deal.loss_wording = deal.line_convention == "equity_over_margin" and random.random() < 0.3
    set_lines(random, deal)
    if not off:
        deal.warning_line, deal.liquidation_line = D("1.5"), D("1.3")
    _side_terms(random, deal)
    deal.notice_required = not off or random.random() < 0.75
    methods = ("sms", "phone", "letter", "app") if not off else ("sms", "phone", "wechat", "app")
    deal.notice_methods = tuple(random.sample(methods, random.randint(1, 3)))
    deal.topup = random.choice(("T+1 10:00", "T+1 14:30", "T+1 15:00", "T+2 15:00"))
    deal.sell_scope = random.choice(("all", "all", None)) if off else random.choice(("all", "to_restore", None))
    return deal
