"""A simulated case as files: contract, statement, prices, notices, truth."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import docx

from tests.simulator.contract import ContractText, Writer
from tests.simulator.layout import Layout
from tests.simulator.messages import CHANNELS
from tests.simulator.model import Posting, SimCase
from tests.simulator.table import Row, body, header, total
from tests.simulator.truth import truth_of
from tests.simulator.write_pdf import write_contract_pdf, write_statement_pdf
from tests.simulator.write_tables import TABLE_WRITERS, Sheet

ORDINALS = "一二三四五六七八九十"


def contract_lines(text: ContractText) -> list[str]:
    """Paragraphs of a contract after its title."""
    lines = [*text.head, ""]
    for index, (heading, items) in enumerate(text.articles):
        lines.append(f"第{ORDINALS[index]}条 {heading}")
        if len(items) == 1:
            lines.append(items[0])
        else:
            lines += [f"{index + 1}.{i} {item}" for i, item in enumerate(items, start=1)]
        lines.append("")
    return [*lines, *text.sign]


def write_contract(text: ContractText, folder: Path, fmt: str) -> Path:
    """Write the contract as txt, docx or pdf."""
    path, lines = folder / f"contract.{fmt}", contract_lines(text)
    if fmt == "pdf":
        write_contract_pdf(text, lines, path)
    elif fmt == "docx":
        document = docx.Document()
        document.core_properties.created = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed stamp keeps the file reproducible
        document.add_heading(text.title, 0)
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    else:
        path.write_text("\n".join(["", f"          {text.title}", "", *lines, ""]), encoding="utf-8")
    return path


def _preamble(case: SimCase, layout: Layout, rows: list[Posting], first: date, last: date) -> list[list[str]]:
    if not layout.preamble:
        return []
    deal, shape = case.deal, layout.date_shape
    opening = rows[0].balance - rows[0].net
    result = [
        [f"{deal.platform or deal.financier}客户资金对账单"],
        [f"客户姓名:{deal.client}", f"资金账号:{deal.account}", "币种:人民币"],
        [
            f"起止日期:{first.strftime(shape)} 至 {last.strftime(shape)}",
            f"期初余额:{opening:,.2f}",
            f"期末余额:{rows[-1].balance:,.2f}",
        ],
    ]
    if layout.format in {"xlsx", "html_xls"}:
        return [["    ".join(row)] for row in result]
    return [*result, []] if layout.format == "csv" else result


def _write_part(layout: Layout, preamble: list[list[str]], printed: list[Row], rows: list[Posting], stem: Path) -> None:
    shown = printed[::-1] if layout.newest_first else printed
    sheet = Sheet(layout, preamble, header(layout), shown, [total(layout, rows)] if layout.footer else [])
    if layout.format.startswith("pdf"):
        write_statement_pdf(sheet, stem.with_suffix(".pdf"))
    else:
        suffix, write = TABLE_WRITERS[layout.format]
        write(sheet, stem.with_suffix(f".{suffix}"))


def write_statement(case: SimCase, layout: Layout, random: Random, folder: Path) -> None:
    """Write the statement, as one file or cut into two."""
    rows, printed = case.postings, body(random, layout, case.postings)
    last = rows[-1].date + timedelta(days=30 if "LIQ-RESIDUAL" in {f.code for f in case.findings} else 0)
    if not case.cuts:
        _write_part(layout, _preamble(case, layout, rows, rows[0].date, last), printed, rows, folder / "statement")
        return
    cut = case.cuts[0]
    left, right = slice(0, cut), slice(cut, None)
    if case.overlap:
        right = slice(next(i for i, row in enumerate(rows) if row.date == rows[cut - 1].date), None)
    first_end = rows[cut - 1].date
    first_start = rows[right][0].date if case.overlap else first_end + timedelta(days=1)
    if case.gap:
        first_start = rows[right][0].date
        left = slice(0, cut - case.gap)
        first_end = rows[left][-1].date
    parts = ((left, rows[0].date, first_end, "statement-1"), (right, first_start, last, "statement-2"))
    for part, start, end, name in parts:
        _write_part(layout, _preamble(case, layout, rows[part], start, end), printed[part], rows[part], folder / name)


def write_prices(case: SimCase, folder: Path) -> None:
    """Write the daily bars."""
    bars = sorted(case.bars, key=lambda b: (b.date, b.code))
    lines = ["date,code,open,high,low,close,volume,amount"]
    lines += [f"{b.date},{b.code},{b.open},{b.high},{b.low},{b.close},{b.volume},{b.amount:.2f}" for b in bars]
    (folder / "prices.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_notices(case: SimCase, folder: Path, fmt: str) -> None:
    """Write the complete log of messages as a channel log, a chat text or a chat CSV."""
    deal, sent = case.deal, case.messages
    issuer = deal.platform or deal.financier
    first = case.postings[0].date - timedelta(days=2)
    last = case.postings[-1].date + timedelta(days=3)
    if fmt == "log":
        lines = [
            f"客户通知记录  {issuer}  资金账号 {deal.account}",
            f"记录范围:{first} 至 {last},全部渠道",
            "",
            *(
                f"{m.at:%Y-%m-%d %H:%M} {'电话录音摘要' if m.spoken else CHANNELS[m.channel]} 【{issuer}】{m.text}"
                for m in sent
            ),
        ]
    else:
        lines = [f"聊天记录导出  对话方:{issuer}客服", f"导出范围:{first} 00:00 至 {last} 23:59(全部消息)", ""]
        for m in sent:
            lines += [f"{m.at:%Y-%m-%d %H:%M:%S} {issuer}客服", m.text, ""]
    (folder / "notices.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_truth(case: SimCase, folder: Path) -> None:
    """Write truth.json."""
    (folder / "truth.json").write_text(
        json.dumps(truth_of(case), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def contract_text(case: SimCase, random: Random) -> ContractText:
    """Draw the contract's wording."""
    return Writer(random, case.deal).build()
