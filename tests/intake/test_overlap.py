"""Many statements of one account become one ledger, each posting where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from workbench.domain.lines import Line, LineKind, Statement
from workbench.domain.source import Source
from workbench.intake.overlap import merge_statements


def posting(name: str, day: int, amount: int = 1) -> Line:
    return Line(
        id=name, source=Source("0" * 64, "a.csv"), date=date(2021, 3, day), kind=LineKind.BUY, stated=Decimal(amount)
    )


def statement(*lines: Line) -> Statement:
    return Statement("0" * 64, "a.csv", "headers", lines)


def merged(*statements: Sequence[Line]) -> str:
    return " ".join(line.id for line in merge_statements([statement(*lines) for lines in statements]))


def test_files_without_a_common_day_follow_one_another_whatever_their_order() -> None:
    first, second, third = [posting("a", 1), posting("b", 2)], [posting("c", 3)], [posting("d", 4), posting("e", 5)]

    assert merged(third, first, second) == "a b c d e"


def test_a_posting_that_two_files_print_stands_once_and_equal_fills_of_one_file_all_stand() -> None:
    first = [posting("a", 1), posting("b", 2, 5), posting("c", 2, 5)]
    second = [posting("d", 2, 5), posting("e", 2, 5), posting("f", 2, 5), posting("g", 3)]

    assert merged(first, second) == "a b c f g"


def test_a_row_of_another_file_goes_behind_the_last_posting_up_to_its_day_where_days_are_out_of_order() -> None:
    ledger = [posting("a", 1), posting("b", 6), posting("c", 3), posting("d", 8)]

    assert merged(ledger, [posting("e", 4, 2)]) == "a b c e d"
    assert merged(ledger, [posting("f", 6, 2)]) == "a b c f d"
    assert merged(ledger, [posting("g", 9, 2)]) == "a b c d g"
