"""Which keys are in force: the register's, unless the person chose others in ``keymap.toml``.

    [findings]
    accept = "y"
    dispute = "n,ctrl+d"

A table is a place, a name in it an action of the register, the value one or more keys. The file is taken as a whole or
refused with one error that names file and key: a keyboard half of which was changed would be worse than none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from workbench.errors import UsageError
from workbench.tui.actions import ACTIONS, TOGETHER, Action, find

FILE_NAME = "keymap.toml"
KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "backslash": "\\",
    "grave_accent": "`",
    "comma": ",",
    "full_stop": ".",
    "equals_sign": "=",
    "semicolon": ";",
    "apostrophe": "'",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "enter": "⏎",
    "escape": "Esc",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "space": "Space",
}
"""Keys by the name Textual has for them, and how they stand on the keyboard."""
NAMED = {*KEY_NAMES, "insert", "backspace", *(f"f{number}" for number in range(1, 13))}
SIGNS = {sign: name for name, sign in KEY_NAMES.items() if len(sign) == 1 and sign.isascii()}
TABLE_KEYS = {"up", "down", "pageup", "pagedown", "space", "home", "end", "enter", "tab", "shift+tab", "left", "right"}
"""Keys that move in tables, fields and dialogs; an action has them only if the register gives them to it."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys in force."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    """Id of an action to its keys as Textual names them, only where a person chose them."""

    def keys(self, action: Action) -> tuple[str, ...]:
        """Return the keys of an action, the one that is shown first."""
        return tuple(self.chosen.get(action.id, action.key).split(","))

    def label(self, action: Action) -> str:
        """Write the first key of an action as it stands on the keyboard."""
        return key_label(self.keys(action)[0])

    def labels(self, action: Action) -> str:
        """Write all keys of an action."""
        return " ".join(key_label(key) for key in self.keys(action))


def key_label(key: str) -> str:
    """Write a key as it stands on the keyboard: ``ctrl+p`` is ``^p``."""
    if key.startswith("ctrl+"):
        return f"^{key_label(key.removeprefix('ctrl+'))}"
    return KEY_NAMES.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key)


def types(key: str) -> bool:
    """Tell whether a key writes into a text field, or answers from it, instead of reaching an action."""
    return len(key) == 1 or key in SIGNS.values() or key in {"enter", "space", "delete", "backspace"}


def load_keymap(folder: Path | None) -> Keymap:
    """Read ``keymap.toml`` of the home; without the file the register's keys are in force.

    Raises:
        UsageError: the file cannot be read, names an action or key that does not exist, or gives one key to two
            actions that are at hand at the same time.
    """
    path = folder / FILE_NAME if folder else None
    if path is None or not path.is_file():
        return Keymap()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as problem:
        raise _bad(path, f"it cannot be read: {problem}", f"读不懂：{problem}") from problem
    chosen = {action.id: keys for action, keys in _entries(content, path)}
    keymap = Keymap(chosen)
    _refuse_conflicts(keymap, path)
    return keymap


def _entries(content: Mapping[str, object], path: Path) -> Iterator[tuple[Action, str]]:
    for scope, table in content.items():
        if not isinstance(table, Mapping):
            raise _bad(path, f"`{scope}` must be a table, as [findings]", f"“{scope}”应是一个表，例如 [findings]")
        for name, keys in table.items():
            action = find(f"{scope}.{name}")
            if action is None:
                raise _no_action(f"{scope}.{name}", path)
            yield action, _keys(action, keys, path)


def _no_action(name: str, path: Path) -> UsageError:
    near = ", ".join(get_close_matches(name, [action.id for action in ACTIONS], n=2))
    hint, hint_zh = (f"; did you mean {near}?", f"；是否指 {near}？") if near else ("", "")
    return _bad(path, f"there is no action `{name}`{hint}", f"没有“{name}”这个操作{hint_zh}")


def _keys(action: Action, keys: object, path: Path) -> str:
    words = [word.strip() for word in keys.split(",")] if isinstance(keys, str) and keys != "," else [keys]
    named = [_key_name(word) if isinstance(word, str) else None for word in words]
    for word, name in zip(words, named, strict=True):
        if name is None:
            raise _bad(path, f"`{action.id}`: `{word}` is not a key", f"“{action.id}”：“{word}”不是按键")
        if name in TABLE_KEYS and name not in action.key.split(","):
            what = f"`{action.id}`: `{word}` is needed to move about"
            raise _bad(path, what, f"“{action.id}”：“{word}”要用来移动光标")
    return ",".join(name for name in named if name)


def _key_name(word: str) -> str | None:
    """Return Textual's name of a key, None where there is none."""
    modifier, _, key = word.rpartition("+") if len(word) > 1 else ("", "", word)
    if modifier not in {"", "ctrl"}:
        return None
    name = SIGNS.get(key, key)
    simple = len(name) == 1 and name.isascii() and name.isalnum()
    if not simple and name not in NAMED | TABLE_KEYS:
        return None
    return f"ctrl+{name.lower()}" if modifier else name


def conflicts(keymap: Keymap) -> Iterator[tuple[str, Action, Action]]:
    """Yield each key that two actions share in places whose keys work at the same time."""
    for together in TOGETHER:
        taken: dict[str, Action] = {}
        for action in (action for action in ACTIONS if action.scope in together):
            for key in keymap.keys(action):
                if key in taken and taken[key] is not action:
                    yield key, taken[key], action
                taken.setdefault(key, action)


def _refuse_conflicts(keymap: Keymap, path: Path) -> None:
    for key, first, second in conflicts(keymap):
        label = key_label(key)
        raise _bad(
            path,
            f"key `{label}` is given to both `{first.id}` and `{second.id}`",
            f"按键“{label}”同时给了“{first.id}”和“{second.id}”",
        )


def _bad(path: Path, what: str, what_zh: str) -> UsageError:
    return UsageError(
        f"the keymap cannot be used: {what}",
        where=str(path),
        next_step="Correct that entry, or move the file away to have the usual keys.",
        what_zh=f"自定义按键无法使用：{what_zh}",
        next_step_zh="请改正这一项；把文件移走即恢复默认按键。",
    )
