"""The key tables of the two READMEs, written from the register: ``python -m tests.tui.keys --write``."""

from __future__ import annotations

import sys
from pathlib import Path

from workbench.locales.catalogue import load_catalogue
from workbench.tui.actions import ACTIONS
from workbench.tui.keymap import Keymap, key_label

ROOT = Path(__file__).parents[2]
README = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
BEGIN, END = "<!-- keys: written by python -m tests.tui.keys --write -->", "<!-- /keys -->"
HEAD = {"en": ("place", "keys"), "zh": ("在哪里", "按键")}


def _code(key: str) -> str:
    label = key_label(key)
    return f"`` {label} ``" if "`" in label else f"`{label}`"


def table(lang: str) -> str:
    """Return the table of all usual keys in one language."""
    words, keymap = load_catalogue(lang, "tui"), Keymap()
    rows = ["| {} | {} |".format(*HEAD[lang]), "| --- | --- |"]
    for scope in dict.fromkeys(action.scope for action in ACTIONS):
        entries = [
            " ".join(_code(key) for key in keymap.keys(action)) + f" {words(f'action.{action.name}')} _{action.name}_"
            for action in ACTIONS
            if action.scope == scope
        ]
        rows.append(f"| {words(f'help.{scope}.title')} (`{scope}`) | {' · '.join(entries)} |")
    return "\n".join(rows)


def with_table(text: str, lang: str) -> str:
    """Return a README with its key table as the register has it."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    assert rest
    assert after, "the README has lost the marks around its key table"
    return f"{before}{BEGIN}\n{table(lang)}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the tables with ``--write``; without it say which README is out of date."""
    stale = 0
    for lang, path in README.items():
        text = path.read_text(encoding="utf-8")
        new = with_table(text, lang)
        if text == new:
            continue
        stale += 1
        if "--write" in arguments:
            path.write_text(new, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {'written' if '--write' in arguments else 'out of date'}\n")
    return 0 if "--write" in arguments else min(stale, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
