"""Markdown with marks in, a tree of blocks out; the values go in here, as text.

Only what letters need is read: headings, paragraphs, lists, quotations, tables, emphasis. A fenced block is a box:
its first word says how it looks (``note``, ``right``, ``center``, ``plain``, ``keep``, ``small``, ``sheet``,
``cover``, ``newpage``) and its content is Markdown again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from workbench.documents.blocks import (
    Block,
    Box,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
    text_of,
)
from workbench.documents.environment import MARK, Value
from workbench.documents.proof import Piece, piece, prove
from workbench.errors import RenderError

BOXES = frozenset({"note", "right", "center", "plain", "keep", "small", "quote", "sheet", "cover"})
NARROWEST, WIDEST = 6, 34
"""Bounds of a column that a template draws, in characters."""
_RULES = ("paragraph", "heading", "list", "blockquote", "fence", "table", "emphasis", "backticks", "newline", "escape")


def parser() -> MarkdownIt:
    """Return the Markdown reader: no HTML, no links, no pictures."""
    return MarkdownIt("zero", {"html": False}).enable(list(_RULES))


@dataclass(frozen=True, slots=True)
class Composer:
    """Turns one filled template into blocks."""

    values: Sequence[Value]
    known: frozenset[Decimal]
    """Sizes of all amounts of the audit, for what a person typed."""
    join: str = ""
    """What a line break inside a paragraph of the template becomes: nothing in Chinese, a space in English."""

    def blocks(self, markdown: str) -> tuple[Block, ...]:
        """Return the document's blocks.

        Raises:
            RenderError: an amount bound to nothing, an unknown box, or markup that did not close.
        """
        root = SyntaxTreeNode(parser().parse(markdown))
        return tuple(block for node in root.children for block in self._block(node))

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        if node.type == "heading":
            yield Heading(int(node.tag[1:]), self._runs(node.children[0]))
        elif node.type == "paragraph":
            yield self._paragraph(node.children[0])
        elif node.type in ("bullet_list", "ordered_list"):
            items = tuple(tuple(b for child in item.children for b in self._block(child)) for item in node.children)
            yield Items(items, int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None)
        elif node.type == "blockquote":
            yield Box("quote", tuple(block for child in node.children for block in self._block(child)))
        elif node.type == "table":
            yield self._table(node)
        elif node.type == "fence":
            yield self._box(node)
        else:
            raise _odd(f"a {node.type} has no form on paper")

    def _box(self, node: SyntaxTreeNode) -> Block:
        look = node.info.strip()
        if look == "newpage":
            return PageBreak()
        if look not in BOXES:
            raise _odd(f"there is no box {look!r}")
        return Box(look, self.blocks(node.content))

    def _paragraph(self, inline: SyntaxTreeNode) -> Block:
        whole = MARK.fullmatch(inline.content.strip())
        value = self.values[int(whole.group(1))] if whole else None
        if isinstance(value, Table | Picture | Box):
            return value
        return Paragraph(self._runs(inline))

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = [row.children for section in node.children for row in section.children]
        cells = [tuple(self._runs(cell.children[0]) for cell in row) for row in rows]
        align = tuple(str(cell.attrs.get("style", "")).removeprefix("text-align:") or "left" for cell in rows[0])
        columns = zip(*cells, strict=True)
        widths = tuple(
            float(min(WIDEST, max(NARROWEST, *(len(text_of(cell)) for cell in column)))) for column in columns
        )
        return Table(cells[0], tuple(cells[1:]), align, widths)

    def _runs(self, inline: SyntaxTreeNode) -> Runs:
        pieces: list[Piece] = []
        runs = tuple(run for child in inline.children for run in self._inline(child, Run(""), pieces))
        prove(pieces, self.known)
        return tuple(run for run in runs if run.text)

    def _inline(self, node: SyntaxTreeNode, style: Run, pieces: list[Piece]) -> Iterator[Run]:
        if node.type in ("strong", "em"):
            inner = Run("", style.bold or node.type == "strong", style.italic or node.type == "em", style.code)
            for child in node.children:
                yield from self._inline(child, inner, pieces)
        elif node.type in ("softbreak", "hardbreak"):
            yield Run("\n" if node.type == "hardbreak" else self.join, style.bold, style.italic, style.code)
        else:
            code = style.code or node.type == "code_inline"
            for one in self._pieces(node.content):
                pieces.append(one)
                yield Run(one.text, style.bold, style.italic, code, one.amount)

    def _pieces(self, content: str) -> Iterator[Piece]:
        if "**" in content:
            raise _odd(f"** without its partner near {MARK.sub('…', content)[:40]!r}")
        for index, part in enumerate(MARK.split(content)):
            if index % 2 == 0:
                if part:
                    yield Piece(part, "literal")
                continue
            value = self.values[int(part)]
            if not isinstance(value, str):
                raise _odd("a table or picture stands inside a paragraph; give it a line of its own")
            yield piece(value)


def _odd(why: str) -> RenderError:
    return RenderError(
        f"the template's Markdown cannot be set: {why}",
        next_step="Correct the template, or delete your own copy to get the packaged one back.",
        what_zh=f"模板的 Markdown 无法排版：{why}",
        next_step_zh="请改正模板，或删除自己的副本以恢复自带模板。",
    )
