"""The real program in a terminal of its own: typed at, watched, and killed without warning."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
HOSTS = ("TMUX", "SSH_CONNECTION", "COLORTERM", "NO_COLOR", "COLUMNS", "LINES")
"""What the terminal that runs the tests says of itself."""
ESCAPES = re.compile(rb"\x1b\[[0-9;?<>=]*[a-zA-Z~]|\x1b[()][0-9A-B]|\x1b[=>]")
PATIENCE = 60.0
"""Seconds after which something is taken never to come."""


class Terminal:
    """Runs the interface on a home; leaving the block kills it."""

    def __init__(
        self,
        home: Path,
        width: int = 140,
        height: int = 42,
        answers: Mapping[bytes, bytes] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start the program.

        Args:
            home: the home.
            width: cells.
            height: cells.
            answers: what the terminal says to a question, each once; it stays silent to all others.
            environment: what the terminal says of itself, beyond TERM and LANG.
        """
        self._answers = dict(answers or {})
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        plain = {name: value for name, value in os.environ.items() if name not in HOSTS}
        said_by_default = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "workbench", "--home", str(home), "--lang", "zh"]
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env={**plain, **said_by_default, **(environment or {})},
            start_new_session=True,
        )
        os.close(slave)
        self._said = b""
        self.raw = b""
        """Everything that was written, with escapes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._master)

    def type(self, text: str) -> None:
        """Send keys as a keyboard does."""
        os.write(self._master, text.encode())

    def paste(self, text: str) -> None:
        """Send text as a terminal sends what is pasted."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def until(self, there: Callable[[], bool]) -> None:
        """Wait until something outside holds; the output is read meanwhile so that the program never waits for us."""
        end = time.monotonic() + PATIENCE
        while not there():
            self._read(0.02)
            if time.monotonic() > end:
                raise AssertionError(f"it never came true:\n{self.said[-3000:]}")

    def until_shown(self, text: str) -> None:
        """Wait until a text was written to the terminal after the last wait."""
        self.until(lambda: text in self.said)
        self._said = b""

    def pass_time(self, seconds: float) -> None:
        """Let the program run on."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    @property
    def said(self) -> str:
        """What was written since the last wait, without colours and cursor movements."""
        return ESCAPES.sub(b"", self._said).decode(errors="replace")

    def kill(self) -> None:
        """End the program as a power cut does."""
        self._process.kill()
        self._process.wait(PATIENCE)

    def _read(self, seconds: float) -> None:
        if select.select([self._master], [], [], seconds)[0]:
            try:
                read = os.read(self._master, 65536)
            except OSError:
                raise AssertionError(f"the program ended:\n{self.said[-3000:]}") from None
            self._said += read
            self.raw += read
            for asked in [asked for asked in self._answers if asked in self.raw]:
                os.write(self._master, self._answers.pop(asked))
