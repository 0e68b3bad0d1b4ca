"""What import contracts cannot see: clocks, environment, printing and binary floats for money."""

from __future__ import annotations

import ast

from tests.architecture.code import modules

PURE = ("domain", "engine", "planning")
WITHOUT_CLOCK = (*PURE, "intake", "documents", "readers", "reference", "store")
CLOCKS = {"now", "today", "utcnow", "time_ns", "perf_counter"}


def _calls_of(name: str) -> list[str]:
    return [
        module.place(call)
        for module in modules("workbench")
        for call in module.calls()
        if isinstance(call.func, ast.Name) and call.func.id == name
    ]


def test_no_clock_below_the_services() -> None:
    clocks = [
        module.place(call)
        for module in modules("workbench")
        for call in module.calls()
        if module.inside(*WITHOUT_CLOCK)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in CLOCKS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"date", "datetime", "time"}
    ]
    assert clocks == []


def test_no_binary_floats_in_the_arithmetic() -> None:
    literals = [
        module.place(node)
        for module in modules("workbench")
        for node in ast.walk(module.tree)
        if module.inside(*PURE) and isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert literals == []
    assert [place for place in _calls_of("float") if place.split("/")[1] in PURE] == []


def test_nothing_prints_but_the_command_line() -> None:
    assert _calls_of("print") == []


def test_the_environment_is_read_by_the_entry_point_and_the_wiring_only() -> None:
    reads = [
        module.place(node)
        for module in modules("workbench")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert {place.split(":")[0] for place in reads} <= {"workbench/__main__.py", "workbench/wiring.py"}
