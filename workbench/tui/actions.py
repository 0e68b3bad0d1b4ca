"""One register of what a person can do: key bindings, key bar, help and command palette are all read from it.

Each entry's words are in the catalogue under ``action.<name>``. Keys are single keys that one hand reaches; the few
with Ctrl have a single-key twin. A person may choose other keys: ``keymap`` says which are in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do in one place."""

    name: str
    """Word in the catalogue, and the id of the binding within its scope."""
    scope: str
    """Screen or pane it belongs to."""
    key: str
    """Key or keys, comma-separated, as Textual names them; the first is shown."""
    method: str
    """Textual action, with arguments."""
    bar: bool = True
    """Shown in the key bar."""
    priority: bool = False
    """Works before the focused widget sees the key."""

    @property
    def id(self) -> str:
        """Identity of the binding."""
        return f"{self.scope}.{self.name}"


DIALOGS = ("form", "confirm", "picture", "pages", "report", "tour")
"""Questions and boxes that stand before a screen; ``dialog`` holds what works in all of them."""
ALONE = ("help", "jump")
"""Boxes in which only their own keys work."""


def _tab(name: str, key: str) -> Action:
    return Action(f"tab_{name}", "workspace", key, f"open_tab('{name}')", bar=False)


ACTIONS: tuple[Action, ...] = (
    Action("open_case", "home", "enter", "open_case"),
    Action("new_case", "home", "n", "new_case"),
    Action("search", "home", "slash", "search"),
    Action("archive", "home", "a", "archive"),
    Action("delete", "home", "d,delete", "delete"),
    Action("undo_delete", "home", "u", "undo"),
    Action("show_archive", "home", "v", "show_archive"),
    Action("open_bundle", "home", "b", "open_bundle"),
    Action("check_bundle", "home", "g", "check_bundle"),
    Action("rename", "home", "r", "rename"),
    Action("filter_due", "home", "y", "turn('due')"),
    Action("filter_owed", "home", "o", "turn('owed')", bar=False),
    Action("filter_kind", "home", "k", "turn('kind')", bar=False),
    Action("filter_step", "home", "s", "turn('step')", bar=False),
    Action("clear_filters", "home", "escape,x", "clear", bar=False),
    Action("sort_next", "home", "c", "sort_next"),
    *(
        Action(f"sort_{column}", "home", str(number), f"sort('{column}')", bar=False)
        for number, column in enumerate(
            ("case", "kind", "step", "documents", "overcharged", "owed", "basis", "deadline", "changed"), 1
        )
    ),
    Action("import", "workspace", "i", "import_files"),
    Action("filter", "ledger", "slash", "filter"),
    Action("explain", "ledger", "e,enter", "explain"),
    Action("next_wrong", "ledger", "n", "next_wrong(1)"),
    Action("previous_wrong", "ledger", "h", "next_wrong(-1)", bar=False),
    Action("only_wrong", "ledger", "x", "only_wrong"),
    Action("to_finding", "ledger", "k", "to_finding"),
    Action("accept", "findings", "a", "triage('accepted')"),
    Action("dispute", "findings", "d", "triage('disputed')"),
    Action("needs_evidence", "findings", "n", "triage('needs_evidence')"),
    Action("explained", "findings", "x", "triage('explained')"),
    Action("reopen", "findings", "h", "triage('open')", bar=False),
    Action("to_letter", "findings", "l", "letter"),
    Action("note", "findings", "m", "note"),
    Action("explain", "findings", "e,enter", "explain", bar=False),
    Action("filter", "findings", "slash", "filter"),
    Action("severity", "findings", "y", "next_severity"),
    Action("state", "findings", "c", "next_state", bar=False),
    Action("to_line", "findings", "k", "to_line", bar=False),
    Action("confirm", "terms", "c", "confirm"),
    Action("confirm_all", "terms", "a", "confirm_all"),
    Action("edit", "terms", "enter", "edit"),
    Action("explain", "terms", "e", "explain", bar=False),
    Action("explain", "bases", "e,enter", "explain"),
    Action("explain", "matching", "e,enter", "explain"),
    Action("to_line", "matching", "k", "to_line"),
    Action("explain", "margin", "e,enter", "explain"),
    Action("explain", "liquidation", "e,enter", "explain"),
    Action("to_line", "liquidation", "k", "to_line"),
    Action("tag_forced", "liquidation", "a", "tag('forced')"),
    Action("tag_own", "liquidation", "d", "tag('own')"),
    Action("tag_all", "liquidation", "l", "tag_all", bar=False),
    Action("next_task_state", "tasks", "enter,d", "advance"),
    Action("not_applicable", "tasks", "x", "not_applicable"),
    Action("due", "tasks", "y", "due"),
    Action("go_there", "tasks", "k", "go_there"),
    Action("explain", "tasks", "e", "explain"),
    Action("add", "deadlines", "n,enter", "add"),
    Action("explain", "deadlines", "e", "explain"),
    Action("write", "documents", "enter", "write"),
    Action("fields", "documents", "m", "fields"),
    Action("pages", "documents", "k", "pages"),
    Action("explain", "documents", "e", "explain"),
    Action("bundle", "documents", "x", "bundle"),
    Action("describe", "evidence", "enter,m", "describe"),
    Action("search_pages", "evidence", "slash", "filter"),
    Action("pages", "evidence", "k", "pages"),
    Action("verify", "evidence", "c", "verify"),
    Action("copy_out", "evidence", "x", "copy"),
    Action("evidence_book", "evidence", "a", "book"),
    Action("custody_log", "evidence", "l", "custody"),
    Action("custody_note", "evidence", "n", "add_note"),
    Action("explain", "evidence", "e", "explain"),
    Action("custody_note", "custody", "n", "add_note"),
    Action("explain", "custody", "e,enter", "explain"),
    Action("back", "custody", "escape,q", "back"),
    Action("add_asset", "liquidity", "n", "add_asset"),
    Action("import_assets", "liquidity", "l", "import_assets"),
    Action("goal", "liquidity", "m", "goal"),
    Action("remove", "liquidity", "d,delete", "remove"),
    Action("explain", "liquidity", "e,enter", "explain"),
    Action("add_offer", "negotiation", "n", "add_offer"),
    Action("add_proposal", "negotiation", "l", "add_proposal"),
    Action("own_view", "negotiation", "m", "own_view"),
    Action("remove", "negotiation", "d,delete", "remove"),
    Action("explain", "negotiation", "e,enter", "explain"),
    Action("reviewed", "residual", "a", "reviewed"),
    Action("index", "residual", "m", "index"),
    Action("explain", "residual", "e,enter", "explain"),
    Action("settings", "retrospect", "m", "settings"),
    Action("report", "retrospect", "l", "report"),
    Action("explain", "retrospect", "e,enter", "explain"),
    Action("undo", "workspace", "u", "undo"),
    Action("open", "workspace", "o", "open_original"),
    Action("picture", "workspace", "z", "picture", bar=False),
    Action("recompute", "workspace", "r", "recompute", bar=False),
    _tab("today", "t"),
    _tab("ledger", "j"),
    _tab("findings", "f"),
    _tab("terms", "v"),
    _tab("matching", "9"),
    _tab("bases", "b"),
    _tab("margin", "g"),
    _tab("liquidation", "w"),
    _tab("documents", "p"),
    _tab("deadlines", "0"),
    _tab("evidence", "minus"),
    _tab("steps", "s"),
    Action("previous_tab", "workspace", "comma", "turn_tab(-1)", bar=False),
    Action("next_tab", "workspace", "full_stop", "turn_tab(1)", bar=False),
    *(Action(f"step_{number}", "workspace", str(number), f"open_step({number})", bar=False) for number in range(1, 9)),
    Action("back", "workspace", "escape,q", "back"),
    Action("back", "import", "escape", "back"),
    Action("paste_path", "import", "slash", "path"),
    Action("read", "import", "i", "read"),
    Action("confirm_import", "import", "enter", "confirm"),
    Action("as_evidence", "import", "a", "as_evidence"),
    Action("map_columns", "import", "m", "map_columns"),
    Action("cancel", "import", "c", "cancel"),
    Action("edit", "mapper", "enter", "edit"),
    Action("signs", "mapper", "g", "signs"),
    Action("save", "mapper", "s,ctrl+s", "save"),
    Action("back", "mapper", "escape,q", "back"),
    Action("answer", "form", "ctrl+s", "answer", priority=True),
    Action("preview", "form", "ctrl+r", "preview", bar=False, priority=True),
    Action("close", "report", "escape,q,enter", "close"),
    Action("leave", "form", "escape", "leave"),
    Action("yes", "confirm", "y", "answer(True)"),
    Action("no", "confirm", "n,escape", "answer(False)"),
    Action("close", "picture", "escape,q,z,enter", "close"),
    Action("next_page", "pages", "n,pagedown,space", "turn(1)"),
    Action("previous_page", "pages", "p,pageup", "turn(-1)"),
    Action("zoom_in", "pages", "z,plus", "zoom(1)"),
    Action("zoom_out", "pages", "x,minus", "zoom(-1)"),
    Action("move_down", "pages", "down", "move(0, 1)"),
    Action("move_up", "pages", "up", "move(0, -1)"),
    Action("move_left", "pages", "left", "move(-1, 0)", bar=False),
    Action("move_right", "pages", "right", "move(1, 0)"),
    Action("close", "pages", "escape,q,k,enter", "close"),
    Action("close", "help", "escape,q,question_mark,f1", "close"),
    Action("leave", "jump", "escape", "close"),
    Action("tour_next", "tour", "enter,right,n,space", "turn(1)"),
    Action("tour_previous", "tour", "left,p", "turn(-1)"),
    Action("leave", "tour", "escape,q", "close"),
    Action("jump", "dialog", "ctrl+g,semicolon", "app.jump", bar=False),
    Action("help", "dialog", "f1,question_mark", "app.explain_screen"),
    Action("jump", "app", "semicolon,ctrl+g", "jump"),
    Action("palette", "app", "ctrl+p,backslash", "command_palette"),
    Action("language", "app", "ctrl+l,grave_accent", "switch_language", bar=False),
    Action("theme", "app", "equals_sign", "next_theme", bar=False),
    Action("pictures", "app", "f4", "switch_pictures", bar=False, priority=True),
    Action("tour", "app", "f2", "tour", bar=False),
    Action("help", "app", "question_mark,f1", "explain_screen"),
    Action("quit", "app", "ctrl+q", "quit", bar=False),
)


def bindings(scope: str) -> list[BindingType]:
    """Return the key bindings of a screen, pane or dialog."""
    return [
        Binding(action.key, action.method, action.name, id=action.id, show=action.bar, priority=action.priority)
        for action in ACTIONS
        if action.scope == scope
    ]


def find(action_id: str) -> Action | None:
    """Return the action with this id."""
    return next((action for action in ACTIONS if action.id == action_id), None)


def in_scopes(scopes: Sequence[str]) -> tuple[Action, ...]:
    """Return the actions of some screens or panes, in the register's order."""
    return tuple(action for scope in scopes for action in ACTIONS if action.scope == scope)


TOGETHER: tuple[tuple[str, ...], ...] = (
    ("home", "app"),
    ("import", "app"),
    ("mapper", "app"),
    ("custody", "app"),
    *(
        (scope, "workspace", "app")
        for scope in dict.fromkeys(action.scope for action in ACTIONS)
        if scope not in {"home", "import", "mapper", "custody", "workspace", "app", "dialog", *DIALOGS, *ALONE}
    ),
    *((scope, "dialog") for scope in DIALOGS),
    *((scope,) for scope in ALONE),
)
"""Places whose keys work at the same time, and so must differ."""
