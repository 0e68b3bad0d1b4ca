"""Keys: the register's, a person's own, and what stands about them in the README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.fake import FakeBackend
from tests.tui.keys import README, with_table
from tests.tui.screen_text import until
from workbench.errors import UsageError
from workbench.locales.catalogue import load_catalogue
from workbench.tui.actions import ACTIONS, TOGETHER, find
from workbench.tui.app import WorkbenchApp
from workbench.tui.key_words import PLACE, KeyWords
from workbench.tui.keymap import FILE_NAME, Keymap, conflicts, key_label, load_keymap

OWN = """
[findings]
accept = "d"
dispute = "a,ctrl+d"
[home]
new_case = "e"
[app]
help = "f3"
"""


def write(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    path = home / FILE_NAME
    path.write_text(text, encoding="utf-8")
    return path


def test_no_two_actions_at_hand_share_a_key() -> None:
    assert [(key, one.id, other.id) for key, one, other in conflicts(Keymap())] == []


def test_every_action_stands_in_some_place_whose_keys_are_compared() -> None:
    assert {scope for together in TOGETHER for scope in together} == {action.scope for action in ACTIONS}
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


def test_without_a_file_the_usual_keys_are_in_force(tmp_path: Path) -> None:
    accept = find("findings.accept")
    assert accept
    assert load_keymap(tmp_path).keys(accept) == ("a",)
    assert load_keymap(None) == load_keymap(tmp_path)


def test_keys_are_written_as_on_the_keyboard_or_by_name(tmp_path: Path) -> None:
    write(tmp_path, '[ledger]\nfilter = "[, ctrl+e"\n[findings]\nfilter = "apostrophe"\n[home]\nsearch = ","\n')
    keymap = load_keymap(tmp_path)
    labels = [keymap.labels(action) for name in ("ledger", "findings") if (action := find(f"{name}.filter"))]
    assert labels == ["[ ^e", "'"]
    assert keymap.chosen["home.search"] == "comma"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[findings]\nacept = "y"', "findings.accept"),
        ('[findings]\naccept = "letter a"', "letter a"),
        ('[findings]\naccept = ""', "findings.accept"),
        ("[findings]\naccept = 5", "findings.accept"),
        ('[findings]\naccept = "alt+a"', "alt+a"),
        ('[findings]\naccept = "down"', "move about"),
        ('[findings]\naccept = "enter"', "move about"),
        ('[findings]\naccept = "d"', "findings.dispute"),
        ('[findings]\naccept = "i"', "workspace.import"),
        ('[terms]\nconfirm = "?"', "app.help"),
        ('findings = "a"', "findings"),
        ("[findings\n", "cannot be read"),
    ],
)
def test_a_wrong_keymap_is_one_error_with_file_and_entry(tmp_path: Path, text: str, named: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        WorkbenchApp(FakeBackend(), "zh", tmp_path)
    assert str(path) in caught.value.text("en")
    assert named in caught.value.text("en")
    assert str(path) in caught.value.text("zh")
    assert caught.value.text("zh") != caught.value.text("en")


async def test_own_keys_work_and_are_shown_wherever_keys_are_shown(tmp_path: Path) -> None:
    write(tmp_path, OWN)
    backend = FakeBackend("A")
    running = WorkbenchApp(backend, "en", tmp_path)
    async with running.run_test(size=(140, 44)) as pilot:
        bar = await until(pilot, "e new case")
        assert "F3 more" in bar
        await pilot.press("enter", "f")
        bar = await until(pilot, "Interest of month 1")
        assert "d accept" in bar
        assert "a dispute" in bar
        await pilot.press("down", "d")
        await until(pilot, "1 decided")
        assert backend.calls[-1][0] == "triage"
        assert str(backend.calls[-1][2]) == "accepted"
        await pilot.press("f3")
        assert "a ^d" in await until(pilot, "dispute")


async def test_sentences_name_the_keys_in_force(tmp_path: Path) -> None:
    write(tmp_path, OWN + '[workspace]\nimport = "ctrl+o"\n')
    running = WorkbenchApp(FakeBackend(), "zh", tmp_path)
    async with running.run_test(size=(100, 30)) as pilot:
        await until(pilot, "先用示例案件看一遍")
        await pilot.press("n")
        screen = await until(pilot, "按 e 新建")
        assert "按 ^o 导入" in screen


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_key_named_in_a_sentence_is_that_of_an_action(lang: str) -> None:
    words = load_catalogue(lang, "tui")
    named = {found[1] for text in words.entries.values() for found in PLACE.finditer(text)}
    assert len(named) > 20
    assert {name for name in named if find(name) is None} == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_names_a_key_by_itself(lang: str) -> None:
    pattern = re.compile(r"按 ?[a-z]\b|(?i:press) [a-z]\b|\b[a-z] (brings|confirms|opens a|writes)\b")
    entries = load_catalogue(lang, "tui").entries
    assert [key for key, text in entries.items() if pattern.search(PLACE.sub("", text))] == []


def test_case_data_that_looks_like_a_key_stays_as_it_is() -> None:
    words = KeyWords(load_catalogue("en", "tui"), Keymap())
    assert words("home.restored", name="[[home.new_case]]") == "Brought back “[[home.new_case]]”."


def test_labels_are_what_a_keyboard_shows() -> None:
    assert [key_label(key) for key in ("ctrl+backslash", "f12", "f", "escape", "A")] == ["^\\", "F12", "f", "Esc", "A"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_readme_has_the_keys_of_the_register(lang: str) -> None:
    text = README[lang].read_text(encoding="utf-8")
    assert text == with_table(text, lang), "run: python -m tests.tui.keys --write"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_keymap_in_the_readme_can_be_used(tmp_path: Path, lang: str) -> None:
    lines = README[lang].read_text(encoding="utf-8").splitlines()
    start = lines.index("    [findings]")
    example = [line.strip() for line in lines[start:] if line.startswith("    ")][:3]
    write(tmp_path, "\n".join(example))
    assert load_keymap(tmp_path).chosen == {"findings.accept": "d", "findings.dispute": "a,ctrl+d"}
