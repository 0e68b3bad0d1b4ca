"""Every command and option says what it does, in both languages, and the README names every command."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from tests.cli.conftest import Cli
from workbench.cli.app import app as root
from workbench.cli.groups import Command
from workbench.cli.register import COMMANDS, SECTIONS
from workbench.locales.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
EN, ZH = load_catalogue("en", "cli"), load_catalogue("zh", "cli")


def _tree(command: object, path: str) -> Iterator[tuple[str, Command]]:
    assert isinstance(command, Command)
    yield path, command
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            yield from _tree(inner, f"{path}.{name}")


def _all() -> list[tuple[str, Command]]:
    found = list(_tree(get_command(root), "root"))
    for entry in COMMANDS:
        found += _tree(get_command(import_module(f"workbench.cli.{entry.module}").app), entry.name)
    return found


@pytest.mark.parametrize(("path", "command"), _all(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_option_is_described_in_both_languages(path: str, command: Command) -> None:
    assert command.help
    assert f"help.{path}.text" in ZH
    for param in command.params:
        if isinstance(param, TyperOption | TyperArgument):
            assert param.help, param.name
            assert f"help.{path}.{param.name}" in ZH or f"option.{param.name}" in ZH, param.name


def test_every_chinese_help_text_describes_something_that_exists() -> None:
    known = {f"help.{path}.text" for path, _ in _all()}
    known |= {f"help.{path}.{param.name}" for path, command in _all() for param in command.params}
    assert {key for key in ZH.entries if key.startswith("help.")} - known == set()


def test_every_command_stands_under_a_heading() -> None:
    assert {entry.section for entry in COMMANDS} == set(SECTIONS)
    for entry in COMMANDS:
        assert f"command.{entry.name}" in EN
        assert f"command.{entry.name}" in ZH


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_command(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [entry.name for entry in COMMANDS if f"workbench {entry.name}" not in text] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words", [[], ["terms"], ["terms", "A", "set"], ["case", "new"], ["import"], ["calc", "lines"]]
)
def test_help_is_plain(cli: Cli, words: list[str], lang: str) -> None:
    ended = cli(*words, "--help", lang=lang)
    assert (ended.code, ended.err) == (0, "")
    assert "{" not in ended.out
    assert "<str>" not in ended.out
    assert "[required]" not in ended.out


def test_options_may_follow_the_case(cli: Cli) -> None:
    """``terms CASE --json`` reads the option although a verb could follow: the complaint is about the case."""
    assert "nobody" in cli("terms", "nobody", "--json").complaint
    assert "nobody" in cli("terms", "--json", "nobody").complaint
