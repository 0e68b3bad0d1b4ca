"""Channels follow from the facts of a case; whatever does not fit says why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from workbench.documents.template_files import read_toml
from workbench.domain.case import CaseKind
from workbench.domain.deadlines import EventKind
from workbench.errors import RenderError
from workbench.services.channels import CONDITIONS, Channel, list_channels
from workbench.services.create_case import create_case
from workbench.services.deadlines import add_event
from workbench.services.desk import Desk
from workbench.services.edit_terms import set_terms
from workbench.services.import_documents import import_documents
from workbench.services.render_document import list_templates

SAMPLES = Path(__file__).parents[2] / "sample_cases"
TEMPLATES = Path(__file__).parents[2] / "templates"


def by_id(desk: Desk, case: str) -> dict[str, Channel]:
    return {one.id: one for one in list_channels(desk, case)}


@pytest.fixture
def off(desk: Desk) -> str:
    create_case(desk, "场外", CaseKind.OFF_EXCHANGE)
    import_documents(desk, "场外", [SAMPLES / "off-exchange-forced-sale" / "inputs"])
    return "场外"


def test_twelve_386_is_for_licensed_firms_only(desk: Desk, off: str) -> None:
    create_case(desk, "券商", CaseKind.BROKER_MARGIN)
    here, there = by_id(desk, off), by_id(desk, "券商")
    assert (here["hotline"].fits, there["hotline"].fits) == (False, True)
    assert "持牌" in here["hotline"].why_zh
    assert (here["regulator"].fits, there["regulator"].fits) == (True, False)
    assert (here["mediation"].fits, there["mediation"].fits) == (False, True)
    assert any("五十八" in note for note in here["regulator"].notes_zh)
    assert not here["petition"].fits
    assert not there["petition"].fits


def test_an_arbitration_clause_closes_the_court(desk: Desk, off: str) -> None:
    assert by_id(desk, off)["court"].fits
    assert not by_id(desk, off)["arbitration"].fits
    set_terms(desk, off, {"dispute_resolution": "arbitration: 某仲裁委员会"})
    found = by_id(desk, off)
    assert (found["court"].fits, found["arbitration"].fits) == (False, True)


def test_without_contract_or_statement_nothing_is_guessed(desk: Desk) -> None:
    create_case(desk, "空", CaseKind.OFF_EXCHANGE)
    found = by_id(desk, "空")
    assert "不知道" in found["arbitration"].why_zh
    assert "不知道" in found["instalments"].why_zh
    assert found["police"].notes_zh == ()


def test_an_ended_case_is_not_mediated_and_old_limitation_is_said(desk: Desk) -> None:
    create_case(desk, "券商", CaseKind.BROKER_MARGIN)
    add_event(desk, "券商", EventKind.KNEW, date(2019, 1, 4))
    assert any("时效" in note for note in by_id(desk, "券商")["court"].notes_zh)
    add_event(desk, "券商", EventKind.ENDED, date(2026, 1, 5))
    assert not by_id(desk, "券商")["mediation"].fits


def test_the_data_name_known_conditions_statutes_and_templates(desk: Desk) -> None:
    entries = read_toml(TEMPLATES / "channels.toml")["channel"]
    templates = {info.id for info in list_templates(desk)}
    for entry in entries:
        assert set(entry.get("unless", {})) | {note["when"] for note in entry.get("note", [])} <= set(CONDITIONS)
        assert entry.get("template", "complaint") in templates
        for key in entry.get("statutes", []):
            assert desk.statutes().get(key).verified
        assert len(entry.get("kinds", [1, 2])) == 2 or entry["otherwise"]["zh"]


def test_an_unknown_condition_in_a_users_own_file_is_named(desk: Desk, off: str) -> None:
    own = desk.home / "templates"
    own.mkdir(parents=True)
    text = (TEMPLATES / "channels.toml").read_text(encoding="utf-8").replace("no_contract", "no_kontrakt")
    (own / "channels.toml").write_text(text, encoding="utf-8")
    from dataclasses import replace  # noqa: PLC0415

    with pytest.raises(RenderError, match="no_kontrakt"):
        list_channels(replace(desk, template_dirs=(own, *desk.template_dirs)), off)
