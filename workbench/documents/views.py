"""What templates see of an audit: names instead of codes, amounts that are bound, sources in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workbench.documents.amounts import Amount, Bound, amount, day_text
from workbench.documents.labels import Labels
from workbench.domain.audit import AuditedLine, Basis
from workbench.domain.counterfactual import Counterfactual
from workbench.domain.evidence import Exhibit
from workbench.domain.findings import Finding
from workbench.domain.lines import CHARGES
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.money import ZERO, decimal, percent, plain, price_text
from workbench.domain.source import Source
from workbench.domain.terms import RATES, SPEC_BY_KEY, Term, TermType


@dataclass(frozen=True, slots=True)
class TermView:
    """A contract term with its clause."""

    key: str
    label: str
    text: Bound
    """Value with its unit, as a person reads it."""
    amount: Amount | None
    """The value where it is yuan."""
    status: str
    place: Bound
    """File and page; empty where the value stands in no file."""
    quote: Bound
    """The words of the contract; empty where there are none."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A posting of the statement beside what it should have been."""

    id: Bound
    date: date
    kind: str
    kind_label: str
    operation: Bound
    code: Bound
    name: Bound
    quantity: Bound
    price: Bound
    stated: Amount
    expected: Amount | None
    delta: Amount | None
    balance: Amount
    working: Bound
    remark: Bound
    place: Bound
    charge: bool
    """True for charges of the financier."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with everything that shows it."""

    no: int
    """Number in this document, from 1."""
    key: str
    code: str
    title: str
    severity: str
    severity_label: str
    verdict: str
    verdict_label: str
    date: date | None
    text: Bound
    stated: Amount | None
    expected: Amount | None
    delta: Amount | None
    working: Bound
    formula: Bound
    """How the platform got to its figure; empty where unknown."""
    exact: bool
    alternatives: tuple[Bound, ...]
    group: str
    lines: tuple[LineView, ...]
    terms: tuple[TermView, ...]
    note: Bound
    """The person's note; empty where there is none."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """Findings with one cause."""

    no: int
    title: str
    findings: tuple[FindingView, ...]
    delta: Amount | None
    """Sum over the group; None where no finding carries a difference."""

    @property
    def clauses(self) -> tuple[TermView, ...]:
        """The clauses the group rests on, each wording once; one that another contains is left out."""
        quoted = {term.quote: term for one in self.findings for term in one.terms if term.quote}
        return tuple(
            term for text, term in quoted.items() if not any(text in other and text != other for other in quoted)
        )


@dataclass(frozen=True, slots=True)
class BasisView:
    """A settlement under one legal basis."""

    name: str
    label: str
    law: str
    allowed: Amount
    paid: Amount
    settlement: Amount
    difference: Amount
    money_in: Amount
    money_out: Amount
    trading: Amount
    positions: Amount
    working: Bound


@dataclass(frozen=True, slots=True)
class TestView:
    """A test of the forced sale."""

    code: str
    title: str
    verdict: str
    verdict_label: str
    why: Bound


@dataclass(frozen=True, slots=True)
class OtherwiseView:
    """Another course of the forced sale, as an estimate."""

    theory: str
    price: str
    date: date | None
    actual: Amount
    otherwise: Amount
    difference: Amount
    rests_on: Bound
    """The test it rests on, with its verdict."""


@dataclass(frozen=True, slots=True)
class FileView:
    """An imported file as an exhibit."""

    no: int
    """Number in the catalogue of evidence."""
    title: Bound
    file: Bound
    kind: str
    kind_label: str
    sha256: Bound
    summary: Bound
    medium: str
    """Kind of evidence by law."""
    source: Bound
    purpose: Bound
    """What it proves; empty where nobody said and the file's kind does not tell."""
    form: str
    """Original, copy or print of electronic data."""
    copies: int
    acquired: Bound
    """Who obtained it, when, how, and where the original is kept; empty where nobody said."""
    imported: date


@dataclass(frozen=True, slots=True)
class EvidenceGroupView:
    """One group of the catalogue."""

    title: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Makes views in one language."""

    labels: Labels

    def place(self, source: Source | None) -> Bound:
        """Return a source in words: file, page or sheet, row."""
        if source is None:
            return Bound("", "source")
        heads = self.labels.groups["head"]
        spread = source.box is None and source.row is not None
        page = heads["sheet" if spread else "page"].format(page=source.page) if source.page else ""
        row = heads["row"].format(row=source.row) if source.row else ""
        gap = " " if self.labels.lang == "zh" else ", "
        return Bound(gap.join(part for part in (source.file, page, row) if part), "source")

    def term(self, term: Term) -> TermView:
        """Return a contract term."""
        origin = f"term {term.key}"
        value = amount_of(term)
        words = Bound(term.source.text if term.source else "", origin)
        text = Bound(self._term_text(term, value), origin)
        status = self.labels.name("term_status", term.status.value)
        label = self.labels.name("term", term.key)
        return TermView(term.key, label, text, value, status, self.place(term.source), words)

    def _term_text(self, term: Term, value: Amount | None) -> str:
        if value is not None:
            return f"{value.text} 元" if self.labels.lang == "zh" else f"CNY {value.text}"
        if isinstance(term.value, tuple):
            return self.labels.pick("、", ", ").join(self.labels.name("choice", word) for word in term.value)
        text = str(term.value)
        if SPEC_BY_KEY[term.key].type is TermType.DATE:
            return day_text(date.fromisoformat(text), self.labels.lang)
        if term.key == "line_convention":
            return self.labels.name("convention", text)
        if term.key in RATES:
            return _percent(text)
        return self.labels.name("choice", text)

    def line(self, entry: AuditedLine) -> LineView:
        """Return a posting."""
        line, origin = entry.line, f"line {entry.line.id}"
        return LineView(
            id=Bound(line.id, origin),
            date=line.date,
            kind=line.kind.value,
            kind_label=self.labels.name("kind", line.kind.value),
            operation=Bound(line.operation, origin),
            code=Bound(line.code or "", origin),
            name=Bound(line.name or "", origin),
            quantity=Bound("" if line.quantity is None else plain(line.quantity), origin),
            price=Bound("" if line.price is None else price_text(line.price), origin),
            stated=Amount(line.stated, f"{origin} stated"),
            expected=amount(entry.expected, f"{origin} expected"),
            delta=amount(entry.delta, f"{origin} delta"),
            balance=Amount(entry.cash, f"{origin} balance"),
            working=Bound(entry.working, origin),
            remark=Bound(line.remark, origin),
            place=self.place(line.source),
            charge=line.kind in CHARGES,
        )

    def finding(
        self, number: int, one: Finding, lines: tuple[LineView, ...], terms: tuple[TermView, ...], note: str
    ) -> FindingView:
        """Return a finding with its lines and clauses."""
        origin, cause = f"finding {one.key}", one.cause
        return FindingView(
            no=number,
            key=one.key,
            code=one.code,
            title=self.labels.name("finding", one.code),
            severity=one.severity.value,
            severity_label=self.labels.name("severity", one.severity.value),
            verdict=one.verdict.value,
            verdict_label=self.labels.name("verdict", one.verdict.value),
            date=one.date,
            text=Bound(self.labels.pick(one.text_zh, one.text_en), origin),
            stated=amount(one.stated, f"{origin} stated"),
            expected=amount(one.expected, f"{origin} expected"),
            delta=amount(one.delta, f"{origin} delta"),
            working=Bound(one.working, origin),
            formula=Bound(cause.formula if cause else "", origin),
            exact=cause is not None and cause.exact,
            alternatives=tuple(Bound(text, origin) for text in cause.alternatives) if cause else (),
            group=one.group,
            lines=lines,
            terms=terms,
            note=Bound(note, f"note on {one.key}"),
        )

    def basis(self, one: Basis) -> BasisView:
        """Return a legal basis."""

        def bind(part: str) -> Amount:
            return Amount(getattr(one, part), f"basis {one.name} {part}")

        return BasisView(
            name=one.name,
            label=self.labels.name("basis", one.name),
            law=self.labels.name("basis_law", one.name),
            allowed=bind("allowed"),
            paid=bind("paid"),
            settlement=bind("settlement"),
            difference=bind("difference"),
            money_in=bind("money_in"),
            money_out=bind("money_out"),
            trading=bind("trading"),
            positions=bind("positions"),
            working=Bound(one.working, f"basis {one.name}"),
        )

    def test(self, one: LiquidationTest) -> TestView:
        """Return a test of the forced sale."""
        return TestView(
            code=one.code,
            title=self.labels.name("finding", one.code),
            verdict=one.verdict.value,
            verdict_label=self.labels.name("verdict", one.verdict.value),
            why=Bound(self.labels.pick(one.why_zh + one.needs_zh, f"{one.why_en} {one.needs_en}"), f"test {one.code}"),
        )

    def otherwise(self, number: int, one: Counterfactual) -> OtherwiseView:
        """Return another course of the sale whose prices are known."""
        origin = f"estimate {number}"
        verdict = self.labels.name("verdict", one.verdict.value) if one.verdict else ""
        brought, difference = one.otherwise or ZERO, one.difference or ZERO
        return OtherwiseView(
            theory=self.labels.name("theory", one.theory),
            price=self.labels.name("price", one.price),
            date=one.day,
            actual=Amount(one.actual, f"{origin} actual"),
            otherwise=Amount(brought, f"{origin} otherwise"),
            difference=Amount(difference, f"{origin} difference"),
            rests_on=Bound(f"{self.labels.name('finding', one.rests_on)} {verdict}".strip(), origin),
        )

    def file(self, one: Exhibit) -> FileView:
        """Return an item of the catalogue."""
        kind, note = one.document.kind.value, one.note
        groups, origin = self.labels.groups, f"exhibit {one.no}"
        return FileView(
            no=one.no,
            title=Bound(one.title, origin),
            file=Bound(one.document.file, "file"),
            kind=kind,
            kind_label=self.labels.name("document_kind", kind),
            sha256=Bound(one.document.sha256, "file"),
            summary=Bound(self.labels.pick(one.document.summary, one.document.summary_en), "file"),
            medium=groups["medium"][one.medium],
            source=Bound(note.source or groups["evidence_source"].get(kind, ""), origin),
            purpose=Bound(note.purpose or groups["purpose"].get(kind, ""), origin),
            form=groups["evidence_form"][one.form.value],
            copies=note.copies,
            acquired=Bound(self._acquired(one), origin),
            imported=one.document.imported.date(),
        )

    def _acquired(self, one: Exhibit) -> str:
        note = one.note
        day = day_text(note.acquired_on, self.labels.lang) if note.acquired_on else ""
        parts = (("by", note.acquired_by), ("on", day), ("how", note.acquired_how), ("carrier", note.carrier))
        words = self.labels.groups["acquired"]
        return self.labels.pick("；", "; ").join(words[key].format(text) for key, text in parts if text)


def amount_of(term: Term) -> Amount | None:
    """Return a term's value where it is yuan, else None."""
    if term.unit != "yuan" or not isinstance(term.value, str):
        return None
    return Amount(decimal(term.value), f"term {term.key}")


def _percent(text: str) -> str:
    try:
        return percent(decimal(text))
    except ValueError:
        return text
