"""From a sentence back to its place in the file: page, box and the words as printed."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.domain.source import Box, Source
from workbench.intake.clauses.model import Deed, Sentence
from workbench.readers.model import TextLine

_LONGEST = 240
"""Characters quoted at most; a clause without a full stop may run over pages."""


def source_of(deed: Deed, sentence: Sentence) -> Source:
    """Return the sentence's page, box (union of its words' boxes on that page), line and quotation."""
    spans = _spans(sentence)
    first = deed.lines[spans[0][0]]
    boxes = [
        box
        for at, start, stop in spans
        if deed.lines[at].page == first.page
        for box in _boxes(deed.lines[at], start, stop)
    ]
    whole = boxes[0] if boxes else None
    for box in boxes[1:]:
        whole = whole.union(box) if whole else box
    quoted = "".join(deed.lines[at].text[start:stop].strip() for at, start, stop in spans).strip()
    row = None if first.page is not None else first.number
    return Source(deed.sha256, deed.file, first.page, row, whole, quoted[:_LONGEST])


def _spans(sentence: Sentence) -> list[tuple[int, int, int]]:
    """Return (line, first character, end) for each line the sentence touches, in order."""
    spans: dict[int, tuple[int, int]] = {}
    for line, at in sentence.passage.origins[sentence.start : sentence.stop]:
        start, stop = spans.get(line, (at, at + 1))
        spans[line] = (min(start, at), max(stop, at + 1))
    return [(line, start, stop) for line, (start, stop) in spans.items()]


def _boxes(line: TextLine, start: int, stop: int) -> Iterator[Box]:
    """Yield the boxes of the words that overlap these characters, or the line's own box."""
    cursor, hit = 0, False
    for word in line.words:
        at = line.text.find(word.text, cursor)
        if at < 0:
            continue
        cursor = at + len(word.text)
        if at < stop and cursor > start:
            hit = True
            yield word.box
    if not hit and line.box is not None:
        yield line.box
