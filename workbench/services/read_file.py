"""One file's bytes become an import item and, where it is good, what the store takes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from workbench.domain.case import DocumentKind
from workbench.domain.lines import LineKind, Statement
from workbench.domain.market import NoticeLog, PriceFile
from workbench.domain.terms import Contract
from workbench.errors import InputError, UnreadableFileError, WorkbenchError
from workbench.readers.extras import install_command
from workbench.services.exact_rows import exact_notices, exact_prices, exact_statement
from workbench.services.find_files import Found
from workbench.services.import_items import ImportItem, ImportStatus
from workbench.store.arrival import Arrival

if TYPE_CHECKING:
    from workbench.domain.reference import TradingCalendar
    from workbench.intake.layouts import Layouts
    from workbench.store.arrival import Content


TABLES = frozenset({"text", "xls", "xlsx", "html"})
"""Formats in which a table of a file kept as evidence is looked for."""
KB = 1024
BOOKS = {
    "bank": ("自己的银行或钱包流水（只用来对账）", "own bank or wallet (only compared with)"),
    "broker": ("券商对账单（只用来对账）", "broker's statement (only compared with)"),
}
"""What a book other than the account's is called, and that its rows do not enter the account."""
PACKED = frozenset({"7z", "rar", "gzip"})
"""Archives that are not opened here; what is inside would stay unread."""


def read_file(
    found: Found,
    layouts: Layouts,
    as_kind: DocumentKind | None,
    profile: str | None,
    calendar: TradingCalendar | None = None,
) -> tuple[ImportItem, Arrival | None]:
    """Read one file; a problem with it becomes the item's error and never stops the others.

    What a person calls evidence is kept as it is, even where it is encrypted or damaged.

    Args:
        found: the file.
        layouts: known layouts of statements.
        as_kind: kind to use instead of detecting it.
        profile: layout to use instead of recognising it.
        calendar: trading days, for deadlines that notices count in them.
    """
    kept_as_is = as_kind is DocumentKind.EVIDENCE and bool(found.data)
    if found.error is not None and not kept_as_is:
        return _failed(found, found.error, None), None
    if as_kind is None and found.format in PACKED:
        return _failed(found, _packed(found), None), None
    kind = as_kind
    try:
        kind = as_kind or _kind(found, layouts, profile)
        content = _read(found, kind, layouts, profile, calendar)
        arrival = _arrival(found, kind, content, layouts)
    except WorkbenchError as problem:
        return _failed(found, problem, kind), None
    except Exception as problem:  # noqa: BLE001  the per-document seam: one odd file must not stop a folder
        return _failed(found, _unexpected(found, problem), kind), None
    return _item(found, arrival), arrival


def _kind(found: Found, layouts: Layouts, profile: str | None) -> DocumentKind:
    """Return a file's kind by content; what a layout of the user fits is a statement, whatever it looks like."""
    from workbench.intake.detect import detect_kind  # noqa: PLC0415  start fast

    kind = detect_kind(found.data, found.name)
    if kind is DocumentKind.STATEMENT or not (profile or any(not layout.shipped for layout in layouts)):
        return kind
    from workbench.intake.mapping import draft_layout, is_mapped  # noqa: PLC0415
    from workbench.readers.tables import read_table  # noqa: PLC0415

    try:
        table = read_table(found.data, found.name)
    except WorkbenchError:
        return kind
    named = profile is not None and kind is DocumentKind.EVIDENCE and draft_layout(table, layouts) is not None
    return DocumentKind.STATEMENT if named or is_mapped(table, layouts) else kind


def _read(
    found: Found, kind: DocumentKind, layouts: Layouts, profile: str | None, calendar: TradingCalendar | None
) -> Content:
    data, name, sha256 = found.data, found.name, found.sha256
    if kind is DocumentKind.STATEMENT:
        from workbench.intake.statements import read_statement  # noqa: PLC0415

        return exact_statement(read_statement(data, name, sha256, layouts, profile))
    if kind is DocumentKind.CONTRACT:
        from workbench.intake.contracts import read_contract  # noqa: PLC0415

        return read_contract(data, name, sha256)
    if kind is DocumentKind.PRICES:
        from workbench.intake.prices import read_prices  # noqa: PLC0415

        return exact_prices(read_prices(data, name, sha256))
    if kind is DocumentKind.NOTICE:
        from workbench.intake.notices import read_notices  # noqa: PLC0415

        return exact_notices(read_notices(data, name, sha256, calendar))
    return None


def _arrival(found: Found, kind: DocumentKind, content: Content, layouts: Layouts) -> Arrival:
    start, end = _span(content)
    rows = _count(content)
    hint = _table_hint(found, layouts) if content is None else ("", "")
    summary_zh, summary_en = _summary(found, content, rows, (start, end), hint)
    return Arrival(
        kind=kind,
        file=found.name,
        sha256=found.sha256,
        size=len(found.data),
        content=content,
        layout=content.layout if isinstance(content, Statement) else "",
        start=start,
        end=end,
        rows=rows,
        summary_zh=summary_zh,
        summary_en=summary_en,
    )


def _item(found: Found, arrival: Arrival) -> ImportItem:
    content = arrival.content
    issues = content.issues if isinstance(content, Statement | PriceFile | NoticeLog) else ()
    return ImportItem(
        path=found.path,
        file=found.name,
        kind=arrival.kind,
        status=ImportStatus.NEW,
        layout=arrival.layout,
        start=arrival.start,
        end=arrival.end,
        rows=arrival.rows,
        understood=arrival.rows - (_open_rows(content)),
        issues=issues,
        summary_zh=arrival.summary_zh,
        summary_en=arrival.summary_en,
        lines=content.lines if isinstance(content, Statement) else (),
        terms=content.terms if isinstance(content, Contract) else None,
        sha256=arrival.sha256,
    )


def _failed(found: Found, problem: WorkbenchError, kind: DocumentKind | None) -> ImportItem:
    known = found.sha256 if found.data else ""
    return ImportItem(found.path, found.name, kind, ImportStatus.FAILED, error=problem, sha256=known)


def _packed(found: Found) -> UnreadableFileError:
    return UnreadableFileError(
        f"this kind of archive ({found.format}) is not opened",
        where=found.path,
        next_step="Unpack it and import the files, or pack them as zip.",
        what_zh=f"不支持此类压缩包（{found.format}）",
        next_step_zh="请先解压后导入文件，或改用 zip 压缩。",
    )


def _unexpected(found: Found, problem: Exception) -> InputError:
    said = f"{type(problem).__name__}: {problem}"
    return UnreadableFileError(
        f"the file could not be read: {said[:200]}",
        where=found.path,
        next_step="Keep it as evidence (--as evidence), and report the file's layout.",
        what_zh=f"文件无法读取：{said[:200]}",
        next_step_zh="可先留作证据（命令行加 --as evidence），并反馈该文件的版式。",
    )


def _span(content: Content) -> tuple[date | None, date | None]:
    """Return first and last day a file speaks of: the printed range where there is one, else its own rows."""
    days: list[date] = []
    if isinstance(content, Statement):
        days = [line.date for line in content.lines]
        days += [day for day in (content.start, content.end) if day is not None]
    elif isinstance(content, PriceFile):
        days = [bar.date for bar in content.bars]
    elif isinstance(content, NoticeLog):
        days = [notice.at.date() for notice in content.notices]
    return (min(days), max(days)) if days else (None, None)


def _count(content: Content) -> int:
    if isinstance(content, Statement):
        return len(content.lines) + len(_lost_rows(content))
    if isinstance(content, Contract):
        return len(content.terms.items)
    if isinstance(content, PriceFile):
        return len(content.bars) + len(content.issues)
    if isinstance(content, NoticeLog):
        return len(content.notices) + sum(issue.reason == "no_date" for issue in content.issues)
    return 0


def _lost_rows(statement: Statement) -> set[tuple[int | None, int | None]]:
    """Return places of rows with an open question that became no posting."""
    kept = {(line.source.page, line.source.row) for line in statement.lines}
    return {(issue.source.page, issue.source.row) for issue in statement.issues} - kept


def _open_rows(content: Content) -> int:
    """Return how many rows have an open question or an unknown type."""
    if isinstance(content, PriceFile):
        return len(content.issues)
    if isinstance(content, NoticeLog):
        return len({(issue.source.page, issue.source.row) for issue in content.issues})
    if not isinstance(content, Statement):
        return 0
    places = {(issue.source.page, issue.source.row) for issue in content.issues}
    unknown = {(line.source.page, line.source.row) for line in content.lines if line.kind is LineKind.UNKNOWN}
    return len(places | unknown)


def _summary(
    found: Found, content: Content, rows: int, span: tuple[date | None, date | None], hint: tuple[str, str]
) -> tuple[str, str]:
    """Say in both languages what a file is; ``hint`` follows for a file kept as evidence."""
    start, end = span
    span_zh = f"，{start} 至 {end}" if start else ""
    span_en = f", {start} to {end}" if start else ""
    waiting = _open_rows(content)
    open_zh, open_en = (f"，{waiting} 行待核", f", {waiting} open") if waiting else ("，全部可读", ", all understood")
    if isinstance(content, Statement):
        whose_zh, whose_en = BOOKS.get(content.book, ("流水", "statement"))
        return f"{whose_zh} {rows} 行{span_zh}{open_zh}", f"{whose_en}, {rows} rows{span_en}{open_en}"
    if isinstance(content, Contract):
        wrong = len(content.contradictions)
        wrong_zh, wrong_en = (f"，{wrong} 处自相矛盾", f", {wrong} contradictions") if wrong else ("", "")
        return f"合同条款 {rows} 项{wrong_zh}", f"contract, {rows} terms{wrong_en}"
    if isinstance(content, PriceFile):
        codes = len({bar.code for bar in content.bars})
        return (
            f"行情 {rows} 条，{codes} 只证券{span_zh}{open_zh}",
            f"prices, {rows} bars of {codes} securities{span_en}{open_en}",
        )
    if isinstance(content, NoticeLog):
        whole_zh, whole_en = ("，记录声明完整", ", stated to be complete") if content.complete else ("", "")
        doubts_zh, doubts_en = (open_zh, open_en) if content.issues else ("", "")
        return (
            f"通知 {rows} 条{span_zh}{whole_zh}{doubts_zh}",
            f"notices, {rows} messages{span_en}{whole_en}{doubts_en}",
        )
    unread_zh, unread_en = _unread_picture(found)
    size = f"{len(found.data):,} B" if len(found.data) < KB else f"{len(found.data) / KB:,.0f} KB"
    return f"证据文件，{size}{unread_zh}{hint[0]}", f"evidence, {size}{unread_en}{hint[1]}"


def _table_hint(found: Found, layouts: Layouts) -> tuple[str, str]:
    """Say where a file kept as evidence holds a table with days and figures that a person could map."""
    from workbench.intake.mapping import draft_layout  # noqa: PLC0415  start fast
    from workbench.readers.sniff import sniff  # noqa: PLC0415
    from workbench.readers.tables import read_table  # noqa: PLC0415

    try:
        if sniff(found.data, found.name) not in TABLES:
            return "", ""
        table = read_table(found.data, found.name)
    except WorkbenchError:
        return "", ""
    if draft_layout(table, layouts) is None:
        return "", ""
    return "；像流水表但列名不识别，可指定各列含义", "; looks like a statement with unknown titles: map its columns"


def _unread_picture(found: Found) -> tuple[str, str]:
    """Say where a picture's text was not looked at because recognition is not installed."""
    from workbench.intake.detect import PICTURES  # noqa: PLC0415  start fast
    from workbench.readers.ocr import available  # noqa: PLC0415

    if found.format not in PICTURES or available():
        return "", ""
    how = install_command("ocr")
    return (
        f"，图片文字未识别（需要 ocr 扩展，在程序文件夹里运行 {how}）",
        f", text not recognised (needs the ocr extra; in the program's folder: {how})",
    )
