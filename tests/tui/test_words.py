"""Every text that the terminal interface names outright is in its catalogue."""

from __future__ import annotations

import ast

from tests.architecture.code import modules
from workbench.locales.catalogue import load_catalogue


def test_every_key_that_is_written_out_has_a_text() -> None:
    known = load_catalogue("en", "tui")
    keys = [
        (module.place(call), str(call.args[0].value), "column." if _name(call) == "Column" else "")
        for module in modules("workbench")
        if module.inside("tui")
        for call in module.calls()
        if _name(call) in ("words", "Column") and call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert len(keys) > 200
    assert [(place, key) for place, key, group in keys if key and f"{group}{key}" not in known] == []


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))
