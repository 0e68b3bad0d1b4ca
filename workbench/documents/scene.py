"""Everything a template can name, built from one context: views, tables, citations, fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from workbench.documents.amounts import Amount, Bound, total
from workbench.documents.blocks import Box, Paper, Picture
from workbench.documents.chart import margin_chart
from workbench.documents.chronology import Chronology, Happening
from workbench.documents.context import DocumentContext, field_value
from workbench.documents.environment import BLANK
from workbench.documents.labels import Labels
from workbench.documents.laws import Laws
from workbench.documents.pdf import page_spans
from workbench.documents.review import ReviewTables
from workbench.documents.sale import SaleTables
from workbench.documents.tables import Tables
from workbench.documents.template_files import TemplateFile
from workbench.documents.views import (
    BasisView,
    EvidenceGroupView,
    FileView,
    FindingView,
    GroupView,
    LineView,
    OtherwiseView,
    TermView,
    TestView,
    Viewer,
)
from workbench.domain.audit import AuditedLine
from workbench.domain.case import CaseKind
from workbench.domain.findings import Finding
from workbench.domain.money import percent

METHOD = frozenset(
    {
        "margin",
        "financing",
        "rate",
        "rate_period",
        "rate_type",
        "rate_spread_bp",
        "rate_reset",
        "day_count",
        "count_rule",
    }
    | {"settlement", "settlement_day", "broken_month", "compounding", "accrual_rounding", "management_fee"}
    | {"management_fee_period", "profit_share", "commission_rate", "commission_min", "late_fee_rate", "late_fee_base"}
    | {"late_grace_days", "penalty_rate", "penalty_uplift", "breach_penalty", "breach_base"}
)
"""Terms that say how interest and charges are computed."""


@dataclass(frozen=True)
class Scene:
    """The views of one audit in one language, made when first asked for; templates see it as plain names."""

    context: DocumentContext
    template: TemplateFile
    labels: Labels
    laws: Laws

    @cached_property
    def viewer(self) -> Viewer:
        """Maker of views."""
        return Viewer(self.labels)

    @cached_property
    def lines(self) -> tuple[LineView, ...]:
        """Every posting in order."""
        return tuple(self.viewer.line(entry) for entry in self.context.audit.lines)

    @cached_property
    def by_id(self) -> Mapping[str, LineView]:
        """Postings by id."""
        return {line.id: line for line in self.lines}

    @cached_property
    def entries(self) -> Mapping[str, AuditedLine]:
        """Audited lines by id."""
        return {entry.line.id: entry for entry in self.context.audit.lines}

    @cached_property
    def terms(self) -> Mapping[str, TermView]:
        """Contract terms by key."""
        return {term.key: self.viewer.term(term) for term in self.context.audit.terms}

    def term(self, key: str) -> TermView | None:
        """Return a term, or None where the contract is silent."""
        return self.terms.get(key)

    @cached_property
    def chosen(self) -> tuple[FindingView, ...]:
        """The findings the document states, numbered."""
        return tuple(self._finding(number, one) for number, one in enumerate(self.context.chosen(), 1))

    @cached_property
    def questions(self) -> tuple[FindingView, ...]:
        """The findings the document asks about, numbered after the stated ones."""
        return tuple(
            self._finding(number, one) for number, one in enumerate(self.context.questions(), len(self.chosen) + 1)
        )

    def _finding(self, number: int, one: Finding) -> FindingView:
        lines = tuple(self.by_id[key] for key in one.lines if key in self.by_id)
        terms = tuple(self.terms[key] for key in one.terms if key in self.terms)
        triage = self.context.triage.get(one.key)
        return self.viewer.finding(number, one, lines, terms, triage.note if triage else "")

    @cached_property
    def groups(self) -> tuple[GroupView, ...]:
        """The stated findings by cause, in the order of their first one."""
        found: dict[str, list[FindingView]] = {}
        for one in self.chosen:
            found.setdefault(one.group or one.code, []).append(one)
        return tuple(self._group(number, tuple(items)) for number, items in enumerate(found.values(), 1))

    @staticmethod
    def _group(number: int, items: tuple[FindingView, ...]) -> GroupView:
        deltas = [one.delta for one in items if one.delta is not None]
        return GroupView(number, items[0].title, items, total(deltas) if deltas else None)

    @cached_property
    def bases(self) -> tuple[BasisView, ...]:
        """The settlements, as stated first."""
        return tuple(self.viewer.basis(one) for one in self.context.audit.bases.values())

    def basis(self, name: str) -> BasisView | None:
        """Return a settlement, or None where the basis does not apply."""
        return next((one for one in self.bases if one.name == name), None)

    @cached_property
    def tests(self) -> tuple[TestView, ...]:
        """The tests of the forced sale."""
        return tuple(self.viewer.test(one) for one in self.context.audit.liquidation.tests)

    @cached_property
    def fills(self) -> tuple[LineView, ...]:
        """The forced sales."""
        return tuple(self.by_id[key] for key in self.context.audit.liquidation.fills if key in self.by_id)

    @cached_property
    def chart(self) -> Picture | None:
        """The margin timeline, None where assets are not known for two days."""
        png = margin_chart(self.context.audit.margin, self.labels)
        return None if png is None else Picture(png, self.labels.name("chart", "caption"))

    @property
    def sale(self) -> SaleTables:
        """Builders of the tables on the sale's worth and its aftermath."""
        return SaleTables(self.labels)

    @property
    def market(self) -> Bound | None:
        """How many fills could not have happened, None where nothing could be tried."""
        found = self.context.audit.liquidation.market
        if not found.priced:
            return None
        zh = f"{found.fills} 笔成交中，{found.bad} 笔在市场上不可能发生；其中有行情可核的 {found.priced} 笔。"
        en = f"{found.bad} of {found.fills} fills could not have happened; {found.priced} had a bar to be held against."
        return Bound(self.labels.pick(zh, en), "market check")

    @cached_property
    def otherwise(self) -> tuple[OtherwiseView, ...]:
        """What the sale would have brought otherwise, where prices tell."""
        return tuple(
            self.viewer.otherwise(number, one)
            for number, one in enumerate(self.context.audit.liquidation.otherwise, 1)
            if one.otherwise is not None
        )

    @cached_property
    def exhibits(self) -> tuple[FileView, ...]:
        """The imported files in the order of the catalogue."""
        return tuple(self.viewer.file(one) for one in self.context.exhibits)

    @cached_property
    def evidence_groups(self) -> tuple[EvidenceGroupView, ...]:
        """The groups of the catalogue that hold a file."""
        names = self.labels.groups["evidence_group"]
        found: dict[str, list[FileView]] = {}
        for one, view in zip(self.context.exhibits, self.exhibits, strict=True):
            found.setdefault(names[one.group.name.lower()], []).append(view)
        return tuple(EvidenceGroupView(title, tuple(files)) for title, files in found.items())

    @cached_property
    def chronology(self) -> tuple[Happening, ...]:
        """What happened when, in order."""
        terms = self.context.audit.terms
        days = {key: day for key in ("signed_on", "term_start", "term_end") if (day := terms.day(key))}
        margin, events = self.context.audit.margin, self.context.events
        return Chronology(self.labels, self.lines, dict(self.terms), days, margin, events).rows()

    @cached_property
    def review(self) -> ReviewTables | None:
        """The tables of the review, None where the case cannot be reviewed."""
        facts = self.context.review()
        return None if facts is None else ReviewTables(facts, self.labels)

    @cached_property
    def pages(self) -> Mapping[int, tuple[int, int]]:
        """First and last stamped page of every item in the evidence book."""
        book = Paper("", "", self.template.lang, "book", (), items=self.context.bound())
        return page_spans(book, self.template.folders)

    @cached_property
    def fields(self) -> Mapping[str, str | Amount | date]:
        """What each field prints; unfilled ones as visible blanks."""
        return {spec.key: field_value(spec, self.context) or Bound(BLANK, "blank") for spec in self.template.fields}

    def of(self, *kinds: str) -> tuple[LineView, ...]:
        """Return the postings of these kinds."""
        return tuple(line for line in self.lines if line.kind in kinds)

    def original(self, line: LineView) -> Picture | Box:
        """Return the picture of a posting as printed, or its original cells where the file has no picture."""
        png = self.context.pictures(line.id)
        if png is not None:
            return Picture(
                png,
                self.labels.pick(
                    f"原件截图（过宽的行分上下两段）：{line.place}",
                    f"Original row (a wide one in two parts): {line.place}",
                ),
            )
        entry = self.entries.get(line.id)
        caption = self.labels.pick(f"原始单元格：{line.place}", f"Original cells: {line.place}")
        return Tables(self.labels).cutout(entry.line.source.text if entry else "", caption)

    def names(self) -> dict[str, object]:
        """Return the names that a template can use."""
        audit, mark = self.context.audit, self.context.audit.fingerprint
        yearly = audit.yearly_cost
        return {
            "w": self.template.words,
            "f": self.fields,
            "title": self.template.title(self.template.lang, self.context.kind),
            "case_name": Bound(audit.case_name, "case"),
            "off_exchange": audit.kind is CaseKind.OFF_EXCHANGE,
            "as_of": audit.as_of,
            "today": self.context.today,
            "term": self.term,
            "terms": tuple(self.terms.values()),
            "method_terms": tuple(term for key, term in self.terms.items() if key in METHOD),
            "lines": self.lines,
            "of": self.of,
            "findings": self.chosen,
            "questions": self.questions,
            "groups": self.groups,
            "bases": self.bases,
            "basis": self.basis,
            "stated": audit.stated,
            "expected": audit.expected,
            "overcharged": Amount(audit.overcharged, "audit overcharged"),
            "liquidation_started": audit.liquidation.started,
            "proceeds": Amount(audit.liquidation.proceeds, "liquidation proceeds"),
            "tests": self.tests,
            "chart": self.chart,
            "otherwise": self.otherwise,
            "damages": self.sale.damages(audit.liquidation.damages),
            "grounds": self.sale.grounds(audit.liquidation.grounds),
            "impossible": self.sale.impossible(
                audit.liquidation.market, {line.id: str(line.place) for line in self.lines}
            ),
            "market": self.market,
            "left": self.sale.left(audit.liquidation.after),
            "holdings": self.sale.holdings(audit.liquidation.after),
            "fills": self.fills,
            "exhibits": self.exhibits,
            "chronology": self.chronology,
            "review": lambda: self.review,
            "evidence_groups": self.evidence_groups,
            "pages": lambda: self.pages,
            "custody_head": Bound(self.context.custody_head, "custody"),
            "gaps": tuple(Bound(self.labels.pick(gap.text_zh, gap.text_en), f"gap {gap.code}") for gap in audit.gaps),
            "yearly_cost": None if yearly is None else Bound(percent(round(yearly, 4)), "audit yearly cost"),
            "engine_version": Bound(mark.engine, "fingerprint"),
            "tables_version": Bound(mark.tables, "fingerprint"),
            "original": self.original,
            "table": Tables(self.labels),
            "cite": self.laws.cite,
            "quote": self.laws.quote,
            "basis_articles": self.template.basis(self.context.kind),
            "warnings": self.labels.groups["warning"],
            "blank": Bound(BLANK, "blank"),
        }
