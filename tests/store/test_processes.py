"""Several processes on one database: nothing breaks, nothing is lost, a killed one leaves nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.store.facts import NOW
from workbench.domain.case import CaseKind
from workbench.store.custody_chain import broken_at
from workbench.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 40


def start(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_processes_hammering_lose_nothing(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("共有", CaseKind.OFF_EXCHANGE, NOW)
        unit.commit()
    running = [start("tests.store.hammer", store.url, name, str(ROUNDS)) for name in ("甲", "乙")]
    for process in running:
        assert process.communicate(timeout=120)[1] == b""
        assert process.returncode == 0
    with store.read() as unit:
        shared = unit.cases.key("共有")
        log = unit.custody.all(shared)
        assert sorted(event.detail for event in log) == sorted(f"{n} {r}" for n in ("甲", "乙") for r in range(ROUNDS))
        assert not broken_at(log)
        assert unit.cases.versions(shared) == (2 * ROUNDS, 0)
        assert len(unit.cases.living(archived=False)) == 3
    assert store.integrity() == ""


def test_processes_that_create_the_database_at_once_agree(store: Store) -> None:
    code = (
        "from workbench.store.store import Store\nimport sys\n"
        "with Store(sys.argv[1]).read() as unit:\n    print(len(unit.cases.living(archived=False)))\n"
    )
    command = [sys.executable, "-c", code, store.url]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        assert process.communicate(timeout=120) == (b"0\n", b"")


KILLED = """
import os, sys
from tests.store.facts import NOW, arrival, statement
from workbench.domain.case import CaseKind
from workbench.store.store import Store
with Store(sys.argv[1]).write() as unit:
    unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
    unit.documents.add(unit.cases.key("案"), arrival(statement(months=20000)), NOW)
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_a_process_killed_inside_an_import_leaves_nothing(store: Store) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, store.url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    with store.write() as unit:
        assert unit.cases.living(archived=False) == []
        assert unit.documents.every_hash() == set()
    assert store.integrity() == ""
