"""The views of steps 4, 5, 6 and 8 in the workspace: reached from the rail, their parts as tabs of the step."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.widget import Widget

from workbench.tui.panes.base import CasePane
from workbench.tui.panes.liquidity import LiquidityPane
from workbench.tui.panes.negotiation import NegotiationPane
from workbench.tui.panes.residual import ResidualPane
from workbench.tui.panes.retrospect import RetrospectPane
from workbench.tui.panes.step_view import PartShown, StepPane
from workbench.tui.panes.tasks import TasksPane
from workbench.tui.presenters.base import pick
from workbench.tui.state import CaseView
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.tab_strip import Tab
from workbench.tui.work import shell

STEP_PANES: tuple[tuple[str, type[CasePane]], ...] = (
    ("liquidity", LiquidityPane),
    ("negotiation", NegotiationPane),
    ("residual", ResidualPane),
    ("retrospect", RetrospectPane),
)
VIEW_OF_STEP = {4: "liquidity", 5: "negotiation", 6: "residual", 8: "retrospect"}
STEP_NAMES = frozenset(name for name, _ in STEP_PANES)
PART = "part:"
"""Beginning of the names of tabs that are parts of a step's view."""
TASKS = "steps"
"""The tab with the tasks of all steps; last of a step's tabs."""


class StepViews(Widget):
    """What the workspace does with the steps; the screen itself knows its tabs."""

    view: CaseView | None
    tab: str
    main_tab = "today"
    """The tab to go back to from a step's view."""

    def pane(self, name: str | None = None) -> CasePane:
        """Return a pane; the screen knows."""
        raise NotImplementedError

    def action_open_tab(self, name: str) -> None:
        """Bring a tab to the front; the screen knows how."""
        raise NotImplementedError

    def update_frame(self) -> None:
        """Write title, headline and rail; the screen knows how."""
        raise NotImplementedError

    def step_tabs(self) -> tuple[str, Sequence[Tab], str] | None:
        """Return heading, tabs and the front one's name where a step's view is in front, else None."""
        pane, words, view = self.pane(), shell(self).words, self.view
        if not isinstance(pane, StepPane):
            return None
        step = next((one for one in view.steps if one.spec.number == pane.step), None) if view else None
        title = pick(words, step.spec.title_zh, step.spec.title_en) if step else ""
        tabs = [Tab(f"{PART}{part.name}", words(f"{pane.scope}.{part.name}.title"), "") for part in pane.parts]
        tabs.append(Tab(TASKS, words("plans.tasks"), ""))
        return f"{pane.step} {title}", tabs, f"{PART}{pane.part.name}"

    def open_strip(self, name: str) -> None:
        """Open what a tab of the strip stands for."""
        pane = self.pane()
        if name.startswith(PART) and isinstance(pane, StepPane):
            pane.show_part(name.removeprefix(PART))
            pane.focus_main()
        elif name == TASKS and isinstance(pane, StepPane):
            self.show_tasks(pane.step)
        else:
            self.action_open_tab(name)

    def turn_step(self, step: int) -> bool:
        """Go to the next or previous part of a step's view; past its last part come its tasks; False elsewhere."""
        pane = self.pane()
        if not isinstance(pane, StepPane):
            return False
        if not pane.turn_part(step) and step > 0:
            self.show_tasks(pane.step)
        return True

    def action_open_step(self, number: int) -> None:
        """Show a step: its view where it has one, its next part where that is in front already, else its tasks."""
        self.query_one("#rail", RowTable).go_to_key(str(number))
        name = VIEW_OF_STEP.get(number)
        if name is None:
            self.show_tasks(number)
        elif name == self.tab:
            self.turn_step(1)
        else:
            self.action_open_tab(name)

    def show_tasks(self, number: int) -> None:
        """Show the tasks of a step."""
        self.query_one("#rail", RowTable).go_to_key(str(number))
        self.action_open_tab(TASKS)
        pane = self.pane(TASKS)
        if isinstance(pane, TasksPane):
            pane.show_step(number)

    def leave_step(self) -> bool:
        """Go back from a step's view to the tab before it; False where none is in front."""
        if self.tab not in STEP_NAMES:
            return False
        self.action_open_tab(self.main_tab)
        return True

    @on(PartShown)
    def part_shown(self, event: PartShown) -> None:
        """Let the strip follow."""
        event.stop()
        self.update_frame()
