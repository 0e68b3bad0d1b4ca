"""Read one data file: rows of a table, its description, its hash. Figures become exact, percentages do not occur."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from workbench.domain.money import decimal
from workbench.errors import InputError

DATA = Path(__file__).resolve().parent / "data"
Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What ``sources.toml`` says about one table."""

    name: str
    file: str
    title_zh: str
    title_en: str
    last: date
    """Last dated entry that was checked."""
    valid_to: date | None
    """Last day on which the table may be used; None where nothing limits it."""
    source: str
    notes: tuple[str, ...] = ()


def table_infos() -> dict[str, TableInfo]:
    """Return the description of every packaged table by name."""
    content = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))
    return {
        name: TableInfo(
            name=name,
            file=entry["file"],
            title_zh=entry["title_zh"],
            title_en=entry["title_en"],
            last=entry["last"],
            valid_to=entry.get("valid_to"),
            source=entry["source"],
            notes=tuple(entry.get("notes", ())),
        )
        for name, entry in content.items()
    }


def read_rows(path: Path) -> list[Record]:
    """Return the rows of a table as mappings from column to text.

    Raises:
        InputError: the file cannot be read or a row has another number of cells than the heading.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True, restval=None)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise damaged(path, 0, str(problem)) from problem
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise damaged(path, number, "another number of cells than the heading")
    return [dict(row) for row in rows]


def damaged(path: Path, row: int, why: str) -> InputError:
    """Return the error for a table file that cannot be used."""
    return InputError(
        f"a reference table cannot be read: {why}",
        where=f"{path.name}, row {row}" if row else str(path),
        next_step="Correct the row, or remove the file from the home's reference folder.",
        what_zh=f"参考数据表无法读取：{why}",
        next_step_zh="请更正该行，或从主目录的 reference 文件夹中删除该文件。",
    )


def day(text: str) -> date:
    """Return an ISO date."""
    return date.fromisoformat(text)


def day_or_none(text: str) -> date | None:
    """Return an ISO date, None for an empty cell."""
    return date.fromisoformat(text) if text else None


def figure(text: str) -> Decimal:
    """Return an exact figure."""
    return decimal(text)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
