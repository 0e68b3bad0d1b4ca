"""The terminal interface driven from inside its own process: how long from a key to the painted answer.

A pilot waits for quiet after every key and would measure its own waiting; here a key goes in as the driver sends it and
the clock stops at the first paint after the answer is there.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import DataTable, Input

from tests.bench.crowd import LARGE_NAME
from workbench.services.remember import FOLDER
from workbench.tui.app import WorkbenchApp
from workbench.tui.lazy import LazyBackend
from workbench.tui.panes.ledger import LedgerPane
from workbench.tui.screens.workspace import Workspace
from workbench.tui.widgets.row_table import RowTable
from workbench.wiring import open_desk

SIZE = (140, 42)
ACTIONS = 120
WAIT = 240.0
QUERIES = (
    "茅台",
    "利息 2016",
    "s1.99",
    "平安 卖出",
    "40,000",
    "2019-03-1",
    "五粮液 150.",
    "流水00123",
    "入金",
    "买入 45.5",
)


class Painted:
    """Notes when the app last painted, and sends keys."""

    def __init__(self, app: App[None]) -> None:
        self._app, self._at, display = app, 0.0, app._display

        def noted(screen: Any, renderable: Any) -> None:
            display(screen, renderable)
            self._at = time.perf_counter()

        app._display = noted  # type: ignore[method-assign]

    async def until(self, there: Callable[[], bool]) -> float:
        """Return the moment of the first paint after ``there`` holds."""
        end = time.perf_counter() + WAIT
        while not there():
            await asyncio.sleep(0.001)
            if time.perf_counter() > end:
                raise TimeoutError
        since = time.perf_counter()
        while self._at < since and time.perf_counter() < since + 0.5:  # noqa: ASYNC110  a clock, not a condition
            await asyncio.sleep(0.001)
        return max(self._at, since)

    async def press(self, key: str, there: Callable[[], bool]) -> float:
        """Return the seconds from a key to the paint of its answer."""
        character = key if len(key) == 1 else None
        event = events.Key(key, character)
        event.set_sender(self._app)
        driver = self._app._driver
        if driver is None:
            raise RuntimeError("the app does not run")
        start = time.perf_counter()
        driver.send_message(event)
        return await self.until(there) - start


def high(times: list[float]) -> dict[str, float]:
    """Return median, 95th percentile and worst in seconds."""
    ranked = sorted(times)
    return {"median": ranked[len(ranked) // 2], "p95": ranked[int(len(ranked) * 0.95)], "worst": ranked[-1]}


def forget(home: str) -> None:
    """Begin as a first session does: no case is open, no filter is on."""
    shutil.rmtree(Path(home) / FOLDER, ignore_errors=True)


async def start(home: str) -> dict[str, float]:
    """Measure the time to a usable list of cases, and typing into its search."""
    forget(home)
    began = time.perf_counter()
    app = WorkbenchApp(LazyBackend(lambda: open_desk(Path(home))), "zh")
    painted = Painted(app)
    async with app.run_test(size=SIZE):
        table = app.screen.query_one(RowTable)
        usable = await painted.until(lambda: len(table.rows) > 0) - began
        box = app.screen.query_one("#case-search", Input)
        times: list[float] = []
        for _ in range(ACTIONS // 4):
            await painted.press("slash", lambda: isinstance(app.focused, Input))
            for text in ("案", "案1", "案12"):
                times += [await painted.press(text[-1], lambda wanted=text: box.value == wanted)]  # type: ignore[misc]
            times.append(await painted.press("escape", lambda: not box.value))
        return {"usable": usable, "cases": len(table.rows), **high(times)}


async def ledger(home: str) -> dict[str, float]:
    """Open the large ledger and measure keys while it is recomputed, paging and filtering."""
    forget(home)
    app = WorkbenchApp(LazyBackend(lambda: open_desk(Path(home))), "zh")
    painted = Painted(app)
    async with app.run_test(size=SIZE):
        cases = app.screen.query_one(RowTable)
        await painted.until(lambda: len(cases.rows) > 0)
        cases.go_to_key(LARGE_NAME)
        began = time.perf_counter()
        await painted.press("enter", lambda: isinstance(app.screen, Workspace) and app.screen.view is not None)
        opened = time.perf_counter() - began
        workspace = app.screen
        if not isinstance(workspace, Workspace):
            raise TypeError
        pane = workspace.pane("ledger")
        await painted.press("j", lambda: workspace.tab == "ledger")
        first = await painted.until(lambda: len(pane.table.rows) > 0) - began
        during: list[float] = []
        while workspace.view is not None and workspace.view.audit is None:
            tab = workspace.tab
            during.append(await painted.press("full_stop", lambda was=tab: workspace.tab != was))  # type: ignore[misc]
        whole = time.perf_counter() - began
        await painted.press("j", lambda: workspace.tab == "ledger")
        await painted.until(lambda: len(pane.table.rows) > 1)
        values = {"opened": opened, "first": first, "whole": whole, "rows": float(len(pane.table.rows))}
        values |= {f"during_{key}": value for key, value in high(during or [0.0]).items()}
        values |= {f"page_{key}": value for key, value in high(await _paging(painted, pane.table)).items()}
        if isinstance(pane, LedgerPane):
            values |= {f"filter_{key}": value for key, value in high(await _filtering(app, painted, pane)).items()}
        return values


async def _paging(painted: Painted, table: RowTable) -> list[float]:
    times = []
    for _ in range(ACTIONS):
        before = table.cursor
        times.append(await painted.press("pagedown", lambda at=before: table.cursor != at))  # type: ignore[misc]
    return times


async def _filtering(app: App[None], painted: Painted, pane: LedgerPane) -> list[float]:
    times: list[float] = []
    shown: list[str] = []
    update = pane.update_rows

    def noted() -> None:
        update()
        shown.append(box.value)

    pane.update_rows = noted  # type: ignore[method-assign]
    await painted.press("slash", lambda: isinstance(app.focused, Input))
    box = pane.query_one("#ledger-filter", Input)
    await _typed(painted, box, shown, "预热", [])
    while len(times) < ACTIONS:
        for query in QUERIES:
            await _typed(painted, box, shown, query, times)
    return times


async def _typed(painted: Painted, box: Input, shown: list[str], query: str, times: list[float]) -> None:
    for character in (*query, *["backspace"] * len(query)):
        wanted = box.value[:-1] if character == "backspace" else box.value + character
        shown.clear()
        times.append(await painted.press(character, lambda text=wanted: text in shown))  # type: ignore[misc]


async def plain(rows: int) -> dict[str, float]:
    """Page through the same number of rows in Textual's own DataTable."""

    class Plain(App[None]):
        def compose(self) -> ComposeResult:
            yield DataTable(cursor_type="row")

    app = Plain()
    painted = Painted(app)
    began = time.perf_counter()
    async with app.run_test(size=SIZE):
        table: DataTable[str] = app.query_one(DataTable)
        table.add_columns(*["日期", "事项", "账面", "应为", "差额", "现金余额", "备注"])
        table.add_rows(
            ("2015-01-05", "买入 贵州茅台 100@1688.01", "-168,885.41", "", "", "9,831,114.59", f"流水{number:07d}")
            for number in range(rows)
        )
        await painted.until(lambda: table.virtual_size.height > rows)
        filled = time.perf_counter() - began
        table.focus()
        times = []
        for _ in range(ACTIONS):
            before = table.cursor_row
            times.append(await painted.press("pagedown", lambda at=before: table.cursor_row != at))  # type: ignore[misc]
        return {"filled": filled, **high(times)}
