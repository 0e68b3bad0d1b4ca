"""One version, told the same everywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

from workbench import __version__

ROOT = Path(__file__).parents[2]


def test_the_program_tells_its_version() -> None:
    ended = subprocess.run([sys.executable, "-m", "workbench", "--version"], capture_output=True, text=True, check=True)
    assert ended.stdout == f"workbench {__version__}\n"


def test_the_installed_package_has_the_same_version() -> None:
    assert version("workbench") == __version__


def test_the_changelog_knows_it() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased" or headings[0] == __version__
    assert len(headings) == len(set(headings))


def test_every_dependency_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    assert [text for text in wanted if "<" not in text] == []


def test_nothing_names_a_package_index_or_a_host() -> None:
    for name in ("pyproject.toml", "Makefile", ".ci/run", "tests/package.sh"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|--index-url|--extra-index|--trusted-host|--find-links", text), name
