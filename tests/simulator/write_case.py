"""A simulated case as files: contract, statement, prices, notices, truth."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import docx

from tests.simulator.contract import ContractText, Writer
from tests.simulator.layout import Layout
from tests.simulator.messages import CHANNELS
from tests.simulator.model import Posting, SimCase
from tests.simulator.table import body, header, total
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


def _preamble(case: SimCase, layout: Layout, rows: list[Posting]) -> list[list[str]]:
    deal = case.deal
    if not layout.preamble:
        return []
    issuer = deal.platform or deal.financier
    end = rows[-1].date if "LIQ-RESIDUAL" not in {f.code for f in case.findings} else rows[-1].date + timedelta(days=30)
    opening = case.opening if rows[0] is case.postings[0] else rows[0].balance - rows[0].net
    shape = layout.date_shape
    result = [
        [f"{issuer}客户资金对账单"],
        [f"客户姓名:{deal.client}", f"资金账号:{deal.account}", "币种:人民币"],
        [
            f"起止日期:{rows[0].date.strftime(shape)} 至 {end.strftime(shape)}",
            f"期初余额:{opening:,.2f}",
            f"期末余额:{rows[-1].balance:,.2f}",
        ],
    ]
    if layout.format in {"xlsx", "html_xls"}:
        return [["    ".join(row)] for row in result]
    return [*result, []] if layout.format == "csv" else result


def write_statement(
    case: SimCase, layout: Layout, random: Random, folder: Path, name: str = "statement", part: slice | None = None
) -> Path:
    """Write the statement, or one stretch of it."""
    rows = case.postings[part] if part else case.postings
    footer = [total(layout, rows)] if layout.footer else []
    sheet = Sheet(layout, _preamble(case, layout, rows), header(layout), body(random, layout, rows), footer)
    if layout.format.startswith("pdf"):
        path = folder / f"{name}.pdf"
        write_statement_pdf(sheet, path)
        return path
    suffix, write = TABLE_WRITERS[layout.format]
    path = folder / f"{name}.{suffix}"
    write(sheet, path)
    return path


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
