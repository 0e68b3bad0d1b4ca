"""The contracts of pyproject.toml hold at run time too: each command loads only what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADLESS = (
    "workbench.__main__",
    "workbench.cli.app",
    "workbench.documents",
    "workbench.domain",
    "workbench.engine",
    "workbench.errors",
    "workbench.intake",
    "workbench.locales",
    "workbench.planning",
    "workbench.readers",
    "workbench.reference",
    "workbench.services",
    "workbench.store",
    "workbench.wiring",
)


def _loaded(code: str, *suspects: str) -> set[str]:
    """Run code in a fresh interpreter and return which of the suspects it loaded."""
    script = f"import sys\n{code}\nprint(*(name for name in {suspects!r} if name in sys.modules))"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(ended.stdout.split())


def _all_modules(package: str) -> str:
    """Return code that imports a package with everything in it."""
    return (
        "import importlib, pkgutil\n"
        f"root = importlib.import_module({package!r})\n"
        "names = [m.name for m in pkgutil.walk_packages(getattr(root, '__path__', []), root.__name__ + '.')]\n"
        "[importlib.import_module(name) for name in names if '.migrations' not in name]\n"
    )


@pytest.mark.parametrize("package", HEADLESS)
def test_headless_modules_never_load_the_terminal_interface(package: str) -> None:
    assert _loaded(_all_modules(package), "textual", "workbench.tui") == set()


@pytest.mark.parametrize("package", ["workbench.domain", "workbench.engine"])
def test_domain_and_engine_load_nothing_third_party(package: str) -> None:
    code = _all_modules(package) + (
        "foreign = {m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names) - {'workbench', '__main__'}\n"
        "foreign = {m for m in foreign if getattr(sys.modules.get(m), '__file__', None)}\n"
        "site = {m for m in foreign if 'site-packages' in sys.modules[m].__file__ and not m.startswith('_')}\n"
        "assert not site, site\n"
    )
    _loaded(code)


def test_the_help_loads_no_database_and_no_reader() -> None:
    code = "sys.argv = ['workbench', '--help']\nfrom workbench.__main__ import main\nmain()\n"
    script = f"import sys, io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n    exec({code!r})"
    assert _loaded(script, "sqlmodel", "pdfplumber", "typst", "docx", "textual", "rich") == set()


def test_the_version_loads_nothing_at_all() -> None:
    code = "sys.argv = ['workbench', '--version']\nfrom workbench.__main__ import main\nmain()\n"
    script = f"import sys, io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n    exec({code!r})"
    assert _loaded(script, "typer", "tomllib", "decimal", "workbench.cli", "workbench.wiring") == set()
