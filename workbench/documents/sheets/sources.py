"""Sheet Sources: files with hashes, versions, options, and what could not be checked."""

from __future__ import annotations

from workbench.documents.labels import Labels
from workbench.documents.sheets.cells import Sheet
from workbench.domain.audit import Audit
from workbench.domain.case import Document

HEADS = (
    "序号\nNo.",
    "文件\nFile",
    "种类\nKind",
    "大小（字节）\nBytes",
    "导入时间\nImported",
    "SHA-256",
    "识别结果\nRecognised as",
)
WIDTHS = (8, 34, 12, 14, 20, 66, 60)


def write_sources(sheet: Sheet, audit: Audit, labels: Labels, documents: tuple[Document, ...]) -> None:
    """Write what another machine needs to repeat the result."""
    for column, width in enumerate(WIDTHS):
        sheet.page.set_column(column, column, width)
        sheet.text(0, column, HEADS[column], "head")
    sheet.page.set_row(0, 32)
    sheet.page.freeze_panes(1, 0)
    row = _files(sheet, audit, labels, documents) + 1
    mark, options = audit.fingerprint, audit.options
    facts = (
        ("程序版本 Engine", mark.engine),
        ("数据表版本 Tables", mark.tables),
        ("计算截至 As of", audit.as_of.isoformat() if audit.as_of else "—"),
        ("资金占用费 Occupancy", labels.name("occupancy", options.occupancy)),
        ("过错分担 Fault share", format(options.fault_share, "f")),
        ("起诉日 Filed on", options.filed_on.isoformat() if options.filed_on else "—"),
    )
    sheet.section(row, "版本与选项 Versions and options", len(HEADS))
    for label, text in facts:
        row += 1
        sheet.text(row, 1, label, "label")
        sheet.text(row, 5, text, "hash")
    row += 2
    sheet.section(row, "未能核对 Not checked", len(HEADS))
    for gap in audit.gaps:
        row += 1
        sheet.text(row, 1, gap.code)
        sheet.page.merge_range(row, 2, row, 6, "", sheet.styles["wrap"])
        sheet.text(row, 2, f"{gap.text_zh} {gap.text_en}", "wrap")


def _files(sheet: Sheet, audit: Audit, labels: Labels, documents: tuple[Document, ...]) -> int:
    if not documents:
        for row, (name, sha) in enumerate(audit.fingerprint.inputs, 1):
            sheet.number(row, 0, row, "center")
            sheet.text(row, 1, name)
            sheet.text(row, 5, sha, "hash")
        return len(audit.fingerprint.inputs) + 1
    for row, one in enumerate(documents, 1):
        sheet.number(row, 0, one.number, "center")
        sheet.text(row, 1, one.file)
        sheet.text(row, 2, labels.name("document_kind", one.kind.value), "center")
        sheet.number(row, 3, one.size, "count")
        sheet.text(row, 4, one.imported.strftime("%Y-%m-%d %H:%M"), "center")
        sheet.text(row, 5, one.sha256, "hash")
        sheet.text(row, 6, one.summary, "wrap")
    return len(documents) + 1
