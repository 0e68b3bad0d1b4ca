"""The automatic checks of the eight steps: pure functions over a case's facts, named in the checklists.

A check that needs an argument takes it after a colon: ``rendered:complaint*|report*``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fnmatch import fnmatchcase
from types import MappingProxyType

from workbench.domain.case import DocumentKind
from workbench.domain.findings import TriageState
from workbench.domain.steps import CheckResult
from workbench.domain.terms import TermStatus
from workbench.services.check_facts import CheckFacts
from workbench.services.plan_checks import (
    assets_costed,
    assets_listed,
    offers_proven,
    plan_reaches_target,
    residual_reviewed,
)

Check = Callable[[CheckFacts, str], CheckResult]
SHOWN = 6
"""How many missing things a sentence names."""


def _yes(text_zh: str, text_en: str) -> CheckResult:
    return CheckResult(passed=True, text_zh=text_zh, text_en=text_en)


def _no(text_zh: str, text_en: str) -> CheckResult:
    return CheckResult(passed=False, text_zh=text_zh, text_en=text_en)


def run_check(name: str, facts: CheckFacts) -> CheckResult:
    """Run one check by the name in the checklist; an unknown name never passes and says so."""
    head, _, argument = name.partition(":")
    check = CHECKS.get(head)
    if check is None:
        return _no(f"没有名为 {head} 的自动检查", f"there is no check named {head}")
    return check(facts, argument)


def _has(kind: DocumentKind, name_zh: str, name_en: str) -> Check:
    def check(facts: CheckFacts, _argument: str) -> CheckResult:
        count = sum(document.kind is kind for document in facts.documents)
        if count:
            return _yes(f"已导入{name_zh} {count} 份", f"{count} {name_en} imported")
        return _no(f"尚未导入{name_zh}", f"no {name_en} imported yet")

    return check


def _statements_cover_term(facts: CheckFacts, _argument: str) -> CheckResult:
    """Every month from the term's start to its end has a day inside some statement.

    Where the principal was repaid the account's end is the last statement's, else the term's end or today.
    """
    spans = facts.coverage.statements
    if not spans:
        return _no("尚未导入流水", "no statement imported yet")
    start = facts.terms.day("term_start") or min(span.start for span in spans)
    last = max(span.end for span in spans)
    repaid = facts.coverage.outstanding is not None and facts.coverage.outstanding <= 0
    end = last if repaid else min(facts.terms.day("term_end") or last, facts.today)
    covered = {month for span in spans for month in _months(span.start, span.end)}
    missing = [month for month in _months(start, max(start, end)) if month not in covered]
    if missing:
        named = "、".join(missing[:SHOWN])
        return _no(f"缺少流水的月份：{named}", f"no statement for {', '.join(missing[:SHOWN])}")
    return _yes(f"{start} 至 {end} 每月均有流水", f"a statement for every month from {start} to {end}")


def _months(start: date, end: date) -> list[str]:
    months = []
    day = start.replace(day=1)
    while day <= end:
        months.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=32)).replace(day=1)
    return months


def _rows_understood(facts: CheckFacts, _argument: str) -> CheckResult:
    cover = facts.coverage
    if not cover.lines:
        return _no("尚未导入流水", "no statement imported yet")
    if cover.unknown or cover.issues:
        return _no(
            f"{cover.issues} 行待核，{cover.unknown} 行类型不明",
            f"{cover.issues} rows open, {cover.unknown} of unknown type",
        )
    return _yes(f"{cover.lines} 行全部可读且勾稽", f"all {cover.lines} rows understood and proven")


def _terms_confirmed(facts: CheckFacts, _argument: str) -> CheckResult:
    terms = list(facts.terms)
    if not terms:
        return _no("尚无合同条款", "no contract terms yet")
    waiting = sum(term.status is TermStatus.EXTRACTED for term in terms)
    if waiting:
        return _no(f"{len(terms)} 项条款中 {waiting} 项待确认", f"{waiting} of {len(terms)} terms to confirm")
    return _yes(f"{len(terms)} 项条款均已确认", f"all {len(terms)} terms confirmed")


def _hashes_verified_today(facts: CheckFacts, _argument: str) -> CheckResult:
    if not facts.documents:
        return _no("证据库为空", "the vault is empty")
    if facts.verified_on != facts.today:
        last = facts.verified_on or "—"
        return _no(f"今日尚未校验（上次：{last}）", f"not verified today (last: {last})")
    if not facts.verified_ok:
        return _no("今日校验未通过", "today's verification failed")
    return _yes("今日校验通过", "verified today")


def _audit_current(facts: CheckFacts, _argument: str) -> CheckResult:
    if facts.run is None:
        return _no("尚未核算", "not audited yet")
    if facts.stale:
        return _no("核算后资料有变，需重新核算", "facts changed since the last audit")
    return _yes(f"已核算，查出问题 {facts.run.findings} 项", f"audited, {facts.run.findings} findings")


def _findings_triaged(facts: CheckFacts, _argument: str) -> CheckResult:
    current = _audit_current(facts, "")
    if facts.run is None or facts.stale:
        return _no(current.text_zh, current.text_en)
    waiting = [key for key in facts.run.keys if _state(facts, key) is TriageState.OPEN]
    if waiting:
        total = len(facts.run.keys)
        return _no(f"{total} 项问题中 {len(waiting)} 项未处理", f"{len(waiting)} of {total} findings not decided")
    return _yes("全部问题均已处理", "every finding decided")


def _state(facts: CheckFacts, key: str) -> TriageState:
    triage = facts.triage.get(key)
    return TriageState.OPEN if triage is None else triage.state


def _letter_has_findings(facts: CheckFacts, _argument: str) -> CheckResult:
    known = set(facts.run.keys) if facts.run else set()
    ticked = sum(triage.in_letter for key, triage in facts.triage.items() if key in known)
    if ticked:
        return _yes(f"已勾选 {ticked} 项问题列入文书", f"{ticked} findings ticked into the letter")
    return _no("尚未勾选列入文书的问题", "no finding ticked into the letter yet")


def _prices_cover_holdings(facts: CheckFacts, _argument: str) -> CheckResult:
    traded, priced = facts.coverage.traded, facts.coverage.priced
    if not facts.coverage.lines:
        return _no("尚未导入流水", "no statement imported yet")
    missing = sorted(
        code
        for code, span in traded.items()
        if code not in priced or priced[code].start > span.start or priced[code].end < span.end
    )
    if missing:
        named = "、".join(missing[:SHOWN])
        return _no(f"行情未覆盖持有期：{named}", f"prices do not cover the holding of {', '.join(missing[:SHOWN])}")
    return _yes(f"行情覆盖 {len(traded)} 只证券的持有期", f"prices cover all {len(traded)} securities")


def _rendered(facts: CheckFacts, argument: str) -> CheckResult:
    patterns = [pattern for pattern in argument.split("|") if pattern] or ["*"]
    done = sorted(name for name in facts.rendered if any(fnmatchcase(name, pattern) for pattern in patterns))
    if done:
        return _yes(f"已生成：{'、'.join(done)}", f"written: {', '.join(done)}")
    return _no("尚未生成该文书", "not written yet")


def _exported(facts: CheckFacts, _argument: str) -> CheckResult:
    if facts.exported:
        return _yes("复算台账已导出", "the ledger was exported")
    return _no("尚未导出复算台账", "the ledger was not exported yet")


def _deadlines_known(facts: CheckFacts, _argument: str) -> CheckResult:
    """Limitation runs from a day that a person named, and no day of one's own has passed."""
    limitation = next((one for one in facts.deadlines if one.kind == "limitation"), None)
    if limitation is None:
        return _no("还没有可以起算期限的日期", "no date is known from which a period runs")
    passed = [one for one in facts.deadlines if one.own and one.due < facts.today]
    if passed:
        return _no(f"已过期限：{passed[0].due} {passed[0].text_zh}", f"passed on {passed[0].due}: {passed[0].text_en}")
    if limitation.assumed:
        return _no(
            f"诉讼时效暂按 {limitation.since} 起算，至 {limitation.due}；请填您知道权利受损的日期",
            f"limitation is assumed to run from {limitation.since} to {limitation.due}; note the day you knew",
        )
    return _yes(f"诉讼时效至 {limitation.due}", f"limitation ends on {limitation.due}")


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "deadlines_known": _deadlines_known,
        "statements_imported": _has(DocumentKind.STATEMENT, "流水", "statements"),
        "contract_imported": _has(DocumentKind.CONTRACT, "合同", "contracts"),
        "prices_imported": _has(DocumentKind.PRICES, "行情", "price files"),
        "notices_imported": _has(DocumentKind.NOTICE, "通知或聊天记录", "notice logs"),
        "evidence_imported": _has(DocumentKind.EVIDENCE, "其他证据", "pieces of evidence"),
        "statements_cover_term": _statements_cover_term,
        "rows_understood": _rows_understood,
        "terms_confirmed": _terms_confirmed,
        "hashes_verified_today": _hashes_verified_today,
        "audit_current": _audit_current,
        "findings_triaged": _findings_triaged,
        "letter_has_findings": _letter_has_findings,
        "prices_cover_holdings": _prices_cover_holdings,
        "rendered": _rendered,
        "exported": _exported,
        "assets_listed": assets_listed,
        "assets_costed": assets_costed,
        "plan_reaches_target": plan_reaches_target,
        "offers_proven": offers_proven,
        "residual_reviewed": residual_reviewed,
    }
)
"""Every check by its name in the checklists."""
