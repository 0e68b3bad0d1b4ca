"""Messages by class in wordings of their own: kind, figures, day and deadline against a truth fixed beforehand."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from workbench.domain.market import Notice
from workbench.intake.notices import read_notices
from workbench.reference.loader import load_tables

SENT = "2024-02-08 09:05"
MESSAGES = tomllib.loads((Path(__file__).parent / "wordings.toml").read_text(encoding="utf-8"))["message"]
CALENDAR = load_tables().calendar


def read(text: str) -> Notice:
    data = f"{SENT}:00 对方客服\n{text}\n".encode()
    (notice,) = read_notices(data, "n.txt", "0" * 64, CALENDAR).notices
    return notice


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["text"][:24])
def test_wording(message: dict[str, str]) -> None:
    notice = read(message["text"])
    assert notice.kind.value == message["kind"]
    for key in ("ratio", "assets", "amount"):
        wanted = message.get(key)
        assert getattr(notice, key) == (None if wanted is None else Decimal(wanted)), key
    wanted = message.get("deadline")
    assert notice.deadline == (None if wanted is None else datetime.fromisoformat(wanted))
    wanted = message.get("as_of")
    assert notice.as_of == (None if wanted is None else date.fromisoformat(wanted))
    assert notice.text == message["text"]
