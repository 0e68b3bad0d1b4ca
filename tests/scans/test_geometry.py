"""From recognised runs to level words: tilt, ink, rules, the way back to the picture, and sides of bubbles."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw

from tests.scans.scanner import saved
from tests.scans.screens import Said, chat, photo
from workbench.domain.case import DocumentKind
from workbench.domain.source import Box
from workbench.intake.detect import detect_kind
from workbench.readers import ocr
from workbench.readers.ocr import _cuts
from workbench.readers.scan.bubbles import side_of
from workbench.readers.scan.ink import by_ink
from workbench.readers.scan.level import tilt_of, turned
from workbench.readers.scan.page import once, scanned_page
from workbench.readers.scan.picture import turned_upright
from workbench.readers.scan.reading import with_commas
from workbench.readers.scan.rules import without_rules
from workbench.readers.scan.seen import Seen, seen

CENTRE = (400.0, 300.0)


def run(text: str, left: float, top: float, width: float, height: float = 24, tilt: float = 0.0) -> Seen:
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    a, b, c, d = (turned(corner, tilt, CENTRE) for corner in corners)
    return seen(text, (a, b, c, d), 0.9)


def lines(tilt: float) -> list[Seen]:
    return [run("一二三四五六", 60 + 170 * at, 80 + 36 * row, 120, tilt=tilt) for row in range(12) for at in range(4)]


@pytest.mark.parametrize("tilt", [-2.0, -0.7, -0.1, 0.0, 0.35, 0.7, 3.0])
def test_the_tilt_of_a_page_is_found(tilt: float) -> None:
    assert abs(tilt_of(lines(tilt)) - tilt) <= 0.1


def test_a_few_words_tell_no_tilt() -> None:
    assert tilt_of(lines(1.0)[:3]) == 0.0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_place_comes_back_to_the_picture(turn: int) -> None:
    page = scanned_page(1, [run("甲乙", 100, 50, 60)], (800, 600), 0.0, 0.5, turn)
    box = page.shown(Box(50, 25, 80, 37))
    wide, high = 400, 300
    assert (box.x0, box.top) == {
        0: (50, 25),
        90: (high - 37, 50),
        180: (wide - 80, high - 37),
        270: (25, wide - 80),
    }[turn]
    assert page.sureness(box) == 0.9


def test_ink_seen_twice_counts_once() -> None:
    whole, part = run("251374.99", 100, 50, 100), run("9", 185, 51, 14)
    assert [one.text for one in once([part, whole])] == ["251374.99"]


def test_a_stain_is_no_word() -> None:
    a, b, c, d = (10.0, 10.0), (20.0, 10.0), (20.0, 30.0), (10.0, 30.0)
    assert once([seen("L", (a, b, c, d), 0.4)]) == []
    assert len(once([seen("7", (a, b, c, d), 0.4)])) == 1


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("保证金人民币200.000元", "保证金人民币200,000元"),
        ("配资额1，500。000.00元", "配资额1,500,000.00元"),
        ("保证金12.5万元", "保证金12.5万元"),
        ("月利率1.500%", "月利率1.500%"),
        ("保证金为465.300元", "保证金为465,300元"),
        ("单价10.125元/股", "单价10.125元/股"),
        ("成交价9.875元", "成交价9.875元"),
        ("手续费0.098元", "手续费0.098元"),
    ],
)
def test_points_of_thousands_before_yuan(text: str, fixed: str) -> None:
    assert with_commas(text) == fixed


def drawn(blocks: Sequence[tuple[int, int]], *, light: bool = False) -> Image.Image:
    """Return a picture with letters as blocks of ink on row 100 to 116."""
    image = Image.new("L", (500, 200), 40 if light else 250)
    pen = ImageDraw.Draw(image)
    for left, right in blocks:
        for x in range(left, right, 4):
            pen.rectangle((x, 100, x + 1, 116), 240 if light else 20)
    return image


@pytest.mark.parametrize("light", [False, True])
def test_cells_recognised_as_one_run_are_cut_at_their_blank(light: bool) -> None:
    word = run("18.33300", 98, 96, 124)
    found = by_ink([word], drawn([(100, 170), (190, 220)], light=light))
    assert [one.text for one in found] == ["18.33", "300"]
    assert abs(found[0].spans[-1][1] - 170) <= 2
    assert abs(found[1].spans[0][0] - 190) <= 2


def test_a_blank_after_a_full_width_mark_parts_nothing() -> None:
    found = by_ink([run("户名：王明", 98, 96, 120)], drawn([(100, 148), (166, 216)]))
    assert [one.text for one in found] == ["户名：王明"]


def test_drawn_lines_go_and_letters_stay() -> None:
    image = drawn([(100, 170)])
    pen = ImageDraw.Draw(image)
    pen.line((180, 10, 180, 190), 120)
    pen.line((10, 130, 490, 130), 120)
    cleaned = without_rules(image, 40, 150)
    assert min(cleaned.crop((176, 10, 185, 190)).tobytes()) >= 240
    assert min(cleaned.crop((10, 126, 490, 135)).tobytes()) >= 240
    assert min(cleaned.crop((100, 100, 170, 117)).tobytes()) <= 30


def test_sides_of_bubbles_in_light_and_dark() -> None:
    for dark in (False, True):
        image = chat("客服", [Said("left", "请尽快补足保证金"), Said("right", "好的"), Said("time", "9:09")], dark=dark)
        left, right = Box(178, 245, 500, 285), Box(820, 390, 880, 430)
        assert side_of(left, image) == "left"
        assert side_of(right, image) == "right"
        assert side_of(Box(500, 545, 580, 580), image) == "centre"


def test_a_long_screenshot_is_cut_in_quiet_rows() -> None:
    image = Image.new("RGB", (600, 6000), "white")
    pen = ImageDraw.Draw(image)
    for top in range(20, 6000, 100):
        pen.rectangle((40, top, 560, top + 60), "black")
    edges = _cuts(image)
    assert edges[0] == 0
    assert edges[-1] == 6000
    assert len(edges) == 4
    assert all((edge - 20) % 100 >= 60 for edge in edges[1:-1])


def test_a_page_upside_down_is_turned() -> None:
    shown: list[Image.Image] = []

    def look(image: Image.Image) -> list[Seen]:
        shown.append(image)
        sure = 0.95 if len(shown) > 1 else 0.4
        a, b, c, d = (10, 10), (200, 10), (200, 30), (10, 30)
        return [seen("保证金转入一二三四五六七八", (a, b, c, d), sure)]

    turn, words = turned_upright(Image.new("RGB", (300, 200)), look)
    assert (turn, words[0].scores[0], len(shown)) == (180, 0.95, 2)


def test_without_the_extra_a_picture_is_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    image = chat("客服", [Said("time", "2025年3月14日 15:20"), Said("left", "请尽快补足保证金")])
    assert detect_kind(saved(image), "chat.png") is DocumentKind.EVIDENCE


@pytest.mark.skipif(not ocr.available(), reason="the extra `ocr` is not installed")
def test_a_photo_without_text_stays_evidence() -> None:
    assert detect_kind(saved(photo(), "JPEG", quality=80), "photo.jpg") is DocumentKind.EVIDENCE
    assert detect_kind(saved(chat("小李", [Said("left", "晚上一起吃饭吗"), Said("right", "好")])), "a.png") is (
        DocumentKind.EVIDENCE
    )
