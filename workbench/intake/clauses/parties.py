"""Who signed: number, day, client, financier, platform and account, whichever side is called 甲方."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbench.intake import chinese
from workbench.intake.clauses import party_forms
from workbench.intake.clauses.model import Deed, Found, Known, Passage, Sentence

_FINANCIER = (
    "出借方|出借人|出借用户|出借单位|拆出[方人]|借出[方人]|配资方|配资人|配资公司|出资方|出资人|"
    "资金方|(?<![用融])资方|投资方|贷款人|贷款方|"
    "放款方|放款人|融出方|证券公司|券商|"
    "资金提供方|资金提供人|提供方|优先级|优先资金方|债权人|委托资金方"
)
_CLIENT = (
    "用资方|用资人|用款[人方]|借款方|借款人|借款单位|借款用户|借入方|借入人|借入单位|拆入[方人]|客户|"
    "投资者|操盘方|操盘人|操盘手|交易员|融资方|融资人|"
    "资金使用方|资金使用人|"
    "使用方|使用人|申请人|劣后级|劣后方|债务人|合作操盘人|会员|受托操作人|融入方"
)
_PLATFORM = "居间平台|居间方|居间人|平台方|平台|服务方|服务商|中介方|中介|信息服务方|技术服务方|监管方|撮合方|管理方"
_ROLE_WORDS: tuple[tuple[str, str], ...] = (
    ("client", "劣后"),
    ("financier", _FINANCIER),
    ("platform", _PLATFORM),
    ("client", _CLIENT),
    ("financier", r"^\(?(?:出资|配资|出借)\)?$"),
    ("client", r"^\(?(?:用资|借款|操盘|操作)\)?$"),
)
"""First match wins: who lends is the lender even where it also keeps the platform."""
_ANY_ROLE = f"{_PLATFORM}|{_FINANCIER}|{_CLIENT}"
_SEAL = (
    r"(?:\((?:盖章|签字|签章|签名|公章|签字或盖章|签字盖章|签名盖章|盖章或签字|签字/盖章|签字、盖章|"
    r"签字并捺印|签字捺印)\))"
)
_LABELLED = re.compile(
    rf"(?P<party>[甲乙丙丁]方)?(?P<role>(?:\((?:[^()]{{0,12}}?)(?:{_ANY_ROLE})(?:[^()]{{0,8}})\))|(?:{_ANY_ROLE}))?"
    r"(?P<other>(?<=方)\((?![甲乙丙丁]方)[^()]{2,16}\))?"
    rf"(?:\((?P<beside>[甲乙丙丁]方)\))?{_SEAL}?(?:名称|姓名|全称|签字|盖章|签章)?(?:\([甲乙丙丁]方\))?{_SEAL}?:"
    rf"(?P<name>(?:(?![甲乙丙丁]方[(:]|(?:{_ANY_ROLE})(?:\([^()]*\))?:)[^:。;])*)"
)
_DEFINED = re.compile(
    rf"(?P<role>{_ANY_ROLE})?[:\s]?(?P<name>[\u4e00-\u9fffA-Za-z·][\u4e00-\u9fffA-Za-z·()]{{1,39}}?)"
    r"\((?:以下|下)?(?:简称|称|"
    r"称为|简称为)(?:[“\"'「]?)(?P<party>[甲乙丙丁]方)"
)
_NAME_END = re.compile(
    r"\s|[,。;:|]|\(?(?:以下|下称|简称|盖章|签字|签章|身份证|证件|信用(?:资金|证券)?账|资金账|证券账|信用账|股东账|"
    r"客户号|性别|国籍|通讯|邮编|住所|住址|地址|联系|电话|手机|"
    r"法定代表|法人|负责人|统一社会|营业执照|"
    r"授权代表|委托代理|开户|账号|账户|日期|签[订署约]|甲方|乙方|丙方|丁方|合同|编号|_)"
)
_NAME = re.compile(r"^[\u4e00-\u9fffA-Za-z0-9·()]{2,40}$")
_NOT_NAME = re.compile(
    r"(?:应[当按于在将]|必须|有权|承诺|保证|同意|不得|确认|负责|提供|的|了|义务|权利|姓名|名称|____)"
)
_COMPANY = re.compile(r"(?:公司|合伙|中心|企业|集团|银行|平台|工作室|事务所)")

_ACTS: tuple[tuple[str, str], ...] = (
    (
        (
            r"(?<!向)(?P<party>[甲乙丙]方)(?:同意|自愿|应|将|以|负责)?(?:[^,。;]{0,12})?向[甲乙丙]方(?:提供|出借|"
            r"发放|划拨|支付|融出|拨付)[^,。;]{0,8}(?:配资|借款|资金|融资)"
        ),
        "financier",
    ),
    (
        (
            r"(?<!向)(?P<party>[甲乙丙]方)(?:[^,。;]{0,10})?(?:缴存|缴纳|交纳|支付|交付|存入|提供|交存)[^,。;]{0,"
            r"10}保证金"
        ),
        "client",
    ),
    (
        r"(?<!向)(?P<party>[甲乙丙]方)(?:[^,。;]{0,14})?向[甲乙丙]方(?:借|申请(?:借款|配资|融资)|支付利息|借用)",
        "client",
    ),
    (r"(?<!向)(?P<party>[甲乙丙]方)有权(?:[^,。;]{0,14})?(?:强制平仓|强行平仓|平仓)", "financier"),
    (r"(?<!向)(?P<party>[甲乙丙]方)(?:作为)?(?:居间|提供(?:信息|技术|居间|撮合))", "platform"),
)

_NUMBER_LABEL = re.compile(
    r"(?:(?:合同|协议|协议书|借款合同|借款|合约|委托|业务|确认书|借据|方案)(?:书)?(?:编号|编码|"
    r"序号|号码|流水号|号)|(?:确认)?单号|^编号|^合同号|"
    r"\(?编号|\bNO\.?|\bNo\.?)\)?\s*[:.]?\s*"
    r"(?P<value>[0-9A-Za-z(〔\[\u4e00-\u9fff][0-9A-Za-z\-_/().〔〕\[\]\u4e00-\u9fff]{2,39})"
)
_HEAD = 12
"""Passages in which the contract's own number stands."""
_NUMBER_END = re.compile(r"[签立][订署约]|甲方|乙方|[\u4e00-\u9fff]{0,2}日期|订立|合同名称|借款|\s")
_SIGNED_LABEL = re.compile(
    r"(?:签[订署约](?:日期|时间|日|(?=:))|订立(?:日期|时间)|合同(?:签订)?日期|(?<!到期)(?<!还款)(?<!放款)"
    r"(?<!借款)(?<!起止)(?<!使用)(?<!合作)(?<!生效)(?<!起始)(?<!终止)(?<!付息)(?<!结息)(?<!开始)(?<!截止)(?<!出借)日期)[^,。;\d]"
    r"{0,4}?[:为]"
    rf"?\s*(?P<day>{chinese.DAY})"
)
_SIGNED_TEXT = re.compile(
    rf"(?:于|在)?(?P<day>{chinese.DAY})(?:[^,。;]{{0,16}})?(?:签订|签署|订立|签约|签字|"
    rf"签名)(?!了?的?[^,。;]{{0,16}}《)"
)
_SIGNED_AFTER = re.compile(rf"(?:签订|签署|订立|签约)(?:于|日:)[^,。;\d]{{0,10}}(?P<day>{chinese.DAY})")
_BARE_DAY = re.compile(rf"^(?P<day>{chinese.DAY})$")
_ACCOUNT = re.compile(
    r"(?P<label>(?:信用|证券|股票)?资金账[户号](?:号码|编号)?|(?:交易|操盘|证券|股票|信用|客户|登录|"
    r"子)?(?:账|帐)[户号](?:号码|编号|号)?|客户号)"
    r"(?:名称)?(?:\([^()]{0,12}\))?\s*[:为是]*\s*[“\"]?(?P<value>[0-9A-Za-z](?:[0-9A-Za-z*\-]| (?=\d)){4,28})"
)
_BANK = re.compile(r"银行|开户行|收款|卡号|支付宝|微信|户名|汇入|转入|打款|身份证|指定账户")


def find_roles(passages: tuple[Passage, ...]) -> Mapping[str, str]:
    """Return which role 甲方, 乙方 and 丙方 play: by the words beside them, else by what the clauses make them do."""
    roles: dict[str, str] = {}
    for passage in passages:
        for match in _LABELLED.finditer(passage.text):
            party, role = (
                match["party"] or match["beside"],
                role_of(match["role"] or match["other"] or _after(match["name"])),
            )
            if party and role:
                roles.setdefault(party, role)
        roles = _mentioned_roles(passage) | roles
        for match in _DEFINED.finditer(passage.text):
            role = role_of(match["role"] or match["name"])
            if role:
                roles.setdefault(match["party"], role)
    for passage in passages:
        for pattern, role in _ACTS:
            for match in re.finditer(pattern, passage.text):
                if role not in roles.values():
                    roles.setdefault(match["party"], role)
    _complete(roles, passages)
    return roles


def _mentioned_roles(passage: Passage) -> dict[str, str]:
    pairs = ((mention.party, role_of(mention.role)) for mention in party_forms.mentions(passage))
    return {party: role for party, role in pairs if party and role}


def _complete(roles: dict[str, str], passages: tuple[Passage, ...]) -> None:
    """Give the last unnamed party of two the role that is left; of two unnamed ones the company lends."""
    named = {
        match["party"]: match["name"]
        for passage in passages
        for match in _LABELLED.finditer(passage.text)
        if match["party"]
    }
    open_parties = [party for party in named if party not in roles]
    missing = [role for role in ("financier", "client") if role not in roles.values()]
    if len(open_parties) == len(missing) == 1:
        roles[open_parties[0]] = missing[0]
    elif len(open_parties) == len(missing):
        companies = [party for party in open_parties if _COMPANY.search(named[party])]
        if len(companies) == 1:
            roles.update({party: "financier" if party in companies else "client" for party in open_parties})


def _after(name: str) -> str:
    """Return a designation in brackets behind a name: ``鼎泰公司(平台方)``."""
    match = re.search(rf"\([^()]{{0,8}}?((?:{_ANY_ROLE}))[^()]{{0,4}}\)$", name.strip())
    return match[1] if match and "简称" not in name else ""


def role_of(words: str) -> str | None:
    """Return the role that a designation names."""
    return next((role for role, pattern in _ROLE_WORDS if re.search(pattern, words)), None)


def parties(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield client, financier and platform: heading first, definitions next, signature last."""
    del known
    for at, passage in enumerate(deed.passages):
        whole = Sentence(passage, 0, len(passage.text))
        yield from _mentioned(deed, whole)
        ended = 0
        for match in _LABELLED.finditer(passage.text):
            adjoins, ended = match.start() == ended, match.end()
            role = role_of(match["role"] or match["other"] or _after(match["name"]))
            role = role or deed.roles.get(match["party"] or match["beside"] or "")
            if role is None or (
                match["party"] is None and not adjoins and passage.text[match.start() - 1] not in " ,。;|)"
            ):
                continue
            name = _clean(match["name"]) or _next_name(deed, at, match["name"])
            if name:
                sealed = bool(re.search(r"盖章|签字|签章|签名", match.group().partition(":")[0]))
                yield Found(role, name, _trim(whole, match.start(), match.end()), 3 if sealed else 0)
        for match in _DEFINED.finditer(passage.text):
            role = role_of(match["role"] or match["name"]) or deed.roles.get(match["party"])
            name = _clean(re.sub(rf"^.*?(?:与|和|由|及)?(?:{_ANY_ROLE}):?", "", match["name"]) or match["name"])
            if role and name and not re.fullmatch(_ANY_ROLE, name):
                yield Found(role, name, _trim(whole, match.start(), match.end()), 1)


def _mentioned(deed: Deed, whole: Sentence) -> Iterator[Found]:
    for mention in party_forms.mentions(whole.passage):
        role = role_of(mention.role) or deed.roles.get(mention.party)
        name = _clean(re.sub(rf"^(?:{_ANY_ROLE}):?", "", mention.name))
        if role and name:
            yield Found(role, name, _trim(whole, mention.start, mention.stop), 1)


def _trim(sentence: Sentence, start: int, stop: int) -> Sentence:
    return replace(sentence, start=start, stop=max(stop, start + 1))


def _clean(text: str) -> str | None:
    """Return the name at the start of a label's text, or None where there is none (a blank, a sentence)."""
    end = _NAME_END.search(text.strip(' _“"'))
    name = text.strip(' _“"')[: end.start()] if end else text.strip(' _“"')
    name = re.sub(rf"\((?:[^()]*)$|\([^()]{{0,8}}(?:{_ANY_ROLE})[^()]{{0,4}}\)$", "", name)
    name = re.sub(r"^(?:会员|用户|客户|操盘手|投资者)(?=[\u4e00-\u9fff]{2,4}$)", "", name)
    name = re.sub(r"^\((?:[^()]*)\)", "", name)
    if not _NAME.match(name) or _NOT_NAME.search(name):
        return None
    return name


def _next_name(deed: Deed, at: int, text: str) -> str | None:
    """Return a name from a following line such as ``姓名:张三`` where the party's own line is empty."""
    if text.strip(" _") or at + 1 >= len(deed.passages):
        return None
    match = re.match(r"(?:姓名|名称|单位名称|公司名称)(?:/名称)?:(.*)", deed.passages[at + 1].text)
    return _clean(match[1]) if match else None


def identity(deed: Deed, known: Known) -> Iterator[Found]:
    """Yield contract number, signing day and account."""
    del known
    last = len(deed.passages)
    for passage in deed.passages:
        whole = Sentence(passage, 0, len(passage.text))
        yield from _contract_number(whole)
        for rank, pattern in enumerate((_SIGNED_LABEL, _SIGNED_AFTER, _SIGNED_TEXT, _BARE_DAY)):
            if pattern is _SIGNED_TEXT and re.search(r"原合同|原协议", passage.text):
                continue
            match = pattern.search(passage.text)
            signed = chinese.day(match["day"]) if match else None
            if signed and (pattern is not _BARE_DAY or passage.order > last - 4):
                yield Found("signed_on", signed.isoformat(), whole, rank)
    yield from _accounts(deed)


def _contract_number(whole: Sentence) -> Iterator[Found]:
    match = _NUMBER_LABEL.search(whole.text)
    if match is None or whole.passage.order > _HEAD:
        return
    if re.search(r"身份证|账户|证件", whole.text[max(0, match.start() - 6) : match.end()]):
        return
    value = match["value"]
    end = _NUMBER_END.search(value)
    value = value[: end.start()] if end else value
    if re.search(r"\d", value):
        yield Found("contract_no", _unbracketed(value.rstrip(".(")), whole)


def _unbracketed(value: str) -> str:
    """Drop brackets that hold the whole number: ``[JK-16]``."""
    return re.sub(r"^[\[(〔](.*)[\])〕]$", r"\1", value)


def _accounts(deed: Deed) -> Iterator[Found]:
    for sentence in deed.sentences():
        for match in _ACCOUNT.finditer(sentence.text):
            before = sentence.text[max(0, match.start() - 12) : match.start()]
            if not re.search(r"\d{4}", match["value"]) or _BANK.search(before + match["label"]):
                continue
            rank = 0 if "资金" in match["label"] else 1
            yield Found(
                "account", match["value"].replace(" ", ""), sentence, rank + (2 if _BANK.search(sentence.text) else 0)
            )
