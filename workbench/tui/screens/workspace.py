"""One case: steps at the left, tabs in the middle, the origin of the selected figure at the right."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import ContentSwitcher

from workbench.tui.actions import bindings, find
from workbench.tui.garbage import sweep
from workbench.tui.memory import PLACE, Place
from workbench.tui.panes.base import CasePane, DetailChanged, ExplainWanted, GoTo, SaveWanted
from workbench.tui.panes.deadlines import DeadlinesPane
from workbench.tui.panes.documents import DocumentsPane
from workbench.tui.panes.evidence import EvidencePane
from workbench.tui.panes.figures import BasesPane, MarginPane, MatchingPane
from workbench.tui.panes.findings import FindingsPane
from workbench.tui.panes.ledger import LedgerPane
from workbench.tui.panes.letter_pane import Written
from workbench.tui.panes.liquidation import LiquidationPane
from workbench.tui.panes.tasks import TasksPane, TodayPane
from workbench.tui.panes.terms import TermsPane
from workbench.tui.presenters.base import Detail
from workbench.tui.presenters.bases import headline
from workbench.tui.presenters.cases import case_title
from workbench.tui.presenters.steps import RAIL_MIDDLE, RAIL_NARROW, RAIL_WIDE, rail_rows
from workbench.tui.screens.case_loader import CaseLoader, CaseShown
from workbench.tui.screens.import_files import ImportFiles
from workbench.tui.screens.originals import Originals
from workbench.tui.screens.step_views import STEP_NAMES, STEP_PANES, StepViews
from workbench.tui.widgets.detail_pane import DetailPane
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.tab_strip import Tab, TabStrip
from workbench.tui.widgets.title_bar import TitleBar
from workbench.tui.work import shell

TABS: tuple[tuple[str, type[CasePane]], ...] = (
    ("today", TodayPane),
    ("ledger", LedgerPane),
    ("findings", FindingsPane),
    ("terms", TermsPane),
    ("matching", MatchingPane),
    ("bases", BasesPane),
    ("margin", MarginPane),
    ("liquidation", LiquidationPane),
    ("documents", DocumentsPane),
    ("evidence", EvidencePane),
    ("deadlines", DeadlinesPane),
    ("steps", TasksPane),
    *STEP_PANES,
)
NARROW = 100
"""Below this width the detail hides and the rail shows numbers only."""
ROOMY = 140
"""From this width on the rail shows progress too."""
DETAIL_DELAY = 0.06
"""Seconds the cursor rests before its detail is shown, so that holding a key down stays light."""


class Workspace(StepViews, Originals, CaseLoader, Screen[None]):
    """The case's screen; steps, loading and originals are in its bases."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("workspace")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-normal"), (ROOMY, "-wide")]  # noqa: RUF012  # Textual's own
    scope = "workspace"
    tab = reactive("today", init=False)

    def __init__(self, case: str, place: Place | None = None) -> None:
        super().__init__()
        self.case = case
        self._waiting: Timer | None = None
        self._place = place if place is not None and place.case == case else Place(case)

    def compose(self) -> ComposeResult:
        """Lay out title, rail, tabs, detail and keys."""
        yield TitleBar()
        yield TabStrip()
        with Horizontal(id="case"):
            yield RowTable(RAIL_WIDE, id="rail", header=False)
            with ContentSwitcher(id="tabs", initial="pane-today"):
                for name, pane in TABS:
                    yield pane(id=f"pane-{name}")
            yield DetailPane(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        """Write titles, start loading, and follow changes made elsewhere."""
        self.call_after_refresh(sweep)
        self.retext()
        for name, row in self._place.rows.items():
            for pane in self.query(f"#pane-{name}").results(CasePane):
                pane.want_row(row)
        if self._place.tab in dict(TABS):
            self.tab = self._place.tab
        self.pane().focus_main()
        self._remember()
        for draft in shell(self).memory.drafts(self.case):
            self.notify(shell(self).words("form.waiting", title=draft.title), timeout=10, markup=False)
        self.start_loading()

    def _remember(self, row: str = "") -> None:
        """Remember tab and row, so that the next session begins where this one ended."""
        rows = {**self._place.rows, self.tab: row} if row else self._place.rows
        self._place = Place(self.case, self.tab, rows)
        shell(self).memory.note(PLACE, self._place.to_values())

    def pane(self, name: str | None = None) -> CasePane:
        """Return a pane by name, or the one in front."""
        return self.query_one(f"#pane-{name or self.tab}", CasePane)

    def retext(self) -> None:
        """Write everything again in the language in use."""
        for pane in self.query(CasePane):
            if pane.is_mounted:
                pane.retext()
        self.update_frame()

    def update_frame(self) -> None:
        """Write title, headline and rail."""
        words, view = shell(self).words, self.view
        place = case_title(self.case, words, sealed=view is not None and view.sealed)
        self.query_one(TitleBar).show(place, headline(view.audit if view else None, words))
        keys = {name: find(f"workspace.tab_{name}") for name, _ in TABS if name not in STEP_NAMES}
        tabs = [
            Tab(name, words(f"tab.{name}"), shell(self).keymap.label(action) if action else "")
            for name, action in keys.items()
        ]
        heading, shown, front = self.step_tabs() or ("", tabs, self.tab)
        self.query_one(TabStrip).show(shown, front, heading)
        rail = self.query_one("#rail", RowTable)
        width = "narrow" if self.size.width < NARROW else "middle" if self.size.width < ROOMY else "wide"
        rail.set_columns({"narrow": RAIL_NARROW, "middle": RAIL_MIDDLE, "wide": RAIL_WIDE}[width])
        if view is not None:
            rail.show(rail_rows(view.steps, view.today, words, width=width))

    def on_resize(self, event: events.Resize) -> None:
        """Follow the width: rail, tab labels, picture."""
        if self.is_mounted and event.size.width:
            self.call_after_refresh(self.retext)

    @on(CaseShown)
    def case_shown(self) -> None:
        """Hand the loaded view to every pane."""
        if self.view is None:
            return
        for pane in self.query(CasePane):
            pane.show_case(self.view)
        self.update_frame()

    @on(SaveWanted)
    def save_wanted(self, event: SaveWanted) -> None:
        """Write a pane's change."""
        event.stop()
        self.save(event.job)

    @on(DetailChanged)
    def detail_changed(self, event: DetailChanged) -> None:
        """Show the front pane's detail once the cursor rests."""
        event.stop()
        if event.pane is not self.pane():
            return
        if self._waiting is not None:
            self._waiting.stop()
        detail = event.detail
        if (row := event.pane.table.row) is not None:
            self._remember(row.key)
        self._waiting = self.set_timer(DETAIL_DELAY, lambda: self.show_detail(detail))

    def show_detail(self, detail: Detail | None) -> None:
        """Show a detail; its picture follows."""
        self.query_one(DetailPane).show(detail)
        self.read_picture(detail)

    @on(ExplainWanted)
    def explain_wanted(self, event: ExplainWanted) -> None:
        """Bring the detail to the front where it is hidden, and let arrows scroll it."""
        event.stop()
        self.add_class("-detail")
        self.query_one(DetailPane).focus()

    def watch_tab(self, tab: str) -> None:
        """Bring the tab to the front and show its detail."""
        self.remove_class("-detail")
        self.main_tab = self.main_tab if tab in STEP_NAMES else tab
        self.query_one(ContentSwitcher).current = f"pane-{tab}"
        self.pane().catch_up()
        self._remember()
        self.update_frame()
        self.pane().announce()

    @on(TabStrip.Chosen)
    def tab_clicked(self, event: TabStrip.Chosen) -> None:
        """Open the clicked tab."""
        event.stop()
        self.open_strip(event.name)

    @on(RowTable.Chosen, "#rail")
    def step_chosen(self, event: RowTable.Chosen) -> None:
        """Open a step from the rail."""
        event.stop()
        self.action_open_step(int(event.row.key))

    @on(RowTable.Highlighted, "#rail")
    def rail_moved(self, event: RowTable.Highlighted) -> None:
        """The rail has no detail of its own."""
        event.stop()

    def action_open_tab(self, name: str) -> None:
        """Bring a tab to the front."""
        self.tab = name
        self.pane(name).focus_main()

    def open_scope(self, scope: str) -> bool:
        """Bring the tab of a pane's scope to the front; False where no tab has it."""
        name = next((name for name, pane in TABS if pane.scope == scope), None)
        if name is not None:
            self.action_open_tab(name)
        return name is not None

    def action_turn_tab(self, step: int) -> None:
        """Go to the next or previous tab."""
        if not self.turn_step(step):
            names = [name for name, _ in TABS if name not in STEP_NAMES]
            self.action_open_tab(names[(names.index(self.tab) + step) % len(names)])

    @on(GoTo)
    def go_to(self, event: GoTo) -> None:
        """Jump to a line, finding or tab."""
        event.stop()
        self.action_open_tab(event.tab)
        pane = self.pane(event.tab)
        if isinstance(pane, LedgerPane) and event.key:
            pane.show_line(event.key)
        elif isinstance(pane, FindingsPane) and event.key:
            pane.show_finding(event.key)
        elif isinstance(pane, DocumentsPane) and event.key:
            pane.write_template(event.key)

    @on(Written)
    def written(self, event: Written) -> None:
        """Say where the file is."""
        event.stop()
        words = shell(self).words
        self.last_written = event.path
        self.load()
        said = (words("documents.written", path=str(event.path)), event.note)
        self.notify("\n".join(part for part in said if part), timeout=12, markup=False)

    def action_back(self) -> None:
        """Close the detail, then the filter, then the case."""
        pane = self.pane()
        if self.has_class("-detail"):
            self.remove_class("-detail")
            pane.focus_main()
        elif not pane.leave_filter() and not self.leave_step():
            self.dismiss(None)

    def action_import_files(self) -> None:
        """Open the import; read the case again when it wrote something."""

        def done(changed: bool | None) -> None:
            if changed:
                self.load()

        self.app.push_screen(ImportFiles(self.case), done)
