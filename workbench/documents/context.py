"""Everything a document may show, as one value; nothing else reaches a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from workbench.documents.amounts import Amount, Bound, Typed, day_text
from workbench.documents.book import BookItem
from workbench.documents.review import ReviewFacts
from workbench.documents.template_files import FieldSpec, TemplateFile
from workbench.domain.audit import Audit
from workbench.domain.deadlines import CaseEvent
from workbench.domain.evidence import Exhibit
from workbench.domain.findings import Finding, Severity, Triage, TriageState, Verdict
from workbench.domain.money import decimal
from workbench.domain.statutes import Statutes
from workbench.domain.terms import SPEC_BY_KEY, TermType
from workbench.errors import RenderError


def no_picture(_line_id: str) -> bytes | None:
    """Stand in where no pictures can be cut."""
    return None


def nothing_bound() -> tuple[BookItem, ...]:
    """Stand in where no evidence book is made."""
    return ()


def no_review() -> None:
    """Stand in where no review is made."""


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """One audit with what a person decided and typed."""

    audit: Audit
    statutes: Statutes
    today: date
    triage: Mapping[str, Triage] = field(default_factory=dict)
    """By finding key."""
    exhibits: tuple[Exhibit, ...] = ()
    pictures: Callable[[str], bytes | None] = no_picture
    """Line id -> PNG of the original row, None where the file has no geometry."""
    bound: Callable[[], tuple[BookItem, ...]] = nothing_bound
    """Reads the files for the evidence book and for the page numbers of its catalogue."""
    review: Callable[[], ReviewFacts | None] = no_review
    """Gathers what the review report shows beyond the audit."""
    events: tuple[CaseEvent, ...] = ()
    """Dated events that the person entered."""
    custody_head: str = ""
    """Digest of the last entry of the custody log; empty where there is none."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the person typed, by field key."""

    @property
    def kind(self) -> str:
        """Kind of the case, as templates name it."""
        return self.audit.kind.value

    def chosen(self) -> tuple[Finding, ...]:
        """Return the findings a letter states: those ticked, or where none is, the established wrongs."""
        ticked = tuple(one for one in self.audit.findings if self._triage(one) and self.triage[one.key].in_letter)
        return ticked or tuple(one for one in self.audit.findings if self._stated_by_default(one))

    def questions(self) -> tuple[Finding, ...]:
        """Return the findings a letter asks about instead of stating them."""
        stated = {one.key for one in self.chosen()}
        return tuple(
            one
            for one in self.audit.findings
            if one.key not in stated
            and one.severity is Severity.QUESTION
            and one.verdict in (Verdict.PROVEN, Verdict.POSSIBLE)
            and not self._settled(one)
        )

    def _triage(self, finding: Finding) -> Triage | None:
        return self.triage.get(finding.key)

    def _settled(self, finding: Finding) -> bool:
        triage = self._triage(finding)
        return triage is not None and triage.state in (TriageState.DISPUTED, TriageState.EXPLAINED)

    def _stated_by_default(self, finding: Finding) -> bool:
        wrong = finding.severity in (Severity.ERROR, Severity.UNLAWFUL) and finding.verdict is Verdict.PROVEN
        return wrong and not self._settled(finding)


def build_context(
    audit: Audit,
    *,
    statutes: Statutes,
    today: date,
    triage: Mapping[str, Triage] | None = None,
    exhibits: tuple[Exhibit, ...] = (),
    pictures: Callable[[str], bytes | None] = no_picture,
    bound: Callable[[], tuple[BookItem, ...]] = nothing_bound,
    review: Callable[[], ReviewFacts | None] = no_review,
    events: tuple[CaseEvent, ...] = (),
    custody_head: str = "",
    fields: Mapping[str, str] | None = None,
) -> DocumentContext:
    """Gather what documents show; entries that are only spaces count as empty."""
    typed = {key: text.strip() for key, text in (fields or {}).items() if text.strip()}
    return DocumentContext(
        audit,
        statutes,
        today,
        dict(triage or {}),
        exhibits,
        pictures,
        bound,
        review,
        events,
        custody_head,
        fields=typed,
    )


def field_value(spec: FieldSpec, context: DocumentContext) -> str | Amount | None:
    """Return what a field prints: the person's entry, what the case knows, the default; None where nothing does.

    Raises:
        RenderError: an amount field that is not a number, or an entry outside the field's choices.
    """
    text = context.fields.get(spec.key)
    if text is not None:
        return _typed(spec, text)
    known = _known(spec.fill, context)
    if known:
        return known
    return Bound(spec.default, f"default of field {spec.key}") if spec.default else None


def missing_fields(template: TemplateFile, context: DocumentContext) -> tuple[FieldSpec, ...]:
    """Return the required fields that would print as blanks."""
    return tuple(spec for spec in template.fields if spec.required and field_value(spec, context) is None)


def _typed(spec: FieldSpec, text: str) -> str | Amount:
    if spec.choices and text not in spec.choices:
        raise _wrong(spec, f"{text!r} is not one of {', '.join(spec.choices)}", f"只能填：{'、'.join(spec.choices)}")
    if spec.kind != "amount":
        return Typed(text, spec.key)
    try:
        return Amount(decimal(normalize("NFKC", text).replace(",", "").removesuffix("元")), f"field {spec.key}")
    except ValueError:
        raise _wrong(spec, f"{text!r} is not an amount in yuan", f"“{text}”不是金额") from None


def _wrong(spec: FieldSpec, what: str, what_zh: str) -> RenderError:
    return RenderError(
        f"the entry for {spec.label_en} cannot be used: {what}",
        where=spec.key,
        next_step=f"Enter it again with --set {spec.key}=...",
        what_zh=f"“{spec.label_zh}”的填写有误：{what_zh}",
        next_step_zh=f"请用 --set {spec.key}=... 重新填写。",
    )


def _known(fill: str, context: DocumentContext) -> str | None:
    group, _, key = fill.partition(":")
    if group == "term":
        if SPEC_BY_KEY[key].type is TermType.DATE:
            day = context.audit.terms.day(key)
            return Bound(day_text(day, "zh"), f"term {key}") if day else None
        text = context.audit.terms.text(key)
        return Bound(text, f"term {key}") if text else None
    if fill == "case:name":
        return Bound(context.audit.case_name, "case name")
    return None
