"""From a folder of papers to letters, through the command line alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from workbench.cli.app import run

SAMPLES = Path(__file__).parents[2] / "sample_cases"
OFF_EXCHANGE = SAMPLES / "off-exchange-forced-sale" / "inputs"
BROKER = SAMPLES / "broker-margin" / "inputs"
CASE = "甲 诉 某平台"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose case holds the off-exchange sample; read once, copied by each test."""
    home = tmp_path_factory.mktemp("imported") / "home"
    for words in (["case", "new", CASE], ["import", CASE, str(OFF_EXCHANGE)]):
        assert run(["--home", str(home), *words], {}, open_tui=lambda _: None) == 0
    return home


@pytest.fixture
def case(imported: Path, tmp_path: Path) -> str:
    """Return the name of a case with the off-exchange sample imported, in the test's own home."""
    shutil.copytree(imported, tmp_path / "home")
    return CASE


def test_a_new_case_is_listed_once(cli: Cli) -> None:
    ended = cli("case", "new", "A", "--kind", "broker_margin")
    assert (ended.code, ended.out) == (0, "")
    assert 'import "A" PATH' in ended.err
    again = cli("case", "new", "A")
    assert again.code == 2
    assert "A" in again.complaint
    listed = json.loads(cli("case", "list", "--json").out)
    assert [(entry["name"], entry["kind"]) for entry in listed["cases"]] == [("A", "broker_margin")]


def test_a_deleted_case_comes_back(cli: Cli) -> None:
    cli("case", "new", "A")
    assert cli("case", "delete", "A").code == 0
    assert cli("case", "show", "A").code == 2
    assert cli("case", "restore", "A").code == 0
    assert cli("case", "show", "A").code == 0
    assert cli("case", "purge", "A").complaint.endswith("Add --yes if you are sure.")


def test_archive_and_rename(cli: Cli) -> None:
    cli("case", "new", "A")
    cli("case", "archive", "A")
    assert json.loads(cli("case", "list", "--json").out)["cases"] == []
    assert json.loads(cli("case", "list", "--archived", "--json").out)["cases"][0]["archived"] is True
    cli("case", "unarchive", "A")
    assert cli("case", "rename", "A", "B").code == 0
    assert cli("case", "show", "B").code == 0


def test_import_says_what_it_understood_and_changes_nothing_twice(cli: Cli) -> None:
    cli("case", "new", CASE)
    dry = cli("import", CASE, OFF_EXCHANGE, "--dry-run")
    assert (dry.code, json.loads(cli("case", "show", CASE, "--json").out)["documents"]) == (0, [])
    first = json.loads(cli("import", CASE, OFF_EXCHANGE, "--json").out)
    kinds = {entry["kind"] for entry in first["files"]}
    assert {"statement", "contract"} <= kinds
    assert {entry["status"] for entry in first["files"]} == {"imported"}
    before = cli("audit", CASE, "--json").out
    again = cli("import", CASE, OFF_EXCHANGE, "--json")
    assert again.code == 0
    assert {entry["status"] for entry in json.loads(again.out)["files"]} == {"already"}
    assert cli("audit", CASE, "--json").out == before


def test_a_bad_file_is_reported_and_the_others_are_kept(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    shutil.copytree(OFF_EXCHANGE, folder)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really")
    cli("case", "new", CASE)
    ended = cli("import", CASE, folder)
    assert ended.code == 2
    assert ended.complaint.startswith("workbench: ")
    assert "broken.pdf" in ended.complaint
    assert "in the case" in ended.complaint
    assert "✗" in ended.out
    assert len(json.loads(cli("case", "show", CASE, "--json").out)["documents"]) == len(list(OFF_EXCHANGE.iterdir()))


def test_terms_are_shown_set_confirmed_and_undone(cli: Cli, case: str) -> None:
    shown = json.loads(cli("terms", case, "--json").out)["terms"]
    by_key = {term["key"]: term for term in shown}
    assert by_key["financing"]["source"]["text"]
    assert cli("terms", case, "set", "late_grace_days=3", "rate=1.2%").code == 0
    changed = {term["key"]: term for term in json.loads(cli("terms", case, "--json").out)["terms"]}
    assert (changed["rate"]["value"], changed["rate"]["status"]) == ("0.012", "edited")
    assert cli("undo", case).code == 0
    undone = {term["key"]: term for term in json.loads(cli("terms", case, "--json").out)["terms"]}
    assert undone["rate"]["value"] == by_key["rate"]["value"]
    assert cli("terms", case, "confirm").code == 0
    refused = cli("terms", case, "set", "rrate=1")
    assert refused.code == 2
    assert "rrate" in refused.complaint
    for line in cli("terms", case).out.splitlines()[2:3]:
        assert line


def test_the_audit_speaks_to_a_person_first(cli: Cli, case: str) -> None:
    for lang, due, warning in (("en", "on each legal basis", "not legal advice"), ("zh", "法律依据", "不是法律意见")):
        ended = cli("audit", case, lang=lang)
        assert ended.code == 0
        assert ended.out.index(case) < ended.out.index(due) < ended.out.index(warning)
        assert " explain " in ended.out


def test_audit_json_is_the_agreed_object(cli: Cli, case: str) -> None:
    audit = json.loads(cli("audit", case, "--json").out)
    keys = {"schema", "case", "terms", "lines", "findings", "totals", "bases", "margin", "liquidation", "gaps"}
    assert keys <= set(audit)
    assert audit["case"]["name"] == case
    assert set(audit["bases"]) == {"as_stated", "as_contracted", "lpr4", "void"}


def test_fail_on_counts_what_is_at_least_as_grave(cli: Cli, case: str) -> None:
    audit = json.loads(cli("audit", case, "--json").out)
    assert any(finding["severity"] == "error" for finding in audit["findings"])
    assert cli("audit", case, "--fail-on", "error").code == 1
    assert cli("audit", case, "--fault-share", "2").code == 2


def test_explain_answers_where_a_figure_comes_from(cli: Cli, case: str, tmp_path: Path) -> None:
    audit = json.loads(cli("audit", case, "--json").out)
    line = next(finding["lines"][0] for finding in audit["findings"] if finding["lines"])
    shown = cli("explain", case, line)
    assert line in shown.out
    assert "Stands in: " in shown.out
    explained = json.loads(cli("explain", case, line, "--json").out)
    assert explained["findings"]
    assert explained["file"]
    picture = tmp_path / "line.png"
    ended = cli("explain", case, line, "--picture", picture)
    assert ended.code in (0, 2)
    assert picture.exists() == (ended.code == 0)
    assert cli("explain", case, "S99.1").code == 2


def test_findings_are_decided_by_key_code_or_line(cli: Cli, case: str) -> None:
    found = json.loads(cli("findings", case, "--json").out)["findings"]
    key, code = found[0]["key"], found[0]["code"]
    assert cli("findings", case, "set", key, "disputed", "--note", "已去函").code == 0
    assert cli("findings", case, "letter", code).code == 0
    after = {entry["key"]: entry for entry in json.loads(cli("findings", case, "--json").out)["findings"]}
    assert (after[key]["state"], after[key]["note"], after[key]["in_letter"]) == ("disputed", "已去函", True)
    assert key in cli("findings", case).out
    assert cli("findings", case, "set", key, "wrong").code == 2
    assert cli("findings", case, "set", "NO-SUCH", "open").code == 2


def test_margin_and_steps(cli: Cli, case: str) -> None:
    margin = json.loads(cli("margin", case, "--json").out)
    assert {"margin", "liquidation"} <= set(margin)
    assert cli("margin", case).code == 0
    assert cli("margin", case, "tag", "S1.1").code == 2
    steps = json.loads(cli("steps", case, "--json").out)["steps"]
    assert [step["number"] for step in steps] == list(range(1, 9))
    task = steps[0]["tasks"][0]["id"]
    assert cli("steps", case, "set", task, "done").code == 0
    assert cli("steps", case, "set", task, "not_applicable").code == 2
    assert "[x]" in cli("steps", case).out


def test_documents_are_written_by_their_ending(cli: Cli, case: str, tmp_path: Path) -> None:
    for ending in ("xlsx", "csv", "json", "beancount"):
        out = tmp_path / f"ledger.{ending}"
        assert cli("export", case, "-o", out).code == 0
        assert out.stat().st_size > 0
    assert cli("export", case, "-o", tmp_path / "ledger.doc").code == 2
    assert cli("export", case, "-o", tmp_path / "none" / "ledger.csv").code == 2
    templates = json.loads(cli("templates", case, "--json").out)["templates"]
    assert templates
    refused = cli("render", case, "no-such-template", "-o", tmp_path / "x.pdf")
    assert refused.code == 2
    assert not (tmp_path / "x.pdf").exists()


def test_evidence_is_verified_against_the_vault(cli: Cli, case: str, tmp_path: Path) -> None:
    screenshot = tmp_path / "聊天.txt"
    screenshot.write_text("客服：今天必须补足", encoding="utf-8")
    assert cli("evidence", case, "add", screenshot).code == 0
    assert cli("evidence", case, "note", "收到原件").code == 0
    assert "收到原件" in cli("evidence", case, "log").out
    assert cli("evidence", case, "verify").code == 0
    stored = next(path for path in (tmp_path / "home" / "vault").rglob("*") if path.is_file())
    stored.chmod(0o600)
    stored.write_bytes(b"changed")
    broken = cli("evidence", case, "verify")
    assert broken.code == 1
    assert "✗" in broken.out


def test_a_broker_case_has_two_bases(cli: Cli) -> None:
    cli("case", "new", "B", "--kind", "broker_margin")
    assert cli("import", "B", BROKER).code == 0
    assert set(json.loads(cli("audit", "B", "--json").out)["bases"]) == {"as_stated", "as_contracted"}
    assert "illegal in mainland China" not in cli("audit", "B").out


def test_demo_may_be_repeated(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    first = cli("demo", "--out", out)
    assert first.code == 0
    written = {path.name for path in out.iterdir()}
    assert {Path(name).suffix for name in written} == {".pdf", ".xlsx", ".zip"}
    assert all(name in first.out for name in written)
    again = cli("demo", "--out", out, lang="zh")
    assert again.code == 0
    assert {path.name for path in out.iterdir()} == written


def test_doctor_and_reference(cli: Cli) -> None:
    assert cli("doctor").code == 0
    assert json.loads(cli("doctor", "--json").out)["ok"] is True
    assert "lpr" in cli("reference").out
    assert cli("reference", "add", "lpr", "2020-01-20", "3%", "3.5%").code == 2
    assert cli("reference", "add", "lpr", "yesterday", "3%", "3.5%").code == 2


def test_a_locked_or_foreign_database_is_one_clear_line(cli: Cli, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "workbench.db").write_bytes(b"this is no database" * 100)
    ended = cli("case", "list")
    assert ended.code == 2
    assert ended.complaint


def test_proposed_commands_can_be_typed_as_they_stand(cli: Cli, tmp_path: Path) -> None:
    ended = cli("case", "new", "A")
    assert f'workbench --home {tmp_path / "home"} import "A" PATH' in ended.err
