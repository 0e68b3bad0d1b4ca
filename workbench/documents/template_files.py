"""Templates as files: a Jinja body beside a TOML of facts; a person's own copies come first.

A template folder holds ``NAME.toml`` with ``NAME.md.j2``, ``fields.toml`` (facts that letters ask for), ``laws.toml``
(full titles of laws), ``channels.toml`` (where a case can be taken) and ``styles/*.typ`` (page layouts). Every file is
looked up in the folders in their order.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.domain.case import CaseKind
from workbench.errors import NotFoundError, RenderError

NOT_TEMPLATES = frozenset({"fields", "laws", "channels"})
KINDS = tuple(kind.value for kind in CaseKind)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A fact that a letter asks for."""

    key: str
    label_zh: str
    label_en: str
    required: bool = True
    fill: str = ""
    """Where the case can fill it: ``term:KEY``, ``case:name``, ``case:today``; empty: only the person knows."""
    default: str = ""
    """Text used where nobody filled it; empty: a visible blank."""
    kind: str = "text"
    """``text`` or ``amount``: an amount is the person's own figure (an offer), bound to this field."""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """What the TOML says about a template, and where its body is looked up."""

    id: str
    titles: Mapping[str, Mapping[str, str]]
    """``zh``/``en`` title under ``all`` or under the kind of case."""
    recipients: Mapping[str, Mapping[str, str]]
    kinds: tuple[str, ...]
    step: int | None
    lang: str
    style: str
    body: str
    statutes: Mapping[str, tuple[str, ...]]
    """Keys of the articles it rests on, under ``all`` or under the kind of case."""
    fields: tuple[FieldSpec, ...]
    words: Mapping[str, str]
    """Fixed wording that the body prints, so that one body serves two languages."""
    folders: tuple[Path, ...]

    @property
    def is_letter(self) -> bool:
        """True for letters, which say behind the signature where their amounts come from."""
        return self.style in ("letter", "form")

    @property
    def is_book(self) -> bool:
        """True where the files themselves are bound behind the document."""
        return self.style == "book"

    def title(self, lang: str, kind: str | None = None) -> str:
        """Return the title for a kind of case."""
        return _by_kind(self.titles, kind).get(lang, self.id)

    def recipient(self, lang: str, kind: str | None = None) -> str:
        """Return whom the document is for; empty for a paper of one's own."""
        return _by_kind(self.recipients, kind).get(lang, "")

    def basis(self, kind: str) -> tuple[str, ...]:
        """Return the keys of the articles it rests on in a case of this kind."""
        return self.statutes.get("all", ()) + self.statutes.get(kind, ())


def list_templates(folders: Sequence[Path]) -> tuple[TemplateFile, ...]:
    """Return every template, the first folder winning, in the order of their steps.

    Raises:
        RenderError: a template's TOML cannot be read.
    """
    names = {path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.toml")} - NOT_TEMPLATES
    loaded = (load_template(folders, name) for name in names)
    return tuple(sorted(loaded, key=lambda template: (template.step or 0, template.id)))


def load_template(folders: Sequence[Path], template_id: str) -> TemplateFile:
    """Read one template's facts; the body is read when it is rendered.

    Raises:
        NotFoundError: no folder has a template of this name.
        RenderError: its TOML cannot be read or names an unknown field.
    """
    path = find(folders, f"{template_id}.toml") if template_id not in NOT_TEMPLATES else None
    if path is None or "/" in template_id or "\\" in template_id:
        known = ", ".join(sorted({p.stem for f in folders if f.is_dir() for p in f.glob("*.toml")} - NOT_TEMPLATES))
        raise NotFoundError(
            f"there is no template {template_id!r}",
            next_step=f"Choose one of: {known}.",
            what_zh=f"没有名为 {template_id} 的模板",
            next_step_zh=f"可用模板：{known}。",
        )
    facts = read_toml(path)
    try:
        return _template(template_id, facts, _registry(folders), tuple(folders))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(path, f"missing or wrong entry {error}") from error


def find(folders: Sequence[Path], name: str) -> Path | None:
    """Return the first file of this name, or None."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        RenderError: it is not readable TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _broken(path, str(error)) from error


def _broken(path: Path, why: str) -> RenderError:
    return RenderError(
        f"the template's facts cannot be used: {why}",
        where=path.name,
        next_step="Correct the file, or delete your own copy to get the packaged one back.",
        what_zh=f"模板说明文件有误：{why}",
        next_step_zh="请改正该文件，或删除自己的副本以恢复自带模板。",
    )


def _registry(folders: Sequence[Path]) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    for folder in reversed(folders):
        path = folder / "fields.toml"
        if path.is_file():
            known.update(read_toml(path))
    return known


def _template(
    name: str, facts: dict[str, Any], known: dict[str, dict[str, Any]], folders: tuple[Path, ...]
) -> TemplateFile:
    own = {str(key): dict(entry) for key, entry in facts.get("field", {}).items()}
    keys = [(key, True) for key in facts.get("required", [])] + [(key, False) for key in facts.get("optional", [])]
    return TemplateFile(
        id=name,
        titles=_texts(facts["title"]),
        recipients=_texts(facts.get("recipient", {})),
        kinds=tuple(facts.get("kinds", KINDS)),
        step=facts.get("step"),
        lang=facts.get("lang", "zh"),
        style=facts.get("style", "letter"),
        body=facts.get("body", f"{name}.md.j2"),
        statutes={key: tuple(articles) for key, articles in facts.get("statutes", {}).items()},
        fields=tuple(_field(key, {**known, **own}[key], required) for key, required in keys),
        words={str(key): str(text) for key, text in facts.get("words", {}).items()},
        folders=folders,
    )


def _field(key: str, entry: dict[str, Any], required: bool) -> FieldSpec:
    return FieldSpec(
        key=key,
        label_zh=entry["zh"],
        label_en=entry["en"],
        required=required,
        fill=entry.get("fill", ""),
        default=entry.get("default", ""),
        kind=entry.get("kind", "text"),
        choices=tuple(entry.get("choices", ())),
    )


def _texts(entry: dict[str, Any]) -> dict[str, dict[str, str]]:
    plain = {key: text for key, text in entry.items() if isinstance(text, str)}
    return {"all": plain} | {key: {**plain, **text} for key, text in entry.items() if isinstance(text, dict)}


def _by_kind(texts: Mapping[str, Mapping[str, str]], kind: str | None) -> Mapping[str, str]:
    return texts.get(kind or "all", texts.get("all", {}))
