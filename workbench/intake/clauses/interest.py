"""The interest rate: every figure in an interest sentence is weighed by the nearest period word, not by one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.money import plain
from workbench.intake import chinese
from workbench.intake.clauses.model import Deed, Found, Known, Sentence

_SUBJECT = re.compile(
    r"息|固定回报|收益率|固定收益|(?:资金|融资|借款|使用)成本|利率|年化|资金(?:使用|占用)费|"
    r"配资费|使用费率|综合费率|月利|日利|年利|费率"
)
_OTHER = re.compile(
    r"逾期|罚息|滞纳|违约|上浮|加收|佣金|手续费|管理费|服务费|分成|预警|平仓|警戒|止损|担保比例|"
    r"保证金的|亏损|印花|过户|基点|LPR|报价利率|"
    r"税率|单[只票]|赔偿|存款"
)
_OWN_WORD = re.compile(
    r"(?:年|月|日|融资|借款)?利率|[年月日]息|利息|[年月日]利(?!率)|资金(?:使用|占用)费|年化|配资费|"
    r"综合费率|收益率|固定收益|固定回报|(?:资金|融资|借款|使用)成本"
)
_PERIODS: tuple[tuple[str, str], ...] = (
    ("trading_day", r"每一?个?交易日|交易日|按交易日"),
    (
        "day",
        (
            r"每个?自然日|每一?日|每天|按[日天]|日(?:利率|息|利|费率|综合|化|使用|占用|计|收益|$)|(?:借款|融资|配资|"
            r"资金)日|/[日天]|逐日|天息"
        ),
    ),
    (
        "month",
        (
            r"每个?月|按月|月(?:利率|息|利|费率|综合|化|使用|占用|配资|资金|收益)|(?:借款|融资|配资|资金|综合)月|"
            r"/月|个月|月"
        ),
    ),
    ("year", r"每年|按年|年(?:利率|息|利|费率|综合|化|使用|占用|收益)|(?:借款|融资|配资|资金|综合)年|/年|年化"),
)
_PERIOD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PERIODS))
_AFTER = re.compile(
    r"^(?:的)?(?:\((?=年化|[年月日]\)))?(?:/|每|per)?(?P<word>个?交易日|个?自然日|月|日|天|"
    r"年)(?:化\))?(?![\d息利费率期限化])"
)
_AFTER_PERIOD = {"月": "month", "日": "day", "天": "day", "年": "year", "交易日": "trading_day", "自然日": "day"}
_DAY = re.compile(rf"{chinese.DAY}|\d{{1,2}}月\d{{1,2}}[日号]|\d{{4}}年\d{{1,2}}月")
_TRADING = re.compile(
    r"按(?:实际)?交易日(?:计|收|天数)|交易日计[收息]|非交易日(?:不计|免)|(?:周末|节假日|休市日?)[^,。"
    r";]{0,6}(?:不计|(?<!不)免|不收)|仅(?:按|在)?交易日"
)
_ONLY_TRADING = re.compile(r"计[费息](?:日|天数|方式|规则):(?:仅|按|只按)?(?:实际)?交易日|非交易日不计[息费]")
"""Said in a cell or clause of its own."""
_FEN = re.compile(
    rf"(?P<unit>[年月日])?(?:利率|利息|息|利)(?:为|是|按|:|即|率为)?(?P<fen>{chinese.NUMBER})"
    rf"分(?P<half>半)?(?!之|钟|别|配|成|期|红|级|数|析)(?:(?P<li>{chinese.NUMBER})厘?)?"
    rf"|(?P<unit2>[年月日])?(?:利率|利息|息|利)(?:为|是|按|:|"
    rf"即)?(?P<li2>{chinese.NUMBER})厘(?P<hao>{chinese.NUMBER})?"
    rf"|(?P<fen3>{chinese.NUMBER})分(?:利|息)|(?P<li4>{chinese.NUMBER})厘(?:利|息)"
    rf"?/?(?P<unit4>[月日天年])|(?P<fen5>{chinese.NUMBER})分/(?P<unit5>[月日天年])"
)
_CHARGED = r"(?:的)?(?:利息|息|费用)?(?:收取|支付|计收|收|计|付)?(?:利息|费用)?(?:为|是|:)?"
_PER_TEN_THOUSAND = re.compile(
    rf"(?:每(?:一)?万元?(?:配资|借款|资金)?(?:每个?|/)?(?P<word>交易日|[天日月年])|"
    rf"每个?(?P<word2>交易日|[天日月年])[^,。;\d]{{0,4}}每万元?)"
    rf"{_CHARGED}(?P<n>{chinese.NUMBER})元"
)
_FIXED_SUM = re.compile(
    rf"(?:利息|资金使用费|使用费|配资费)[^,。;\d]{{0,8}}每个?(?P<word>交易日|"
    rf"[天日月])(?:固定)?{_CHARGED}(?:人民币)?(?P<n>{chinese.ARABIC})元"
    rf"|(?:利息|资金使用费|使用费|配资费)(?:为|:)(?:人民币)?(?P<n2>{chinese.ARABIC})元/(?P<word2>交易日|[天日月])"
)
"""A fixed sum per period; with the principal it makes a rate."""
_FORMULA = re.compile(rf"[×*](?P<rate>{chinese.RATE})[×*][^,。;]{{0,10}}(?:天数|日数)(?:÷|/)36[05]")
"""A rate in a formula that divides by the days of a year is a yearly one."""
_EXACT = Decimal("0.00000001")
_ONE_FEN = {"year": Decimal("0.1"), "month": Decimal("0.01"), "day": Decimal("0.001")}
"""What one 分 means by period: a tenth a year, a hundredth a month, a thousandth a day; 厘 is a tenth of it."""
_MOST = {"year": Decimal(5), "month": Decimal(1), "day": Decimal("0.1"), "trading_day": Decimal("0.1")}
_FIXED = re.compile(
    r"\(固定(?:利率)?\)|固定(?:年|月|日)?(?:利率|化|收益率)|利率(?:为)?固定|固定不变|(?:期间|期内|期限内)固定|"
    r"执行固定|(?:期限内|合同期内)(?:利率)?不(?:作|做)"
    r"?调整"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A rate as quoted: fraction per period."""

    value: Decimal
    period: str
    sentence: Sentence
    rank: int


def interest(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield rate and period, and whether the contract calls the rate fixed; nothing for a floating rate."""
    if "rate_spread_bp" in known:
        return
    best = best_quote(deed) or _from_sum(deed, known)
    if best is None:
        return
    yield Found("rate", plain(best.value), best.sentence)
    period = best.period
    if period == "day" and any(_ONLY_TRADING.search(sentence.text) for sentence in deed.sentences()):
        period = "trading_day"
    yield Found("rate_period", period, best.sentence)
    for sentence in deed.sentences():
        if _FIXED.search(sentence.text) and _SUBJECT.search(sentence.text):
            yield Found("rate_type", "fixed", sentence)


def best_quote(deed: Deed) -> Quote | None:
    """Return the quote that the rest is measured by: the most plainly worded, then the first."""
    return min(quotes(deed), key=lambda quote: quote.rank, default=None)


def quotes(deed: Deed) -> tuple[Quote, ...]:
    """Return every interest rate that the contract quotes, in order of print."""
    found: list[Quote] = []
    for sentence in deed.sentences():
        formula = _FORMULA.search(sentence.text)
        value = chinese.fraction(formula["rate"]) if formula and not _OTHER.search(sentence.text) else None
        if value and "月" not in sentence.text:
            found.append(Quote(value, "year", sentence, 1))
    for sentence in deed.sentences():
        if _SUBJECT.search(sentence.text):
            found.extend(_percent_quotes(sentence))
            found.extend(_fen_quotes(sentence))
            found.extend(_yuan_quotes(sentence))
    return tuple(quote for quote in found if Decimal(0) < quote.value <= _MOST[quote.period])


def _percent_quotes(sentence: Sentence) -> Iterator[Quote]:
    text = sentence.text
    for match in re.finditer(chinese.RATE, text):
        value = chinese.fraction(match.group())
        if value is None or _belongs_elsewhere(text, match.start(), match.end()):
            continue
        period, rank = _period_of(sentence, match.start(), match.end())
        if period:
            own = _OWN_WORD.search(text[: match.end() + 12])
            yield Quote(value, period, sentence, rank if own else rank + 2)


def _belongs_elsewhere(text: str, start: int, stop: int) -> bool:
    """Tell whether a figure is of a late fee, commission, line or the like rather than of the interest."""
    head = max(text.rfind(mark, 0, start) for mark in ",:")
    tail = min((at for at in (text.find(",", stop), text.find(";", stop)) if at >= 0), default=len(text))
    if _OTHER.search(text[head + 1 : tail]):
        return True
    before = text[:start]
    others = list(_OTHER.finditer(before))
    if not others:
        return False
    own = list(_OWN_WORD.finditer(before))
    return not own or own[-1].start() < others[-1].start()


def _period_of(sentence: Sentence, start: int, stop: int) -> tuple[str | None, int]:
    """Return the period a figure is quoted for and how plainly (0 best)."""
    text = _DAY.sub(lambda found: " " * len(found.group()), sentence.text)
    after = _AFTER.match(text[stop:])
    if after:
        word = after["word"].lstrip("个")
        return _day_kind(_AFTER_PERIOD[word], sentence), 0
    last = None
    for match in _PERIOD.finditer(text[:start]):
        last = match
    if last is None or last.lastgroup is None:
        follow = re.match(r"^[^,。;]{0,4}(?:按|每个?|逐)(月|日|天|年|交易日)", text[stop:])
        return (_day_kind(_AFTER_PERIOD[follow[1]], sentence), 2) if follow else (None, 9)
    between = text[last.end() : start]
    rank = 0 if "," not in between else 1
    return _day_kind(last.lastgroup, sentence), rank


def _day_kind(period: str, sentence: Sentence) -> str:
    """Return ``trading_day`` for a daily rate that the clause charges on trading days only."""
    return "trading_day" if period == "day" and _TRADING.search(sentence.passage.text) else period


def _fen_quotes(sentence: Sentence) -> Iterator[Quote]:
    for match in _FEN.finditer(sentence.text):
        parts = match.groupdict()
        unit = parts["unit"] or parts["unit2"] or parts["unit4"] or parts["unit5"] or "月"
        period = _AFTER_PERIOD[unit]
        if _belongs_elsewhere(sentence.text, match.start(), match.end()):
            continue
        fen = _value(parts["fen"] or parts["fen3"] or parts["fen5"])
        li = _value(parts["li"] or parts["li2"] or parts["li4"])
        hao = _value(parts["hao"])
        half = Decimal("0.5") if parts["half"] else Decimal(0)
        value = (fen + half + li / 10 + hao / 100) * _ONE_FEN[period]
        yield Quote(value, _day_kind(period, sentence), sentence, 0)


def _yuan_quotes(sentence: Sentence) -> Iterator[Quote]:
    """Yield ``每万元每天利息12元`` as a fraction."""
    for match in _PER_TEN_THOUSAND.finditer(sentence.text):
        count = chinese.number(match["n"])
        if count and not _belongs_elsewhere(sentence.text, match.start(), match.end()):
            word = match["word"] or match["word2"]
            yield Quote(count / 10000, _day_kind(_AFTER_PERIOD[word], sentence), sentence, 1)


def _from_sum(deed: Deed, known: Known) -> Quote | None:
    """Return the rate that a fixed sum per period makes of the principal, where it comes out even."""
    principal = Decimal(str(known["financing"].value)) if "financing" in known else None
    for sentence in deed.sentences():
        match = _FIXED_SUM.search(sentence.text)
        count = chinese.number(match["n"] or match["n2"]) if match else None
        if not match or not principal or not count or _OTHER.search(sentence.text):
            continue
        rate = (count / principal).normalize()
        if rate == rate.quantize(_EXACT):
            return Quote(rate, _day_kind(_AFTER_PERIOD[match["word"] or match["word2"]], sentence), sentence, 3)
    return None


def _value(text: str | None) -> Decimal:
    return (chinese.number(text) or Decimal(0)) if text else Decimal(0)
