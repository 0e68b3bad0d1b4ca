"""Errors about files, each with its way out, in both languages; one constructor per cause."""

from __future__ import annotations

from workbench.errors import OcrNeededError, UnreadableFileError
from workbench.readers.extras import install_command
from workbench.readers.limits import MAX_BYTES, MAX_COLUMNS, MAX_PAGES, MAX_ROWS

_MEGABYTE = 1024 * 1024


def empty(name: str) -> UnreadableFileError:
    """Return the error for a file without content."""
    return UnreadableFileError(
        "The file is empty.",
        where=name,
        next_step="Export or download it again.",
        what_zh="文件是空的。",
        next_step_zh="请重新导出或下载。",
    )


def encrypted(name: str) -> UnreadableFileError:
    """Return the error for a file that asks for a password."""
    return UnreadableFileError(
        "The file is protected by a password.",
        where=name,
        next_step="Open it, remove the password (print to PDF or save a copy) and import the copy.",
        what_zh="文件设有密码，无法读取。",
        next_step_zh="请打开后另存为无密码的副本（或打印为 PDF）再导入。",
    )


def damaged(name: str, detail: str = "") -> UnreadableFileError:
    """Return the error for a file that ends too early or is broken inside."""
    return UnreadableFileError(
        "The file is incomplete or damaged" + (f" ({detail})." if detail else "."),
        where=name,
        next_step="Download or export it again; a partial download often looks like this.",
        what_zh="文件不完整或已损坏。",
        next_step_zh="请重新下载或导出；下载中断的文件常会如此。",
    )


def too_large(name: str, size: int) -> UnreadableFileError:
    """Return the error for a file above the size limit; ``size`` in bytes."""
    return UnreadableFileError(
        f"The file has {size // _MEGABYTE} MB; the limit is {MAX_BYTES // _MEGABYTE} MB.",
        where=name,
        next_step="Split it by date range and import the parts.",
        what_zh=f"文件过大（{size // _MEGABYTE} MB，上限 {MAX_BYTES // _MEGABYTE} MB）。",
        next_step_zh="请按日期区间拆分后分别导入。",
    )


def too_long(name: str) -> UnreadableFileError:
    """Return the error for a file with too many pages, rows or columns."""
    return UnreadableFileError(
        f"The file has more than {MAX_PAGES} pages, {MAX_ROWS} rows or {MAX_COLUMNS} columns.",
        where=name,
        next_step="Split it by date range and import the parts.",
        what_zh=f"文件超过 {MAX_PAGES} 页、{MAX_ROWS} 行或 {MAX_COLUMNS} 列。",
        next_step_zh="请按日期区间拆分后分别导入。",
    )


def wrong_kind(name: str, found: str, wanted_zh: str, wanted_en: str) -> UnreadableFileError:
    """Return the error for a file whose content is of another kind than needed."""
    return UnreadableFileError(
        f"The content is {found}; this needs {wanted_en}.",
        where=name,
        next_step="Import PDF, XLSX, XLS, CSV, TXT, HTML or DOCX files.",
        what_zh=f"文件内容是 {found}，这里需要{wanted_zh}。",
        next_step_zh="可导入 PDF、XLSX、XLS、CSV、TXT、HTML、DOCX 文件。",
    )


def garbled(name: str) -> UnreadableFileError:
    """Return the error for text whose characters were destroyed by a wrong encoding."""
    return UnreadableFileError(
        "The characters are garbled: the file was saved in a wrong encoding.",
        where=name,
        next_step="Get the original export, or save it again as UTF-8 or GB18030 (GBK).",
        what_zh="文字是乱码：文件曾用错误的编码保存。",
        next_step_zh="请使用原始导出文件，或重新保存为 UTF-8 或 GB18030（GBK）编码。",
    )


def ocr_needed(name: str, page: int | None = None) -> OcrNeededError:
    """Return the error for pages that are pictures without text; ``page`` is the first such page."""
    how = install_command("ocr")
    return OcrNeededError(
        "The pages are pictures without text; they need text recognition (OCR).",
        where=name if page is None else f"{name}, page {page}",
        next_step=f"Install the optional part (in the program's folder: {how}), "
        "keep the file as evidence (--as evidence), or ask for the electronic statement.",
        what_zh="页面是图片，没有文字，需要文字识别（OCR）。",
        next_step_zh=f"请安装可选组件（在程序文件夹里运行 {how}），"
        "或把文件留作证据（命令行加 --as evidence），或向对方索取电子版对账单。",
    )
