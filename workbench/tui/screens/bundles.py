"""Bundles on the list of cases: check one that somebody sent, or open it to work on or to read only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widget import Widget

from workbench.errors import UsageError
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.modals.report import ReportModal
from workbench.tui.paths import parse_paths
from workbench.tui.presenters.reports import bundle_check_lines
from workbench.tui.work import Failed, Noticed, compute, shell

if TYPE_CHECKING:
    from workbench.services.verify_bundle import BundleCheck


@dataclass
class BundleChecked(Message):
    """A bundle was held against its manifest, log and figures."""

    check: BundleCheck


@dataclass
class BundleOpened(Message):
    """A bundle became a case."""

    name: str


class Bundles(Widget):
    """Asks for a bundle's path; the checking and opening is done in workers."""

    last_bundle = ""
    """What was typed last, so that a mistyped path or a name that is taken costs no second typing."""

    def can_take_away(self, name: str) -> None:
        """Let undo take away a case that came just now; the list knows how."""
        raise NotImplementedError

    def _ask(self, title: str, fields: tuple[FormField, ...], hint: str) -> FormModal:
        words = shell(self).words
        path = FormField(
            "path", words("bundles.path"), self.last_bundle, required=True, example=words("bundles.example")
        )
        return FormModal(title, (path, *fields), hint)

    def _path(self, typed: str) -> Path | None:
        self.last_bundle = typed
        path = parse_paths(typed)[0]
        if path.is_file():
            return path
        self.post_message(
            Failed(
                UsageError(
                    "there is no such file",
                    where=str(path),
                    next_step="Paste the path of the .zip file.",
                    what_zh="没有这个文件",
                    next_step_zh="请粘贴 .zip 文件的完整路径。",
                ),
                "bundle",
            )
        )
        return None

    def action_check_bundle(self) -> None:
        """Ask which bundle, and say what holds in it."""
        words = shell(self).words

        def check(values: dict[str, str] | None) -> None:
            path = self._path(values["path"]) if values else None
            if path is not None:
                self._check(path)

        self.app.push_screen(self._ask(words("action.check_bundle"), (), words("bundles.check_hint")), check)

    def _check(self, path: Path) -> None:
        backend = shell(self).backend
        self.notify(shell(self).words("bundles.checking"), markup=False, timeout=3)
        compute(self, lambda: BundleChecked(backend.verify_bundle(path)), "bundle")

    @on(BundleChecked)
    def bundle_checked(self, event: BundleChecked) -> None:
        """Show every part with its sign."""
        event.stop()
        words = shell(self).words
        self.app.push_screen(ReportModal(event.check.path.name, bundle_check_lines(event.check, words)))

    def action_open_bundle(self) -> None:
        """Ask which bundle, under which name, to work on or to read only."""
        words = shell(self).words
        modes = tuple((value, words(f"bundles.{value}")) for value in ("work_on", "read_only"))
        fields = (
            FormField("name", words("bundles.name")),
            FormField("mode", words("bundles.mode"), "read_only", modes),
        )

        def open_it(values: dict[str, str] | None) -> None:
            path = self._path(values["path"]) if values else None
            if values is not None and path is not None:
                name = " ".join(values["name"].split())
                self._open(path, name, read_only=values["mode"] == "read_only")

        self.app.push_screen(self._ask(words("action.open_bundle"), fields, words("bundles.open_hint")), open_it)

    def _open(self, path: Path, name: str, *, read_only: bool) -> None:
        words, backend = shell(self).words, shell(self).backend
        self.notify(words("bundles.checking"), markup=False, timeout=3)

        def work() -> Message:
            try:
                opened = backend.open_bundle(path, name, read_only=read_only)
            except UsageError:
                return BundleChecked(backend.verify_bundle(path))  # it does not verify: show what is wrong with it
            self.post_message(Noticed(words("bundles.opened", name=opened.name, files=opened.check.files)))
            if opened.sealed:
                self.post_message(Noticed(words("bundles.sealed")))
            self.can_take_away(opened.name)
            return BundleOpened(opened.name)

        compute(self, work, "bundle", exclusive=False)
