"""Long work off the event loop: a worker computes and posts a message, a handler changes what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from workbench.errors import WorkbenchError
from workbench.tui.graphics import Graphics
from workbench.tui.keymap import Keymap
from workbench.tui.memory import Memory
from workbench.tui.ports import Backend
from workbench.tui.presenters.base import Words


class Shell(Protocol):
    """What every screen and pane may ask of the app."""

    words: Words
    backend: Backend
    keymap: Keymap
    memory: Memory
    graphics: Graphics | None


def shell(node: Widget) -> Shell:
    """Return the app as screens see it."""
    return cast("Shell", node.app)


@dataclass
class Failed(Message):
    """A worker met an error; the app shows it as a notice."""

    error: WorkbenchError
    group: str


@dataclass
class Noticed(Message):
    """Something was done; the app says so."""

    text: str


def compute(node: Widget, work: Callable[[], Message | None], group: str, *, exclusive: bool = True) -> None:
    """Run ``work`` in a thread and post the message it returns to ``node``; errors are posted as ``Failed``.

    Args:
        node: the widget or screen that wants the result.
        work: calls services; must not touch widgets.
        group: name of the kind of work; with ``exclusive`` a newer one replaces an older one.
        exclusive: drop the result of an earlier worker of the group.
    """

    def run() -> None:
        worker = get_current_worker()
        message: Message | None
        try:
            message = work()
        except WorkbenchError as error:
            message = Failed(error, group)
        except Exception as error:  # noqa: BLE001  # the worker seam: anything else becomes a notice, not a crash
            message = Failed(unexpected(error), group)
        if message is not None and not worker.is_cancelled:
            node.post_message(message)

    node.run_worker(run, thread=True, group=group, exclusive=exclusive, exit_on_error=False, name=group)


def unexpected(error: Exception) -> WorkbenchError:
    """Turn an error nobody foresaw into one for a person."""
    what = f"{type(error).__name__}: {error}"
    return WorkbenchError(
        f"Something went wrong: {what}",
        next_step="Nothing was changed. Please report this with the steps that led here.",
        what_zh=f"程序出错：{what}",
        next_step_zh="数据未改动。请记下操作步骤并反馈。",
    )
