"""What is made of a recognition: rows proven or listed, and never a figure trusted because it was read.

The first tests run on a recording; the last ones recognise for themselves where the extra ``ocr`` is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.intake.statements.ledger import expected
from tests.scans.record import LEDGER, SCANS, recorded, scan
from tests.scans.scanner import saved
from tests.scans.screens import Said, chat
from workbench.domain.lines import Statement
from workbench.errors import OcrNeededError
from workbench.intake.layouts import load_layouts
from workbench.intake.notices import read_notices
from workbench.intake.statements import read_statement
from workbench.readers import ocr
from workbench.readers.scan.seen import Seen
from workbench.readers.tables import read_table

INSTALLED = pytest.mark.skipif(not ocr.available(), reason="the extra `ocr` is not installed")


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, tuple[Seen, ...]]]:
    """Play a recording instead of recognising; what a test puts under ``now`` is what is seen."""
    now: dict[str, tuple[Seen, ...]] = {}

    def recognise(image: Image.Image, name: str, page: int | None = None) -> tuple[Seen, ...]:
        return now["now"]

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "recognise", recognise)
    ocr._remembered.cache_clear()
    yield now
    ocr._remembered.cache_clear()


def read(data: bytes, name: str = "scan.pdf") -> Statement:
    return read_statement(data, name, "0" * 64, load_layouts(None))


def silently_wrong(statement: Statement) -> list[tuple[object, ...]]:
    """Return postings that are not in the ledger and about whose row nothing is asked."""
    asked = {(issue.source.page, issue.source.row) for issue in statement.issues}
    right = expected(LEDGER)
    return [
        (line.date, line.kind.value, line.stated)
        for line in statement.lines
        if (line.date, line.kind.value, line.stated) not in right and (line.source.page, line.source.row) not in asked
    ]


@pytest.mark.parametrize("name", sorted(SCANS))
def test_a_recorded_scan_gives_the_ledger_and_nothing_silently_wrong(
    name: str, played: dict[str, tuple[Seen, ...]]
) -> None:
    played["now"] = recorded(name)
    statement = read(scan(name))
    assert silently_wrong(statement) == []
    same = [line for line in statement.lines if (line.date, line.kind.value, line.stated) in expected(LEDGER)]
    assert len(same) >= len(expected(LEDGER)) * 0.9


def test_every_cell_tells_how_sure_recognition_was(played: dict[str, tuple[Seen, ...]]) -> None:
    played["now"] = recorded("ruled")
    table = read_table(scan("ruled"), "scan.pdf")
    told = [cell.confidence for row in table.rows for cell in row.cells if cell.text]
    assert told
    assert all(one is not None and 0 < one <= 1 for one in told)


def test_a_misread_digit_is_repaired_by_the_balance_or_asked_about(played: dict[str, tuple[Seen, ...]]) -> None:
    seen = recorded("ruled")
    at = next(i for i, one in enumerate(seen) if re.fullmatch(r"-?\d{5,}\.\d\d", one.text))
    wrong = seen[at].text[:-1] + ("7" if seen[at].text[-1] != "7" else "1")
    doubted = Seen(wrong, seen[at].corners, seen[at].spans, tuple(0.5 for _ in seen[at].scores))
    played["now"] = (*seen[:at], doubted, *seen[at + 1 :])
    statement = read(scan("ruled"))
    assert silently_wrong(statement) == []
    assert any(wrong in issue.detail for issue in statement.issues)


def test_a_scan_without_the_extra_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    ocr._remembered.cache_clear()
    with pytest.raises(OcrNeededError) as caught:
        read(scan("ruled"))
    assert "ocr" in caught.value.text("zh")
    assert "evidence" in caught.value.text("en")


@INSTALLED
@pytest.mark.parametrize("name", sorted(SCANS))
def test_recognised_for_real(name: str) -> None:
    ocr._remembered.cache_clear()
    statement = read(scan(name))
    assert silently_wrong(statement) == []
    assert len(statement.lines) >= len(expected(LEDGER)) * 0.9


@INSTALLED
def test_a_screenshot_of_a_chat_becomes_notices(tmp_path: Path) -> None:
    said = [
        Said("time", "2025年3月14日 15:20"),
        Said("left", "您的账户维持担保比例为126.89%,已低于平仓线,请于T+1日10:00前追加保证金50,000.00元"),
        Said("right", "我在凑钱,能不能宽限两天"),
    ]
    log = read_notices(saved(chat("明远客服", said)), "chat.png", "0" * 64)
    assert [notice.from_client for notice in log.notices] == [False, True]
    assert str(log.notices[0].ratio) == "1.2689"
    assert str(log.notices[0].amount) == "50000.00"
