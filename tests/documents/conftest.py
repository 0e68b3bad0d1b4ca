"""What every test of documents needs: a context of the hand-made case and a folder of templates."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.documents.sample import audit, documents
from workbench.documents.context import DocumentContext, build_context
from workbench.domain.case import CaseKind
from workbench.domain.evidence import catalogue
from workbench.domain.findings import Triage
from workbench.domain.reference import ReferenceTables
from workbench.domain.statutes import Statutes
from workbench.reference.loader import load_tables
from workbench.reference.statutes import load_statutes

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
TODAY = date(2025, 7, 2)
ContextMaker = Callable[..., DocumentContext]


def png(width: int = 40, height: int = 8) -> bytes:
    """Return a small white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture(scope="session")
def statutes() -> Statutes:
    return load_statutes()


@pytest.fixture(scope="session")
def tables() -> ReferenceTables:
    return load_tables()


@pytest.fixture(scope="session")
def make_context(statutes: Statutes) -> ContextMaker:
    def make(
        kind: CaseKind = CaseKind.OFF_EXCHANGE,
        *,
        name: str = "沈知远诉启衡",
        fields: dict[str, str] | None = None,
        triage: dict[str, Triage] | None = None,
        pictures: bool = True,
    ) -> DocumentContext:
        return build_context(
            audit(kind, name),
            statutes=statutes,
            today=TODAY,
            triage=triage,
            exhibits=catalogue(documents(), {}),
            pictures=(lambda _line: png()) if pictures else (lambda _line: None),
            fields=fields,
        )

    return make


@pytest.fixture
def context(make_context: ContextMaker) -> DocumentContext:
    return make_context()


@pytest.fixture
def own_templates(tmp_path: Path) -> Callable[..., tuple[Path, ...]]:
    """Write a template of one's own into a folder that comes before the packaged one."""

    def write(body: str, *, name: str = "mine", facts: str = "") -> tuple[Path, ...]:
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.md.j2").write_text(body, encoding="utf-8")
        (folder / f"{name}.toml").write_text(
            facts or 'style = "report"\n[title]\nzh = "自拟"\nen = "Own"\n', encoding="utf-8"
        )
        return folder, TEMPLATES

    return write


@pytest.fixture(scope="session")
def templates() -> Path:
    return TEMPLATES
