"""A statement file becomes proven lines, whatever its format, columns, signs and order.

The steps: rows -> sections (:mod:`ledger.sections`) -> postings -> sign convention and order by arithmetic
(:mod:`ledger.signs`) -> fees (:mod:`ledger.fees`) -> kinds (:mod:`ledger.kinds`) -> proof (:mod:`ledger.proof`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.lines import TRADES, Line, LineKind, RowIssue, Statement
from workbench.domain.money import ZERO
from workbench.errors import InputError, LayoutUnknownError
from workbench.intake.layouts import Layout, Layouts
from workbench.intake.ledger.build import Place, derived_effect, line_of, numbered, question_issue
from workbench.intake.ledger.fees import FeeReading, Trade, choose_fees, gross_of
from workbench.intake.ledger.heading import Heading, read_heading_rows
from workbench.intake.ledger.kinds import Meaning, is_repo, looks_like_bank, meaning_of
from workbench.intake.ledger.markers import merge_markers
from workbench.intake.ledger.postings import Posting, read_posting
from workbench.intake.ledger.proof import prove
from workbench.intake.ledger.sections import Section, Sorted, impossible_date, sort_rows
from workbench.intake.ledger.signs import Reading, choose_reading, effects_of
from workbench.intake.ledger.totals import check_totals
from workbench.intake.ledger.twins import without_twins
from workbench.intake.recognition.repair import repaired
from workbench.intake.recognition.report import fix_issues, judged, sheet_of
from workbench.intake.recognition.words import with_known_words
from workbench.intake.values import BadDateError
from workbench.intake.vocabulary import Operations, with_operations
from workbench.readers.model import Row, TableDocument
from workbench.readers.tables import read_table

_CENTS = re.compile(r"[-−+(]?[\d,]*\.\d{2,}\)?")


@dataclass(slots=True)
class SectionLines:
    """One table understood."""

    section: Section
    lines: list[Line]
    reading: Reading
    fees_printed: bool
    bank: bool
    issues: list[RowIssue] = field(default_factory=list)


def read_statement(data: bytes, name: str, sha256: str, layouts: Layouts, profile: str | None = None) -> Statement:
    """Return a statement with every row proven or listed.

    Args:
        data: the file's bytes.
        name: the file's name, for sources and errors.
        sha256: hash of the bytes, for sources.
        layouts: known layouts and vocabularies.
        profile: name of the layout to use instead of recognising one.

    Raises:
        UnreadableFileError: the file cannot be read.
        OcrNeededError: the file is a picture.
        LayoutUnknownError: no table with dates and amounts was understood.
        InputError: a date that does not exist, or no single posting.
        NotFoundError: no layout has the profile's name.
    """
    chosen = layouts.get(profile) if profile else None
    table = read_table(data, name)
    place = Place(sha256, name)
    words = with_operations(layouts.operations, chosen.operations if chosen else {})
    table, reworded = with_known_words(table, layouts, words)
    found = sort_rows(table, layouts, words, chosen)
    if not found.sections:
        raise _unknown_layout(table, name)
    _refuse_impossible_dates(found, name)
    heading = read_heading_rows(found.outside)
    parts = without_twins([_section_lines(section, words, heading, place) for section in found.sections])
    parts[0].issues.extend(fix_issues(reworded, place))
    return _statement(table, found, heading, parts, place)


def _section_lines(section: Section, words: Operations, heading: Heading, place: Place) -> SectionLines:
    layout = section.columns.layout
    words = with_operations(words, layout.operations) if layout else words
    section, fixes = repaired(section, words, layout.amounts if layout else "auto")
    issues: list[RowIssue] = list(fix_issues(fixes, place))
    postings = list(_postings(section, place, issues))
    read = [posting for posting in postings if posting is not None]
    reading = choose_reading(read, section.columns, words, layout.amounts if layout else "auto")
    effects, _ = effects_of(read, reading, words)
    fees = _fees(read, effects, section, words)
    if not section.columns.has_cash:
        effects = [derived_effect(_way(posting, words), posting, section.columns, fees) for posting in read]
    quantity, sized = section.columns.first("quantity"), section.columns.is_sized
    meanings = [
        meaning_of(p, e, p.number(quantity), gross_of(p, section.columns), words, sized=sized)
        for p, e in zip(read, effects, strict=True)
    ]
    bank = _is_bank(section, layout, meanings, heading)
    if bank:
        meanings = [_bank_meaning(effect) for effect in effects]
    lines = []
    for posting, effect, meaning in zip(read, effects, meanings, strict=True):
        line = line_of(posting, effect, meaning, section.columns, reading, fees, place)
        lines.append(line)
        raw = posting.number(reading.cash[0]) if len(reading.cash) == 1 else None
        question = question_issue(posting, meaning, effect, line.source, raw)
        if effect is None and not meaning.question:
            question = RowIssue(line.source, "no_amount", posting.operation)
        issues.extend([question] if question else [])
    issues.extend(_cut_off(read, reading, place))
    by_row = iter(effects)
    in_place = [next(by_row) if posting is not None else None for posting in postings]
    issues.extend(check_totals(section, postings, in_place, reading, place.of))
    lines = merge_markers(lines, postings, section, reading, place)
    if reading.newest_first:
        lines.reverse()
    return SectionLines(section, lines, reading, bool(section.columns.fees), bank, issues)


def _postings(section: Section, place: Place, issues: list[RowIssue]) -> Iterator[Posting | None]:
    """Yield every row's cells as values; a row that cannot be read is listed and leaves a gap."""
    unread: list[tuple[Row, Posting]] = []
    for index, row in enumerate(section.rows):
        try:
            posting = read_posting(row, section.columns, filled=index in section.filled)
        except BadDateError:
            issues.append(RowIssue(place.of(row), "bad_date", " | ".join(text for text in row.texts if text)))
            yield None
            continue
        unread.append((row, posting))
        yield posting
    issues.extend(_unread_cells(unread, place))
    if not section.columns.has_cash:
        issues.extend(_unknown_figures(section, place))


def _unknown_figures(section: Section, place: Place) -> Iterator[RowIssue]:
    """Yield the columns of amounts that nobody knows, where the cash moved is only derived: they may say otherwise."""
    for index in section.columns.unnamed:
        cells = [(row, row.cells[index].text) for row in section.rows]
        figures = [(row, text) for row, text in cells if _CENTS.fullmatch(text)]
        if len(figures) * 2 >= len(cells) > 0:
            yield RowIssue(
                place.of(figures[0][0]), "unreadable_column", f"{section.columns.titles[index]}: {figures[0][1]}"
            )


def _cut_off(postings: Sequence[Posting], reading: Reading, place: Place) -> Iterator[RowIssue]:
    """Yield the last row where it alone lacks the balance: the file may end in the middle of it."""
    printed = sum(reading.balance in posting.numbers for posting in postings)
    last = postings[-1] if postings else None
    if (
        last
        and reading.balance is not None
        and reading.balance not in last.numbers
        and printed == len(postings) - 1 > 1
    ):
        yield RowIssue(place.of(last.row), "not_understood", " | ".join(filter(None, last.row.texts)))


def _unread_cells(rows: Sequence[tuple[Row, Posting]], place: Place) -> Iterator[RowIssue]:
    """Yield the cells that should hold a number and do not; a masked column is named once."""
    times = Counter(title for _, posting in rows for title, _ in posting.unread)
    masked = {title for title, count in times.items() if count > 1 and count * 2 > len(rows)}
    named: set[str] = set()
    for row, posting in rows:
        for title, text in posting.unread:
            if title not in masked:
                yield RowIssue(place.of(row), "bad_number", f"{title}: {text}")
            elif title not in named:
                named.add(title)
                yield RowIssue(place.of(row), "unreadable_column", f"{title}: {text}")


def _fees(
    postings: Sequence[Posting], effects: Sequence[Decimal | None], section: Section, words: Operations
) -> FeeReading:
    trades = []
    for posting, effect in zip(postings, effects, strict=True):
        gross = gross_of(posting, section.columns)
        if gross and effect and posting.number(section.columns.first("quantity")) and not is_repo(posting, words):
            trades.append(Trade(posting, gross, effect))
    return choose_fees(trades, section.columns)


def _way(posting: Posting, words: Operations) -> int:
    rule = words.find(posting.operation) or words.find_exact(posting.remark)
    return rule.direction if rule and rule.kind in TRADES else 0


def _is_bank(section: Section, layout: Layout | None, meanings: Sequence[Meaning], heading: Heading) -> bool:
    if layout and layout.book:
        return layout.book == "bank"
    columns = section.columns
    trading = bool(columns.all("quantity") or columns.all("price") or columns.all("gross") or columns.all("code"))
    counterparty = bool(columns.all("counterparty") or columns.all("counter_account"))
    return looks_like_bank(trading, counterparty, [one.kind for one in meanings], heading.title)


def _bank_meaning(effect: Decimal | None) -> Meaning:
    if effect is None:
        return Meaning(LineKind.UNKNOWN, "unknown_sign")
    if effect == ZERO:
        return Meaning(LineKind.ADJUSTMENT)
    return Meaning(LineKind.TRANSFER_IN if effect > ZERO else LineKind.TRANSFER_OUT)


def _statement(
    table: TableDocument, found: Sorted, heading: Heading, parts: Sequence[SectionLines], place: Place
) -> Statement:
    lines = [line for part in parts for line in part.lines]
    if not lines:
        raise InputError(
            "The table has no posting that can be read.",
            where=place.file,
            next_step="Check that it holds the period you need, or map its columns: `workbench layouts draft FILE`.",
            what_zh="表格中没有可读的流水。",
            next_step_zh="请确认文件包含所需期间，或指定各列含义：workbench layouts draft 文件。",
        )
    main = max(parts, key=lambda part: len(part.lines))
    chained = main.reading.balance is not None and main.reading.heads == 1
    issues = [issue for part in parts for issue in part.issues]
    issues += [RowIssue(place.of(row), reason, " | ".join(filter(None, row.texts))) for row, reason in found.unclear]
    proven = prove(lines, heading.opening, fees_known=main.fees_printed, chained=chained)
    issues += proven.issues
    issues += _whole_file(table, heading, proven.lines, chained, main, place)
    lines_read, doubts = judged(proven.lines, sheet_of([part.section for part in parts]), issues)
    issues += doubts
    layout = main.section.columns.layout
    return Statement(
        place.sha256,
        place.file,
        layout.name if layout else "headers",
        numbered(lines_read),
        tuple(sorted(issues, key=lambda one: (one.source.page or 0, one.source.row or 0))),
        heading.title,
        heading.holder,
        heading.account,
        heading.start,
        heading.end,
        heading.opening,
        heading.closing,
        heading.count,
        has_balance=chained,
        book="bank" if main.bank else "account",
    )


def _whole_file(
    table: TableDocument,
    heading: Heading,
    lines: Sequence[Line],
    chained: bool,
    main: SectionLines,
    place: Place,
) -> Iterator[RowIssue]:
    """Yield what is wrong with the file as a whole: count, closing balance, no balance to check against."""
    first = place.of(table.rows[0])
    postings = [line for line in lines if line.kind not in (LineKind.OPENING, LineKind.CLOSING)]
    if heading.count is not None and heading.count != len(postings):
        difference = Decimal(heading.count - len(postings))
        yield RowIssue(first, "count_mismatch", f"{heading.count} ≠ {len(postings)}", difference)
    if not chained:
        why = "balance_unrelated" if main.section.columns.all("balance") else "no_balance"
        yield RowIssue(first, why, "")
    last = next((line.balance for line in reversed(lines) if line.balance is not None), None)
    if chained and heading.closing is not None and last is not None and heading.closing != last:
        yield RowIssue(first, "closing_mismatch", f"{heading.closing} ≠ {last}", heading.closing - last)


def _refuse_impossible_dates(found: Sorted, name: str) -> None:
    for section in found.sections:
        for row in section.rows:
            if any(cell.confidence is not None for cell in row.cells):
                continue  # a misread date is listed; the rest of the page is not refused
            text = impossible_date(row, section.columns)
            if text:
                raise _impossible_date(row, text, name)


def _impossible_date(row: Row, text: str, name: str) -> InputError:
    where = name + (f", page {row.page}" if row.page else "") + f", row {row.row}"
    return InputError(
        f"The date {text!r} does not exist.",
        where=where,
        next_step="Compare the row with the original; ask the platform for a correct statement.",
        what_zh=f"日期“{text}”不存在。",
        next_step_zh="请与原件核对该行，并要求对方提供正确的对账单。",
    )


def _unknown_layout(table: TableDocument, name: str) -> LayoutUnknownError:
    widest = max(table.rows, key=lambda row: sum(bool(text) for text in row.texts), default=None)
    shown = " | ".join(filter(None, widest.texts))[:120] if widest else ""
    return LayoutUnknownError(
        f"No table with dates and amounts was recognised; the widest row is: {shown}",
        where=name,
        next_step="Map its columns (key m in the import, or `workbench layouts draft FILE`); is it a statement?",
        what_zh=f"没有识别出含日期和金额的表格；最宽的一行是：{shown}",
        next_step_zh="请指定各列含义（导入界面按 m，或 workbench layouts draft 文件），或确认这是对账单。",
    )
