"""The browser: on this machine only, with the key the terminal shows, to our own page only."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.cli.conftest import Cli
from tests.cli.conftest import cli as cli  # noqa: PLC0414  # the fixture, under its name
from tests.cli.conftest import opened as opened  # noqa: PLC0414
from workbench.cli.app import run
from workbench.cli.session import Session
from workbench.errors import UsageError
from workbench.tui.serve import COOKIE, PAGE_RULES, address, admits, check_address, lock, serve

SITE, KEY = "http://127.0.0.1:8000", "k" * 32
OURS = {"Host": "127.0.0.1:8000"}


def test_a_visit_with_the_key_to_our_own_page_is_let_in() -> None:
    assert admits(SITE, KEY, OURS, KEY)
    assert admits(SITE, KEY, {**OURS, "Origin": SITE}, KEY)


@pytest.mark.parametrize(
    ("headers", "cookie"),
    [
        (OURS, ""),
        (OURS, "k" * 31),
        (OURS, "é" * 32),
        ({**OURS, "Origin": "http://evil.example"}, KEY),
        ({**OURS, "Origin": "http://127.0.0.1:9000"}, KEY),
        ({**OURS, "Origin": "null"}, KEY),
        ({"Host": "evil.example:8000"}, KEY),
        ({"Host": "192.168.0.2:8000"}, KEY),
        ({}, KEY),
    ],
)
def test_nobody_else_is(headers: dict[str, str], cookie: str) -> None:
    assert not admits(SITE, KEY, headers, cookie)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machines_own_addresses_are_served(host: str) -> None:
    check_address(host, 8000)
    assert address("::1", 80) == "http://[::1]:80"


@pytest.mark.parametrize(("host", "port"), [("0.0.0.0", 8000), ("::", 8000), ("192.168.0.2", 8000), ("", 8000)])  # noqa: S104  # refused
def test_every_other_address_is_refused(host: str, port: int) -> None:
    with pytest.raises(UsageError, match="not this machine's own address"):
        serve(["program"], host, port, lambda _: None)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_does_not_exist_is_refused(port: int) -> None:
    with pytest.raises(UsageError, match=str(port)):
        serve(["program"], "127.0.0.1", port, lambda _: None)


def test_the_page_may_load_nothing_from_elsewhere() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in PAGE_RULES.split(";"))
    assert rules["default-src"] == "'none'"
    assert {word for rule in rules.values() for word in rule.split()} <= {
        "'none'",
        "'self'",
        "'unsafe-inline'",
        "data:",
    }


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    with pytest.raises(UsageError) as caught:
        serve(["program"], "127.0.0.1", 8000, lambda _: None)
    assert "-m pip install '.[serve]'" in caught.value.text("en")
    assert "-m pip install '.[serve]'" in caught.value.text("zh")


async def test_a_browser_needs_the_key_once_and_then_its_cookie() -> None:
    pytest.importorskip("aiohttp", reason="comes with the extra serve")
    from aiohttp import web  # noqa: PLC0415
    from aiohttp.test_utils import TestClient, TestServer, unused_port  # noqa: PLC0415

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="the case")

    port = unused_port()
    app = web.Application(middlewares=[lock(address("127.0.0.1", port), KEY)])
    app.router.add_get("/", page)
    async with TestClient(TestServer(app, host="127.0.0.1", port=port)) as browser:
        shut = await browser.get("/")
        assert (shut.status, "the case" in await shut.text()) == (403, False)
        assert (await browser.get("/?key=wrong")).status == 403
        opened = await browser.get(f"/?key={KEY}", allow_redirects=False)
        assert (opened.status, opened.headers["Location"]) == (303, "/")
        assert "SameSite=Strict" in opened.headers["Set-Cookie"]
        assert "HttpOnly" in opened.headers["Set-Cookie"]
        cookie = {"Cookie": f"{COOKIE}={KEY}"}
        seen = await browser.get("/", headers=cookie)
        assert (seen.status, await seen.text()) == (200, "the case")
        assert seen.headers["Content-Security-Policy"] == PAGE_RULES
        for other in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            assert (await browser.get("/", headers={**cookie, **other})).status == 403


@pytest.mark.parametrize(("lang", "said"), [("en", "Open in a browser"), ("zh", "请在本机浏览器打开")])
def test_the_command_serves_on_the_loopback_and_says_where(
    lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, int]] = []

    def listen(_: Session, host: str, port: int, announce: Callable[[str], None]) -> None:
        asked.append((host, port))
        announce(f"{SITE}/?key={KEY}")

    code = run(["--lang", lang, "serve", "--port", "8123"], {}, open_tui=lambda _: None, serve_tui=listen)
    assert (code, asked) == (0, [("127.0.0.1", 8123)])
    out = capsys.readouterr().out
    assert said in out
    assert f"{SITE}/?key={KEY}" in out


def test_a_port_that_is_no_number_is_a_usage_error(cli: Cli) -> None:
    assert cli("serve", "--port", "x").code == 2
