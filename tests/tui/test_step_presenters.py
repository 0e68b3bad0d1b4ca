"""The figures of the step views as text: they add up, say what is unknown, and keep case data plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tui import world
from tests.tui.cases import REST, SOLD_OUT, opener, sold_out, with_rest
from workbench.locales.catalogue import load_catalogue
from workbench.planning.assets import Asset, AssetKind
from workbench.planning.liquidity import plan_sales, sensitivity
from workbench.services.assess_risk import assess_risk
from workbench.services.desk import Desk
from workbench.services.negotiate import compare_proposals
from workbench.services.raise_cash import CashPlan
from workbench.services.remember_plan import add_proposal, set_plan
from workbench.services.review_case import review_case, review_market
from workbench.services.run_audit import compute_audit
from workbench.tui.presenters import (
    liquidity,
    liquidity_detail,
    negotiation,
    negotiation_detail,
    residual,
    residual_detail,
    retrospect,
    retrospect_detail,
)
from workbench.tui.presenters.base import Detail, Row, Words
from workbench.tui.presenters.market import market_rows
from workbench.tui.presenters.overview import tab_of
from workbench.tui.presenters.parts import share
from workbench.tui.presenters.residual import Residual
from workbench.tui.state import CaseView

D = Decimal
LANGUAGES = ("zh", "en")
VIEW = CaseView("c", 1, world.TODAY)


@pytest.fixture(scope="module")
def rest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("rest")
    with_rest(home)
    desk = opener(home)()
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("sold")
    sold_out(home)
    desk = opener(home)()
    yield desk
    desk.close()


def words(lang: str) -> Words:
    return load_catalogue(lang, "tui")


def number(text: str) -> Decimal:
    """Read an amount as it is shown."""
    return D(text.lstrip("= ").replace(",", "").replace("−", "-").replace("+", ""))


def whole(detail: Detail | None) -> str:
    """Return everything a detail says."""
    assert detail is not None
    lines = [detail.title, detail.subtitle]
    for section in detail.sections:
        lines += [section.heading, *(cell.text for cell in section.lines)]
    return "\n".join(lines)


def untranslated(text: str) -> list[str]:
    """Return keys that the catalogue does not know: they are shown as they are."""
    own = ("liquidity.", "negotiation.", "residual.", "retrospect.", "plans.", "column.", "calc_plan.", "review.")
    return [word for word in text.split() if word.startswith(own)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_parts_of_the_loss_add_up_to_the_cent_as_they_are_shown(sample: Desk, lang: str) -> None:
    found = review_case(sample, SOLD_OUT)
    rows = retrospect.rows(retrospect.LOSS, VIEW, found, words(lang))
    *parts, total = (row.cells[1].text for row in rows)
    assert sum(number(text) for text in parts if text[-1].isdigit()) == number(total) == found.attribution.change
    longest = max(rows, key=lambda row: len(row.cells[2].text))
    assert len(longest.cells[2].text) == retrospect.BAR
    assert abs(number(longest.cells[1].text)) == max(abs(number(text)) for text in parts if text[-1].isdigit())
    for row in rows:
        assert untranslated(whole(retrospect_detail.detail(retrospect.LOSS, row.key, VIEW, found, words(lang)))) == []


def test_a_bar_tells_loss_from_gain_by_its_fill_and_never_vanishes() -> None:
    assert retrospect.bar(D(-100), D(100)) == "█" * retrospect.BAR
    assert retrospect.bar(D(50), D(100)) == "░" * (retrospect.BAR // 2)
    assert retrospect.bar(D("-0.01"), D(10**9)) == "█"
    assert retrospect.bar(D(0), D(100)) == retrospect.bar(D(1), D(0)) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rhythm_and_rules_are_explained_row_by_row(sample: Desk, lang: str) -> None:
    found = review_case(sample, SOLD_OUT, stop_loss=D("0.05"))
    view, say = replace(VIEW, audit=found.audit), words(lang)
    for part in (retrospect.RHYTHM, retrospect.RULES):
        rows = retrospect.rows(part, view, found, say)
        assert rows
        assert retrospect.summary(part, view, found, say)
        for row in (row for row in rows if not row.heading):
            detail = retrospect_detail.detail(part, row.key, view, found, say)
            assert untranslated(" ".join([*(cell.text for cell in row.cells), whole(detail)])) == []
    shown = " ".join(cell.text for cell in retrospect.notes(retrospect.RULES, view, found, say))
    assert words(lang)("warning.off_exchange") in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_what_is_left_says_where_it_comes_from(rest: Desk, lang: str) -> None:
    audit, say = compute_audit(rest, REST), words(lang)
    set_plan(rest, REST, {"index": "000300"})
    found = Residual(assess_risk(rest, REST, audit=audit), review_market(rest, REST, audit=audit), None)
    view = replace(VIEW, audit=audit, plan={"index": "000300"})
    for part in residual.PARTS:
        rows = residual.rows(part, view, found, say)
        assert rows, part.name
        for row in (row for row in rows if not row.heading):
            text = whole(residual_detail.detail(part, row.key, view, found, say))
            assert untranslated(text) == []
    (measure, *_) = found.risk.measures
    text = whole(residual_detail.detail(residual.LOSS, "historical", view, found, say))
    assert str(measure.day) in text
    reached = [row.cells[-1].text for row in residual.rows(residual.STRESS, view, found, say)]
    assert {text.split()[0] for text in reached} == {"‼", "✓"}, "a sign and a word, not only a colour"
    assert all(len(text.split()) > 1 for text in reached)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_own_part_of_a_move_is_what_market_and_sector_leave(rest: Desk, lang: str) -> None:
    set_plan(rest, REST, {"index": "000300"})
    found = review_market(rest, REST)
    split = found[0].decomposition
    assert split is not None
    cells = [cell.text for cell in market_rows(found, words(lang))[0].cells]
    assert cells[3] == "–", "no sector was named: no part of it is shown"
    moves = [D(cells[at].replace("−", "-").rstrip("%")) for at in (1, 2, 4)]
    assert abs(moves[0] - moves[1] - moves[2]) <= D("0.02")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_suit_without_the_persons_view_stays_unknown(sample: Desk, lang: str) -> None:
    say = words(lang)
    found = compare_proposals(sample, SOLD_OUT)
    for row in negotiation.rows(negotiation.SUIT, VIEW, found, say):
        assert [row.cells[at].text for at in (4, 5, 6)] == ["?", "?", "?"]
        text = whole(negotiation_detail.detail(negotiation.SUIT, row.key, VIEW, found, say))
        assert say("negotiation.value_unknown") in text
    notes = " ".join(cell.text for cell in negotiation.notes(negotiation.SUIT, VIEW, found, say))
    assert say("negotiation.no_chances") in notes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_proposals_payments_stand_in_its_detail(sample: Desk, lang: str) -> None:
    """120,000 at 6 % over 12 months in equal principal: 10,600.00 first, 10,050.00 last, 3,900.00 of interest."""
    terms = {"name": "[red]x", "payer": "client", "debt": "120000", "months": "12", "rate": "6%", "start": "2026-12-01"}
    number_ = add_proposal(sample, SOLD_OUT, {**terms, "kind": "equal_principal"})
    say, found = words(lang), compare_proposals(sample, SOLD_OUT)
    key = f"{negotiation.PROPOSAL}{number_}"
    text = whole(negotiation_detail.detail(negotiation.PROPOSALS, key, VIEW, found, say))
    assert all(figure in text for figure in ("10,600.00", "10,050.00", "3,900.00", "[red]x"))
    rows = negotiation.rows(negotiation.PROPOSALS, VIEW, found, say)
    mine: list[Row] = [row for row in rows if row.key.startswith(f"{key}:")]
    assert len(mine) == len(found.options)
    for row in mine:
        detail = negotiation_detail.detail(negotiation.PROPOSALS, row.key, VIEW, found, say)
        assert untranslated(whole(detail)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plan_says_what_lacks_and_why_things_stay(rest: Desk, lang: str) -> None:
    say = words(lang)
    assets = (
        Asset("[b]金[/b]", AssetKind.GOODS, D(10), D(900), D("0.08"), 3, fee_rate=D("0.01"), keep=D(10)),
        Asset("老股", AssetKind.SHARE, D(500), D("9.1"), D("0.03"), 1, "000002"),
    )
    tables = rest.tables()
    plan = plan_sales(assets, D(100_000), rest.today.replace(day=30), rest.today, tables)
    found = CashPlan(plan, sensitivity(plan, tables))
    view = replace(VIEW, assets=dict(enumerate(assets, 1)), plan={"target": "100000", "by": "2026-11-30"})
    notes = " ".join(cell.text for cell in liquidity.notes(liquidity.PLAN, view, found, say))
    assert f"{found.plan.shortfall:,.2f}" in notes
    assert say("liquidity.never") in notes
    assert "老股" in notes, "its commission is assumed"
    rows = liquidity.rows(liquidity.PLAN, view, found, say)
    assert [row.key for row in rows if row.key.startswith(liquidity.KEPT)] == ["kept:0:core"]
    total = next(row for row in rows if row.key == liquidity.TOTAL)
    sold = [row for row in rows if row.key.startswith(liquidity.SALE)]
    assert sum(number(row.cells[6].text) for row in sold) == number(total.cells[6].text) == found.plan.total.net
    for part in liquidity.PARTS:
        for row in (row for row in liquidity.rows(part, view, found, say) if not row.heading):
            detail = liquidity_detail.detail(part, row.key, view, found, say)
            assert untranslated(" ".join([*(cell.text for cell in row.cells), whole(detail)])) == []


def test_a_share_is_written_short_and_an_unknown_one_said() -> None:
    assert share(D("0.388349")) == "38.83%"
    assert share(D("0.5")) == "50%"
    assert share(None) == "?"


@pytest.mark.parametrize(
    ("check", "step", "tab"),
    [
        ("assets_listed", 4, "liquidity"), ("offers_proven", 5, "negotiation"), ("residual_reviewed", 6, "residual"),
        ("rendered:demand*|objection*", 5, "documents"), ("rendered:statement_request*", 2, "documents"),
        (None, 8, "retrospect"), ("exported", 8, "documents"), ("statements_imported", 2, "ledger"),
    ],
)  # fmt: skip
def test_a_task_leads_to_where_it_is_done(check: str | None, step: int, tab: str) -> None:
    task = world.make_task(step, 2)
    assert tab_of(replace(task, spec=replace(task.spec, check=check))) == tab
