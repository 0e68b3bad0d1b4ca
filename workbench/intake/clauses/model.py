"""What the clause rules work on and what they return: passages of running text and values found in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from workbench.domain.terms import TermValue
from workbench.readers.model import TextLine

LONGEST = 800
"""Characters of a sentence at most: no real one is longer, and matching time grows with the square."""
_STOP = re.compile(r"[。;!?]")


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered clause (or line of a form) in normal form: wrapped lines joined, spaced-out letters closed."""

    text: str
    origins: tuple[tuple[int, int], ...]
    """For each character of ``text`` the index of its line in the deed and its position in that line."""
    heading: str = ""
    """The article's title above it, for example ``逾期与违约``."""
    order: int = 0

    def sentences(self) -> Iterator[Sentence]:
        """Yield the parts between full stops, semicolons and line ends, with their offsets."""
        start = 0
        for stop in [*(match.end() for match in _STOP.finditer(self.text)), len(self.text)]:
            for part in range(start, stop, LONGEST):
                end = min(stop, part + LONGEST)
                if self.text[part:end].strip():
                    yield Sentence(self, part, end)
            start = stop


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of a passage; ``start`` is included, ``stop`` is not."""

    passage: Passage
    start: int
    stop: int

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.passage.text[self.start : self.stop]

    @property
    def context(self) -> str:
        """The article's title and the sentence: where a word decides what a figure belongs to."""
        return f"{self.passage.heading} {self.text}"


@dataclass(frozen=True, slots=True)
class Found:
    """A value read from a clause; of several for one key the lowest ``rank`` wins, then the first in the text."""

    key: str
    value: TermValue
    sentence: Sentence
    rank: int = 0
    unit: str | None = None


Known = Mapping[str, Found]
"""What earlier rules settled, by key."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A contract as passages, with what is known of its parties."""

    sha256: str
    file: str
    lines: tuple[TextLine, ...]
    passages: tuple[Passage, ...]
    roles: Mapping[str, str] = field(default_factory=dict)
    """``甲方`` -> ``client``, ``financier`` or ``platform``, as far as the text tells."""

    def sentences(self) -> Iterator[Sentence]:
        """Yield all sentences in order."""
        for passage in self.passages:
            yield from passage.sentences()


Extractor = Callable[[Deed, Known], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording that by itself fixes a choice: where ``pattern`` stands, ``key`` is ``value``."""

    key: str
    value: TermValue
    pattern: str
    needs: str = ""
    """Must also stand in the sentence or in the article's title."""
    never: str = ""
    """Must not stand in the sentence."""
    rank: int = 0

    def holds(self, sentence: Sentence) -> bool:
        """Tell whether the sentence says this."""
        return bool(
            re.search(self.pattern, sentence.text)
            and (not self.needs or re.search(self.needs, sentence.context))
            and (not self.never or not re.search(self.never, sentence.text))
        )


def phrases_found(phrases: tuple[Phrase, ...], deed: Deed) -> Iterator[Found]:
    """Yield the value of every phrase that a sentence of the deed says."""
    for sentence in deed.sentences():
        for phrase in phrases:
            if phrase.holds(sentence):
                yield Found(phrase.key, phrase.value, sentence, phrase.rank)
