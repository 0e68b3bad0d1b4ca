"""Sheet Margin: the lines and the timeline, the ratio recomputed from assets and debt."""

from __future__ import annotations

from decimal import Decimal

from workbench.documents.labels import Labels
from workbench.documents.sheets.cells import Column, Sheet, local
from workbench.documents.sheets.terms import TermCells
from workbench.domain.audit import Audit
from workbench.domain.margin import MarginDay

COLUMNS = (
    Column("日期", "Date", 20),
    Column("总资产", "Assets", 20),
    Column("负债", "Debt", 17),
    Column("比率", "Ratio", 12),
    Column("状态", "State", 12),
    Column("盘中最低总资产", "Assets at lows", 18),
    Column("平仓线总资产", "Assets at line", 17),
    Column("离平仓线（元）", "Above line", 17),
    Column("再跌触线", "Fall to line", 14),
)
HEAD = 9
_CLOSE = Decimal("0.000001")


def write_margin(sheet: Sheet, audit: Audit, labels: Labels, cells: TermCells) -> None:
    """Write the lines above and the days below."""
    margin = audit.margin
    sheet.head(HEAD, COLUMNS)
    sheet.page.freeze_panes(HEAD + 1, 1)
    sheet.text(0, 0, "保证金时间线 Margin timeline", "title")
    facts = (
        ("口径 Convention", labels.name("convention", margin.convention) if margin.convention else "合同未约定"),
        ("首次触及预警线 First warning", margin.first_warning.isoformat() if margin.first_warning else "—"),
        ("首次触及平仓线 First liquidation", margin.first_liquidation.isoformat() if margin.first_liquidation else "—"),
    )
    for row, (label, text) in enumerate(facts, 1):
        sheet.page.merge_range(row, 0, row, 1, label, sheet.styles["label"])
        sheet.page.merge_range(row, 2, row, 6, text, sheet.styles["text"])
    for row, name in enumerate(("warning", "liquidation", "emergency"), 4):
        sheet.page.merge_range(
            row,
            0,
            row,
            1,
            f"{labels.name('margin_state', name)}线时的总资产 Assets at {name} line",
            sheet.styles["label"],
        )
        sheet.number(row, 2, margin.lines.get(name), "money_input")
    for row, day in enumerate(margin.days, HEAD + 1):
        _day(sheet, row, day, margin.convention, labels, cells)
        _distance(sheet, row, day)
    last = HEAD + max(1, len(margin.days))
    sheet.page.autofilter(HEAD, 0, last, len(COLUMNS) - 1)
    state = f"E{HEAD + 2}:E{last + 1}"
    for name in ("liquidation", "emergency"):
        word = labels.name("margin_state", name)
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": sheet.styles.attention}
        sheet.page.conditional_format(state, rule)


def _day(sheet: Sheet, row: int, day: MarginDay, convention: str | None, labels: Labels, cells: TermCells) -> None:
    sheet.day(row, 0, day.date)
    sheet.number(row, 1, day.assets, "money_input")
    sheet.number(row, 2, day.debt, "money_input")
    live = next((f for f, value in _ratios(row, day, convention, cells) if _near(value, day.ratio)), None)
    if live and day.ratio is not None:
        sheet.formula(row, 3, live, day.ratio, "ratio")
    else:
        sheet.number(row, 3, day.ratio, "ratio")
    sheet.text(row, 4, labels.name("margin_state", day.state), "center")
    sheet.number(row, 5, day.low_assets, "money_input")


def _distance(sheet: Sheet, row: int, day: MarginDay) -> None:
    """Write that day's line and how far the account stood above it; blank where either is unknown."""
    sheet.number(row, 6, day.lines.get("liquidation"), "money_input")
    if day.distance is None or day.fall is None:
        sheet.number(row, 7, None)
        sheet.number(row, 8, None, "ratio")
        return
    sheet.formula(row, 7, f"ROUND({local(row, 1)}-{local(row, 6)},2)", day.distance)
    sheet.formula(row, 8, f"1-{local(row, 6)}/{local(row, 1)}", day.fall, "ratio")


def _near(value: Decimal, ratio: Decimal | None) -> bool:
    return ratio is not None and abs(value - ratio) < _CLOSE


def _ratios(row: int, day: MarginDay, convention: str | None, cells: TermCells) -> list[tuple[str, Decimal]]:
    """Return the formulas that a convention may mean, with their values."""
    assets, debt = local(row, 1), local(row, 2)
    owned = cells.refs.get("financing"), cells.values.get("financing")
    margin = cells.refs.get("margin"), cells.values.get("margin")
    found: list[tuple[str, Decimal]] = []
    if day.debt:
        found.append((f"{assets}/{debt}", day.assets / day.debt))
        found.append((f"({assets}-{debt})/{debt}", (day.assets - day.debt) / day.debt))
    if day.assets:
        found.append((f"({assets}-{debt})/{assets}", (day.assets - day.debt) / day.assets))
    if owned[0] and owned[1] and margin[0] and margin[1]:
        financing, own = owned[1], margin[1]
        found.append((f"({assets}-{owned[0]})/{margin[0]}", (day.assets - financing) / own))
        found.append((f"({margin[0]}+{owned[0]}-{assets})/{margin[0]}", (own + financing - day.assets) / own))
        found.append((f"{assets}/({margin[0]}+{owned[0]})", day.assets / (own + financing)))
        found.append((f"{assets}/{owned[0]}", day.assets / financing))
    return found if convention else []
