"""A layout is drafted, tried, saved and recognised; a table without titles asks for its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.domain.case import DocumentKind
from workbench.errors import ConflictError, UsageError
from workbench.intake.layouts import Layout
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents, preview_import
from workbench.services.map_columns import draft_layout, list_layouts, preview_layout, save_layout

ODD = """甲,乙,丙,丁,戊,己,庚
2025-03-03,入金,,,,100000.00,100000.00
2025-03-04,买入,600000,10000,10.00,-100000.00,0.00
2025-03-10,卖出,600000,10000,9.00,90000.00,90000.00
"""


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.csv"
    path.write_text(ODD, "utf-8")
    return path


def test_a_saved_layout_is_recognised_next_time(desk: Desk, odd: Path) -> None:
    create_case(desk, "案", "off_exchange")
    before = preview_import(desk, "案", [odd]).items[0]
    assert before.kind is DocumentKind.EVIDENCE
    assert "像流水表" in before.summary_zh
    layout = draft_layout(desk, odd).layout("甲平台")
    assert [line.kind.value for line in preview_layout(desk, odd, layout).lines] == ["margin_in", "buy", "sell"]
    save_layout(desk, layout)
    item = import_documents(desk, "案", [odd]).items[0]
    assert (item.kind, item.layout, item.rows, item.issues) == (DocumentKind.STATEMENT, "甲平台", 3, ())


def test_a_table_without_titles_is_read_by_name_only(desk: Desk, tmp_path: Path) -> None:
    create_case(desk, "案", "off_exchange")
    path = tmp_path / "bare.csv"
    path.write_text(ODD.split("\n", 1)[1], "utf-8")
    layout = draft_layout(desk, path).layout("bare")
    assert layout.headless
    save_layout(desk, layout)
    assert preview_import(desk, "案", [path]).items[0].kind is DocumentKind.EVIDENCE
    item = preview_import(desk, "案", [path], profile="bare").items[0]
    assert (item.kind, item.rows) == (DocumentKind.STATEMENT, 3)


def test_names_are_kept_apart(desk: Desk, odd: Path) -> None:
    layout = draft_layout(desk, odd).layout("甲")
    save_layout(desk, layout)
    with pytest.raises(ConflictError):
        save_layout(desk, layout)
    save_layout(desk, layout, replace=True)
    with pytest.raises(ConflictError):
        save_layout(desk, draft_layout(desk, odd).layout("credit-card-bill"), replace=True)
    assert [(one.name, one.shipped) for one in list_layouts(desk)] == [("甲", False), ("credit-card-bill", True)]


@pytest.mark.parametrize("name", ["", "../escape", "a/b", ".hidden", "x" * 80])
def test_a_name_that_is_no_file_name_is_refused(desk: Desk, odd: Path, name: str) -> None:
    with pytest.raises(UsageError):
        save_layout(desk, draft_layout(desk, odd).layout(name))
    assert not desk.layout_dir.exists()


def test_a_layout_without_a_date_or_an_amount_is_refused(desk: Desk) -> None:
    for columns in ({"a": "date"}, {"a": "net"}, {"a": "date", "b": "quantity"}):
        with pytest.raises(UsageError):
            save_layout(desk, Layout("x", "x", columns))
