"""A session of many cases: what a case took is let go when it is left."""

from __future__ import annotations

import asyncio
import gc
from weakref import ref

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import until, until_true
from workbench.services.garbage import uncollected
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.home import Home
from workbench.tui.screens.workspace import Workspace

MOST, PAUSE = 12, 0.5
"""Cases opened at most until the first ones are let go, and seconds between two: stopped timers hold them a while."""


async def test_a_case_that_was_left_does_not_stay_in_memory() -> None:
    app = WorkbenchApp(FakeBackend("A"), "en")
    async with app.run_test(size=(120, 40)) as pilot:
        left: list[ref[Workspace]] = []
        while len(left) < 3 or any(screen() for screen in left[:-2]):
            assert len(left) < MOST
            await until(pilot, "A")
            await pilot.press("enter")
            await until(pilot, "owed to client")
            assert isinstance(app.screen, Workspace)
            left.append(ref(app.screen))
            await pilot.press("escape")
            await until_true(pilot, lambda: isinstance(app.screen, Home))
            await asyncio.sleep(PAUSE)


def test_what_is_made_is_not_searched_and_the_search_goes_on_when_the_last_is_done() -> None:
    one, other = uncollected(), uncollected()
    with one:
        other.__enter__()
    assert not gc.isenabled(), "another is still making"
    other.__exit__(None, None, None)
    assert gc.isenabled()
