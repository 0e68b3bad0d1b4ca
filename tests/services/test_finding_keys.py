"""Each finding can be decided by itself."""

from __future__ import annotations

from pathlib import Path

from tests.services.conftest import CONTRACT, STATEMENT
from workbench.services.create_case import create_case
from workbench.services.import_documents import import_documents
from workbench.services.run_audit import compute_audit
from workbench.services.triage_findings import list_triage, set_triage
from workbench.wiring import open_desk


def test_each_one_sided_clause_is_decided_by_itself_and_a_second_copy_adds_none(tmp_path: Path) -> None:
    clauses = "第五条 已付利息一律不退。第六条 甲方平仓所造成的一切损失由乙方自行承担，甲方不承担任何责任。\n"
    files = tmp_path / "材料"
    files.mkdir()
    (files / "合同.txt").write_text(CONTRACT + clauses, encoding="utf-8")
    (files / "合同副本.txt").write_text(CONTRACT.replace("\n", "\n\n") + clauses, encoding="utf-8")
    (files / "流水.csv").write_text(STATEMENT, encoding="gb18030")
    desk = open_desk(tmp_path / "home")
    create_case(desk, "张某")
    import_documents(desk, "张某", [files])
    findings = compute_audit(desk, "张某").findings
    keys = [finding.key for finding in findings if finding.code == "CON-CLAUSE"]
    assert len(keys) == 2
    assert len({finding.key for finding in findings}) == len(findings)
    set_triage(desk, "张某", keys[:1], "accepted")
    assert list(list_triage(desk, "张某")) == keys[:1]
    desk.close()
