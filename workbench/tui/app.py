"""The app: themes, language, palette, notices. Screens do the rest."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import ModalScreen, Screen

from workbench.errors import WorkbenchError
from workbench.locales.catalogue import load_catalogue
from workbench.tui.actions import bindings
from workbench.tui.graphics import Graphics
from workbench.tui.interface_state import keep, recall
from workbench.tui.jumping import Spot, lettered, spots
from workbench.tui.key_words import KeyWords
from workbench.tui.keymap import Keymap, load_keymap
from workbench.tui.lazy import LazyBackend
from workbench.tui.memory import Memory
from workbench.tui.modals.confirm import ConfirmModal
from workbench.tui.modals.help import HelpModal
from workbench.tui.modals.jump import JumpModal
from workbench.tui.modals.tour import SampleReady, TourModal
from workbench.tui.palette import ActionProvider
from workbench.tui.ports import Backend
from workbench.tui.presenters.base import Words
from workbench.tui.scopes import scopes_of
from workbench.tui.screens.home import Home, NothingYet
from workbench.tui.screens.workspace import Workspace
from workbench.tui.themes import THEMES
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.work import Failed, Noticed, compute

if TYPE_CHECKING:
    from workbench.services.desk import Desk


SWITCH_SECONDS = 0.0005
"""How long a worker may keep the interpreter; Python's own 5 ms would add up to a tenth of a second for a key."""


class WorkbenchApp(App[None]):
    """Owns the catalogue and the backend; everything a screen may ask of it is in ``work.Shell``."""

    TITLE = "workbench"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["styles/app.tcss", "styles/workspace.tcss", "styles/dialogs.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    COMMANDS = {ActionProvider}  # noqa: RUF012  # Textual's own declaration
    COMMAND_PALETTE_BINDING = "ctrl+p"
    scope = "app"

    def __init__(self, backend: Backend, lang: str, home: Path | None = None, graphics: Graphics | None = None) -> None:
        """Prepare the first frame.

        Args:
            backend: the services.
            lang: ``zh`` or ``en``.
            home: folder with the person's keys and last theme; None: usual keys, nothing is remembered.
            graphics: how the terminal shows pictures; None: in blocks.

        Raises:
            UsageError: the person's keymap cannot be used.
        """
        super().__init__()
        self.backend = backend
        self.memory = Memory(backend)
        self.home = home
        self._terminal = graphics
        self.keymap: Keymap = load_keymap(home)
        self.words: Words = KeyWords(load_catalogue(lang, "tui"), self.keymap)
        self.remembered = recall(home)
        for theme in THEMES:
            self.register_theme(theme)
        names = [theme.name for theme in THEMES]
        self.theme = self.remembered.theme if self.remembered.theme in names else names[0]
        self.set_keymap(self.keymap.chosen)

    @property
    def graphics(self) -> Graphics | None:
        """How pictures are drawn; None: in blocks."""
        return None if self.remembered.blocks else self._terminal

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours of our own that other themes lack."""
        return dict(THEMES[0].variables)

    def get_default_screen(self) -> Screen[None]:
        """Start with the list of cases."""
        return Home()

    def on_mount(self) -> None:
        """Start to write down what is to be remembered; let keys interrupt a worker's arithmetic soon."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self.run_worker(self.memory.keep(self._not_remembered), group="memory", exit_on_error=False)

    def _not_remembered(self, error: WorkbenchError) -> None:
        self.post_message(Failed(error, "memory"))

    async def on_unmount(self) -> None:
        """Write down what is still pending."""
        with suppress(WorkbenchError):
            await asyncio.to_thread(self.memory.flush)

    def action_switch_language(self) -> None:
        """Switch between Chinese and English at once, on every open screen."""
        self.words = KeyWords(load_catalogue("en" if self.words.lang == "zh" else "zh", "tui"), self.keymap)
        for screen in self.screen_stack:
            retext = getattr(screen, "retext", None)
            if retext is not None:
                retext()
            screen.refresh(layout=True)
            for bar in screen.query(KeyBar):
                bar.refresh()

    def action_command_palette(self) -> None:
        """Open the palette, its prompt in the language in use."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=self.words("palette.prompt")))

    def action_next_theme(self) -> None:
        """Dark, light, high contrast; the next start begins with the one chosen last."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.notify(self.words(f"theme.{self.theme}"), markup=False, timeout=2)
        self.remember(theme=self.theme)

    def action_switch_pictures(self) -> None:
        """Draw pictures in blocks, for a terminal that promises more than it shows, or sharp again."""
        if self._terminal is not None:
            self.remember(blocks=not self.remembered.blocks)
        self.notify(self.words("picture.sharp" if self.graphics else "picture.blocks"), markup=False)
        for screen in self.screen_stack:
            draw_anew = getattr(screen, "draw_anew", None)
            if draw_anew is not None:
                draw_anew()

    def remember(self, **changes: object) -> None:
        """Keep something for the next start; without a home nothing is kept."""
        self.remembered = replace(self.remembered, **changes)  # type: ignore[arg-type]  # checked by the dataclass
        home, state = self.home, self.remembered
        if home is not None:
            compute(self.screen, lambda: keep(home, state), "remember")

    def action_jump(self) -> None:
        """Show a letter over every place of the screen; the one pressed goes there."""

        def go(spot: Spot | None) -> None:
            if spot is not None:
                spot.go()

        if not isinstance(self.screen, (JumpModal, CommandPalette)):
            self.push_screen(JumpModal(lettered(spots(self.screen))), go)

    @on(NothingYet)
    def offer_tour(self) -> None:
        """Offer the tour once, to somebody who has no case yet."""
        if self.home is None or self.remembered.tour_offered or isinstance(self.screen, ModalScreen):
            return
        self.remember(tour_offered=True)

        def begin(yes: bool | None) -> None:
            if yes:
                self.action_tour()

        self.push_screen(ConfirmModal(self.words("tour.offer_title"), self.words("tour.offer_text")), begin)

    def action_tour(self) -> None:
        """Make the sample case ready in a worker; the tour begins when it is."""
        if isinstance(self.screen, ModalScreen):
            return
        backend, lang = self.backend, self.words.lang
        self.notify(self.words("tour.preparing"), markup=False)
        compute(self.screen, lambda: SampleReady(backend.open_sample(lang)), "tour")

    @on(SampleReady)
    async def begin_tour(self, event: SampleReady) -> None:
        """Open the sample case and walk through it, unless a question came up meanwhile."""
        if isinstance(self.screen, ModalScreen):
            return
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        workspace = Workspace(event.case)
        await self.push_screen(workspace)
        self.push_screen(TourModal(workspace.action_open_tab))

    def action_explain_screen(self) -> None:
        """Explain the screen and its keys in plain words."""
        if not isinstance(self.screen, HelpModal):
            self.push_screen(HelpModal(scopes_of(self.screen)))

    @on(Failed)
    def failed(self, event: Failed) -> None:
        """Show an error as a notice in the person's language; what was typed comes back when its form is opened."""
        if event.group == "save" and self.memory.not_saved() is not None:
            self.notify(self.words("form.kept_answer"), timeout=12, markup=False)
        self.notify(event.error.text(self.words.lang), severity="error", timeout=12, markup=False)

    @on(Noticed)
    def noticed(self, event: Noticed) -> None:
        """Show what was done."""
        self.notify(event.text, markup=False)


def run(open_desk: Callable[[], Desk], lang: str, home: Path, graphics: Graphics | None) -> None:
    """Run the interface until it is left.

    Args:
        open_desk: opens the desk; called in a worker after the first frame.
        lang: ``zh`` or ``en``.
        home: folder of the person's own keys and of what the interface remembers.
        graphics: how the terminal shows pictures; None: in blocks.

    Raises:
        UsageError: the person's keymap cannot be used.
    """
    WorkbenchApp(LazyBackend(open_desk), lang, home, graphics).run()
