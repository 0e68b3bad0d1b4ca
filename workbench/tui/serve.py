"""The same interface in a browser on this machine: a server on the loopback address, through the extra ``serve``.

A web page from elsewhere can reach a loopback port through the person's own browser, and so can other users of the
machine. So a visit needs the key that the terminal shows once; host and origin of each request must be ours; and the
page may load nothing from any other address.
"""

from __future__ import annotations

import secrets
import shlex
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, Final

from workbench.errors import UsageError
from workbench.readers.extras import install_command

if TYPE_CHECKING:
    from aiohttp import web

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
COOKIE: Final = "workbench-key"
PAGE_RULES: Final = (
    "default-src 'none'; connect-src 'self'; font-src 'self' data:; img-src 'self' data:; "
    "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = {"Content-Security-Policy": PAGE_RULES, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


def check_address(host: str, port: int) -> None:
    """Refuse every address but this machine's own.

    Raises:
        UsageError: another address, or no port.
    """
    if host not in LOOPBACK:
        raise UsageError(
            f"{host} is not this machine's own address",
            next_step="Leave --host out: a case is shown on this machine only.",
            what_zh=f"{host} 不是本机地址",
            next_step_zh="请去掉 --host：案件只在本机显示，不对网络开放。",
        )
    if not 1 <= port <= 65535:  # noqa: PLR2004  # the ports there are
        raise UsageError(
            f"there is no port {port}",
            next_step="Choose one from 1024 to 65535, as --port 8000.",
            what_zh=f"没有端口 {port}",
            next_step_zh="请选 1024 到 65535 之间的数，例如 --port 8000。",
        )


def address(host: str, port: int) -> str:
    """Return the address a browser opens."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def admits(site: str, key: str, headers: Mapping[str, str], cookie: str) -> bool:
    """Tell whether a request comes from a browser that was given the key, to our own page.

    Args:
        site: our address, without a slash at the end.
        key: what the terminal showed.
        headers: the request's ``Host``, and ``Origin`` where the browser sends one, as it does for web sockets.
        cookie: what the browser holds for us.
    """
    ours = headers.get("Host", "") == site.removeprefix("http://") and headers.get("Origin", site) == site
    return ours and compare_digest(cookie.encode(), key.encode())


def serve(command: Sequence[str], host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the interface until Ctrl+C; each visit runs a process of its own.

    Args:
        command: starts the terminal interface.
        host: this machine's own address.
        port: port to listen on.
        announce: told the address with its key once the server listens.

    Raises:
        UsageError: another address, a port in use, or the extra is not installed.
    """
    check_address(host, port)
    try:
        from textual_serve.server import Server  # noqa: PLC0415  # an optional part
    except ImportError as missing:
        how = install_command("serve")
        raise UsageError(
            "the browser needs an optional part that is not installed",
            next_step=f"Open the same interface in the terminal, or install it, in the program's folder: {how}",
            what_zh="浏览器界面需要的可选部件没有安装",
            next_step_zh=f"可直接在终端里使用同一界面；或在程序文件夹里运行：{how}",
        ) from missing
    key, site = secrets.token_urlsafe(24), address(host, port)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()  # the library tells the address before it listens
        local = locked(Server, site, key, announce)
        local(shlex.join(command), host, port, "workbench", public_url=site).serve()
    except OSError as problem:
        raise UsageError(
            f"port {port} cannot be used: {problem.strerror}",
            next_step="Choose another with --port.",
            what_zh=f"端口 {port} 无法使用：{problem.strerror}",
            next_step_zh="请用 --port 换一个。",
        ) from problem


def locked(server: Any, site: str, key: str, announce: Callable[[str], None]) -> Any:  # noqa: ANN401  # types of the extra
    """Return the library's server with the lock, without log (addresses hold the key) and without banner."""

    class LocalServer(server):  # type: ignore[misc]  # its types are there only where the extra is
        def initialize_logging(self) -> None:
            """Write no log."""

        async def on_startup(self, app: object) -> None:  # noqa: ARG002  # the library's signature
            """Say where to look."""
            announce(f"{site}/?key={key}")

        async def _make_app(self) -> Any:  # noqa: ANN401
            app = await super()._make_app()
            app.middlewares.append(lock(site, key))
            return app

    return LocalServer


def lock(site: str, key: str) -> Any:  # noqa: ANN401  # aiohttp's own type, known only where the extra is
    """Return the middleware that turns the key into a cookie once and lets nobody else in."""
    from aiohttp import web  # noqa: PLC0415  # comes with the extra

    async def check(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if admits(site, key, request.headers, request.query.get("key", "")) and request.path == "/":
            answer: web.StreamResponse = web.Response(status=303, headers={**HEADERS, "Location": "/"})
            answer.set_cookie(COOKIE, key, httponly=True, samesite="Strict")
            return answer
        if not admits(site, key, request.headers, request.cookies.get(COOKIE, "")):
            return web.Response(status=403, text="Open the address that the terminal shows.", headers=HEADERS)
        answer = await handler(request)
        if not answer.prepared:
            answer.headers.update(HEADERS)
        return answer

    return web.middleware(check)
