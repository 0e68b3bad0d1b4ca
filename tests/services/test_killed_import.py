"""An import killed at any moment is either whole or not there, and can simply be repeated."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.services.conftest import STATEMENT
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents
from workbench.services.manage_evidence import verify_evidence
from workbench.services.read_case import list_custody, list_documents

ROOT = Path(__file__).resolve().parents[2]
FILES = 12
IMPORT = """
import sys
from pathlib import Path
from workbench.services.import_documents import import_documents
from workbench.wiring import open_desk
def progress(done, total, label):
    print("reading" if done < total else "writing", flush=True)
    return True
import_documents(open_desk(Path(sys.argv[1])), "张某", [Path(sys.argv[2])], progress=progress)
"""


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.005, 0.01, 0.02, 0.05])
def test_killed_while_writing(desk: Desk, tmp_path: Path, delay: float) -> None:
    create_case(desk, "张某")
    files = tmp_path / "many"
    files.mkdir()
    for number in range(FILES):
        rows = "".join(f"2025-04-11,利息,,,,,-{number + 1}.00,,第{row}期\n" for row in range(200))
        (files / f"{number:02}.csv").write_text(STATEMENT + rows, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(desk.home), str(files)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line == b"writing\n":
            break
    time.sleep(delay)
    process.kill()
    process.communicate(timeout=60)
    assert len(list_documents(desk, "张某")) in (0, FILES)
    assert len(list_custody(desk, "张某")) in (0, FILES)
    assert desk.store.integrity() == ""
    assert not import_documents(desk, "张某", [files]).failed
    assert len(list_documents(desk, "张某")) == FILES
    assert verify_evidence(desk, "张某").ok


STOPPED = """
import os, sys
from pathlib import Path
from workbench.services.import_documents import import_documents
from workbench.store.unit import Unit
from workbench.wiring import open_desk
Unit.commit = lambda unit: os.kill(os.getpid(), 9)  # the vault has every file, the database none
import_documents(open_desk(Path(sys.argv[1])), "张某", [Path(sys.argv[2])])
"""


def test_files_of_a_killed_import_are_no_strangers_but_a_file_slipped_in_is(desk: Desk, tmp_path: Path) -> None:
    create_case(desk, "张某")
    (tmp_path / "流水.csv").write_text(STATEMENT, encoding="utf-8")
    killed = subprocess.run(
        [sys.executable, "-c", STOPPED, str(desk.home), str(tmp_path / "流水.csv")], cwd=ROOT, check=False
    )
    assert killed.returncode == -9
    assert list(desk.vault.names()), "it was killed between vault and database"
    assert verify_evidence(desk, "张某").ok
    assert list(desk.vault.names()) == []
    slipped, _ = desk.vault.put(b"not by an import")
    assert any(slipped in name for name in verify_evidence(desk, "张某").added)
    assert not import_documents(desk, "张某", [tmp_path / "流水.csv"]).failed
    assert any(slipped in name for name in verify_evidence(desk, "张某").added), "an import sweeps nothing else away"
