"""Files stay small and say why they exist; nothing of one machine or one acceptance case slips in."""

from __future__ import annotations

import ast
import re

from tests.architecture.code import Module, modules

LONGEST = 400
"""Lines; beyond it a file wants a second room."""
FOREIGN = re.compile(r"/(work|home|Users|root|tmp)/|shared/cases|\b\d\d-[a-z]+(-[a-z]+)+\b")
"""Paths of a machine, and names of acceptance cases."""


def test_no_file_is_long() -> None:
    lengths = {
        module.name: len(module.text.splitlines()) for part in ("workbench", "tests") for module in modules(part)
    }
    assert len(lengths) > 100
    assert {name: count for name, count in lengths.items() if count > LONGEST} == {}


def test_every_module_says_why_it_exists() -> None:
    silent = [m.name for part in ("workbench", "tests") for m in modules(part) if not ast.get_docstring(m.tree)]
    assert silent == []


def test_exported_names_are_sorted() -> None:
    for module in modules("workbench"):
        for node in module.tree.body:
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets
            ):
                names = list(ast.literal_eval(node.value))
                assert names == sorted(names), module.name


def test_the_program_knows_no_acceptance_case_and_no_machine() -> None:
    found = [
        (module.place(node), node.value)
        for module in modules("workbench")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and FOREIGN.search(node.value)
        and not _is_prose(node, module)
    ]
    assert found == []


def _is_prose(node: ast.Constant, module: Module) -> bool:
    """Tell a docstring by its triple quotes; prose may name the places it speaks of."""
    return (ast.get_source_segment(module.text, node) or "").startswith(('"""', 'r"""'))
