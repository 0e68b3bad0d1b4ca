"""The forced sale: its tests, sales that look forced, the market check, what each theory is worth, what is left."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.domain.audit import Audit
from workbench.domain.counterfactual import Counterfactual
from workbench.domain.findings import Verdict
from workbench.domain.liquidation import Damage, Liquidation, LiquidationTest, Proposal
from workbench.domain.money import plain, price_text
from workbench.tui.presenters.base import (
    DASH,
    Cell,
    Column,
    Detail,
    Row,
    Section,
    Words,
    day,
    label,
    money,
    pick,
    signed,
)

COLUMNS = (
    Column("verdict", 13),
    Column("code", 13, needs=92),
    Column("test", 20),
    Column("why", 20, flex=1),
)
VERDICT_MARK = {
    Verdict.PROVEN: ("●", "bad"),
    Verdict.POSSIBLE: ("▲", "warn"),
    Verdict.NOT_FOUND: ("✓", "good"),
    Verdict.CANNOT_TELL: ("?", "muted"),
}
MARKET, GROUNDS, AFTER = "market", "grounds", "after"
"""Keys of the rows that are no test."""
PROPOSAL = "proposal:"
"""Beginning of the key of a sale that looks forced."""


def liquidation_rows(audit: Audit, words: Words) -> tuple[Row, ...]:
    """Return sales to be tagged first, then the tests, the proven ones first, the market check and what is left."""
    return (
        *_proposal_rows(audit, words),
        *_test_rows(audit, words),
        *_market_row(audit, words),
        *_grounds_row(audit, words),
        *_after(audit, words),
    )


def _proposal_rows(audit: Audit, words: Words) -> Iterator[Row]:
    for one in audit.liquidation.proposals:
        entry = audit.line(one.line)
        name = f"{entry.line.date} {entry.line.code or ''} {entry.line.name or ''}".strip() if entry else one.line
        tone = "warn" if one.strong else "muted"
        cells = (
            Cell(f"? {words('liquidation.tag_it')}", tone),
            Cell(one.line, "muted"),
            Cell(name, "strong"),
            Cell(pick(words, one.why_zh, one.why_en)),
        )
        yield Row(PROPOSAL + one.line, cells)


def _test_rows(audit: Audit, words: Words) -> Iterator[Row]:
    order = list(VERDICT_MARK)
    for test in sorted(audit.liquidation.tests, key=lambda item: order.index(item.verdict)):
        sign, tone = VERDICT_MARK[test.verdict]
        cells = (
            Cell(f"{sign} {words(f'verdict.{test.verdict.value}')}", tone),
            Cell(test.code, "muted"),
            Cell(label(words, "finding", test.code), "strong"),
            Cell(pick(words, test.why_zh, test.why_en)),
        )
        yield Row(test.code, cells)


def _market_row(audit: Audit, words: Words) -> Iterator[Row]:
    found = audit.liquidation.market
    if not found.fills or not found.priced:
        return
    verdict = Verdict.PROVEN if found.bad else Verdict.POSSIBLE if found.impossible else Verdict.NOT_FOUND
    sign, tone = VERDICT_MARK[verdict]
    why = words("liquidation.market_rate", fills=found.fills, bad=found.bad)
    cells = (
        Cell(f"{sign} {words(f'verdict.{verdict.value}')}", tone),
        Cell("SIM-FILL", "muted"),
        Cell(words("liquidation.market"), "strong"),
        Cell(why),
    )
    yield Row(MARKET, cells)


def _grounds_row(audit: Audit, words: Words) -> Iterator[Row]:
    found = audit.liquidation.grounds
    if found:
        there = [label(words, "ground", one.name) for one in found if one.verdict is Verdict.PROVEN]
        why = words("liquidation.grounds_there", names="、".join(there)) if there else words("liquidation.grounds_none")
        yield Row(GROUNDS, (Cell(""), Cell(""), Cell(words("liquidation.grounds"), "strong"), Cell(why)))


def _after(audit: Audit, words: Words) -> Iterator[Row]:
    after = audit.liquidation.after
    if after is None:
        return
    why = words("liquidation.after_short", exposure=money(after.exposure), equity=money(after.equity))
    yield Row(AFTER, (Cell(""), Cell(""), Cell(words("liquidation.after"), "strong"), Cell(why)))


def liquidation_detail(audit: Audit, key: str, words: Words) -> Detail | None:
    """Explain the selected row."""
    found = audit.liquidation
    if key == MARKET:
        return _market_detail(audit, words)
    if key == GROUNDS:
        return _grounds_detail(found, words)
    if key == AFTER:
        return _after_detail(found, words)
    if key.startswith(PROPOSAL):
        chosen = next((one for one in found.proposals if PROPOSAL + one.line == key), None)
        return _proposal_detail(chosen, words) if chosen else None
    test = next((one for one in found.tests if one.code == key), None)
    return _test_detail(test, found, words) if test else None


def _test_detail(test: LiquidationTest, found: Liquidation, words: Words) -> Detail:
    """Explain one test: the verdict, the whole reason, what it would be worth."""
    sign, tone = VERDICT_MARK[test.verdict]
    sections = [
        Section("", (Cell(f"{sign} {words(f'verdict.{test.verdict.value}')}", tone),)),
        Section(words("liquidation.why"), (Cell(pick(words, test.why_zh, test.why_en)),)),
        Section("", (Cell(words(f"verdict.{test.verdict.value}.means"), "muted"),)),
    ]
    if test.needs_zh:
        sections.append(
            Section(words("liquidation.needs"), (Cell(pick(words, test.needs_zh, test.needs_en), "accent"),))
        )
    if test.figures:
        width = max(len(money(one.value)) for one in test.figures)
        cells = [
            Cell(f"{money(one.value):>{width}}  {label(words, 'figure', one.name)} {day(one.day)}")
            for one in test.figures
        ]
        sections.append(Section(words("liquidation.figures"), tuple(cells)))
    worth = [one for one in found.damages if one.code == test.code]
    sections += [_damage_section(one, words) for one in worth]
    rows = [row for row in found.otherwise if test.code in row.supported_by]
    if rows:
        estimates = [Cell(_estimate(row, words)) for row in rows]
        estimates.append(Cell(words("liquidation.estimates"), "muted"))
        sections.append(Section(words("liquidation.otherwise"), tuple(estimates)))
    return Detail(f"{test.code} {label(words, 'finding', test.code)}", "", tuple(sections))


def _damage_section(one: Damage, words: Words) -> Section:
    text = words("liquidation.worth_range", lowest=money(one.lowest), highest=money(one.highest))
    basis = Cell(pick(words, one.basis_zh, one.basis_en))
    return Section(
        words("liquidation.worth"), (Cell(text, "strong"), basis, Cell(words("liquidation.overlap"), "muted"))
    )


def _estimate(row: Counterfactual, words: Words) -> str:
    """Write one estimate: theory, price and day, what it would have brought, the difference."""
    head = f"{label(words, 'theory', row.theory)} · {label(words, 'price', row.price)} {day(row.day)}"
    if row.otherwise is None:
        return f"{head}  {words('liquidation.no_price', codes='、'.join(row.missing))}"
    return f"{head}  {money(row.otherwise)}  {signed(row.difference)}"


def _proposal_detail(one: Proposal, words: Words) -> Detail:
    sections = (
        Section(words("liquidation.why"), (Cell(pick(words, one.why_zh, one.why_en)),)),
        Section("", (Cell(words("liquidation.tag_keys"), "muted"),)),
    )
    return Detail(f"{one.line} {words('liquidation.tag_it')}", "", sections, line_id=one.line)


def _market_detail(audit: Audit, words: Words) -> Detail:
    """List the impossible fills and say what could not be tried."""
    found = audit.liquidation.market
    head = words("liquidation.market_rate", fills=found.fills, bad=found.bad)
    sections = [Section("", (Cell(head, "strong"), Cell(words("liquidation.market_means"), "muted")))]
    for one in found.impossible:
        title = f"{one.line} {label(words, 'fill_rule', one.rule)}"
        tone = "warn" if one.doubtful else "bad"
        sections.append(Section(title, (Cell(pick(words, one.why_zh, one.why_en), tone),)))
    parts = [f"{label(words, 'fill_rule', rule)} {count}" for rule, count in found.unchecked.items()]
    if parts:
        sections.append(Section(words("liquidation.untried"), (Cell(" · ".join(parts), "muted"),)))
    return Detail(words("liquidation.market"), "", tuple(sections))


def _grounds_detail(found: Liquidation, words: Words) -> Detail:
    """List the contract's grounds for a sale with whether each was there."""
    sections = [Section("", (Cell(words("liquidation.grounds_mean"), "muted"),))]
    for one in found.grounds:
        sign, tone = VERDICT_MARK[one.verdict]
        title = f"{sign} {label(words, 'ground', one.name)} · {label(words, 'ground_verdict', one.verdict.value)}"
        sections.append(Section(title, (Cell(pick(words, one.why_zh, one.why_en), tone),)))
    return Detail(words("liquidation.grounds"), "", tuple(sections))


def _after_detail(found: Liquidation, words: Words) -> Detail | None:
    after = found.after
    if after is None:
        return None
    figures = (
        ("cash", after.cash),
        ("exposure", after.exposure),
        ("debt", after.debt),
        ("equity", after.equity),
        ("unrealised", after.unrealised),
    )
    width = max(len(money(amount)) for _, amount in figures)
    cells = [Cell(f"{money(amount):>{width}}  {words(f'liquidation.{name}')}") for name, amount in figures]
    if after.fall is not None:
        cells.append(Cell(words("liquidation.after_fall", part=f"{after.fall * 100:.2f}%")))
    sections = [Section("", tuple(cells))]
    for one in after.holdings:
        cost, price, line = (
            DASH if value is None else price_text(value) for value in (one.cost, one.price, one.liquidation_price)
        )
        text = words("liquidation.holding", count=plain(one.quantity), cost=cost, price=price, line=line)
        sections.append(Section(f"{one.code} {one.name}".strip(), (Cell(text), Cell(signed(one.unrealised)))))
    return Detail(f"{words('liquidation.after')} {day(after.day)}", "", tuple(sections))


def liquidation_summary(audit: Audit, words: Words) -> str:
    """Say when the forced sale began, how many fills it had and what they brought."""
    sale = audit.liquidation
    if sale.started is None and not sale.fills:
        return words("liquidation.proposed", count=len(sale.proposals)) if sale.proposals else words("liquidation.none")
    return words("liquidation.summary", date=day(sale.started), fills=len(sale.fills), sum=money(sale.proceeds))
