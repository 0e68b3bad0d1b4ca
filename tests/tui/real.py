"""A real case behind the interface: the packaged sample, imported once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot

from tests.services.conftest import CONTRACT, STATEMENT
from tests.tui.screen_text import shown, until
from workbench.domain.case import CaseKind
from workbench.services.create_case import create_case
from workbench.services.desk import Desk
from workbench.services.import_documents import import_documents
from workbench.tui.app import WorkbenchApp
from workbench.tui.lazy import LazyBackend
from workbench.wiring import open_desk

CASE = "王某案"
SAMPLE = Path(__file__).parents[2] / "sample_cases" / "off-exchange-forced-sale" / "inputs"
OWED = "应退客户 13,256.16"


def make_home(folder: Path) -> Path:
    """Fill a home with the sample case."""
    desk = open_desk(folder)
    create_case(desk, CASE, CaseKind.OFF_EXCHANGE)
    import_documents(desk, CASE, [SAMPLE])
    desk.close()
    return folder


def small_case(folder: Path, name: str) -> Desk:
    """Return a desk on a new home with one case: a contract and a few postings."""
    files = folder / "材料"
    files.mkdir()
    (files / "合同.txt").write_text(CONTRACT, encoding="utf-8")
    (files / "流水.csv").write_text(STATEMENT, encoding="gb18030")
    desk = open_desk(folder / "home")
    create_case(desk, name)
    import_documents(desk, name, [files])
    return desk


def copy_home(home: Path, to: Path) -> Desk:
    """Copy a home and open its desk."""
    shutil.copytree(home, to)
    return open_desk(to)


@asynccontextmanager
async def running(desk: Desk, size: tuple[int, int] = (140, 44)) -> AsyncIterator[Pilot[None]]:
    """Run the interface on a desk."""
    app = WorkbenchApp(LazyBackend(lambda: desk), "zh")
    async with app.run_test(size=size) as pilot:
        await until(pilot, CASE)
        yield pilot
    desk.close()


@asynccontextmanager
async def open_case(desk: Desk, size: tuple[int, int] = (140, 44)) -> AsyncIterator[Pilot[None]]:
    """Run the interface with the case open and computed."""
    async with running(desk, size) as pilot:
        await pilot.press("enter")
        await until(pilot, OWED)
        yield pilot


async def go_to(pilot: Pilot[None], text: str) -> None:
    """Move the cursor to the first row that holds a text."""
    lines = shown(pilot.app).splitlines()
    table = pilot.app.focused
    assert table is not None, "no table has the focus"
    top = table.content_region.y
    target = next(
        number for number, line in enumerate(lines) if number > top and text in line[table.content_region.x :]
    )
    await pilot.press("home", *["down"] * (target - top - 1))


async def preview_demand(pilot: Pilot[None]) -> None:
    """Open the form of the demand letter, type a name into it and look at its preview."""
    await pilot.press("p")
    await until(pilot, "✓ 书面催告")
    await go_to(pilot, "催告函")
    await pilot.press("enter")
    await until(pilot, "预览 ^r")
    pilot.app.screen.post_message(Paste("倪某某\n"))
    await pilot.pause()
    await pilot.press("ctrl+r")
    await until(pilot, "催告函  预览")
