"""Every error is one line on stderr, in the chosen language, with exit code 2 and nothing on stdout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from workbench.cli import diagnostics
from workbench.cli.diagnostics import ExitCode, ReaderGoneError, report
from workbench.cli.session import Session
from workbench.errors import NotFoundError
from workbench.locales.catalogue import load_catalogue

EN, ZH = load_catalogue("en", "cli"), load_catalogue("zh", "cli")


def test_an_error_says_what_where_and_what_next(capsys: pytest.CaptureFixture[str]) -> None:
    error = NotFoundError(
        "no such case",
        where="A\nB",
        next_step="List them with `workbench case list`.",
        what_zh="没有这个案件",
        next_step_zh="用 workbench case list 查看。",
    )
    assert report(error, EN, debug=False) is ExitCode.REFUSED
    assert capsys.readouterr().err == "workbench: no such case (A B). List them with `workbench case list`.\n"
    report(error, ZH, debug=False)
    assert capsys.readouterr().err == "workbench: 没有这个案件（A B）。用 workbench case list 查看。\n"


def test_an_unexpected_error_is_one_line_and_says_how_to_see_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(ZeroDivisionError("x"), EN, debug=False) is ExitCode.REFUSED
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "ZeroDivisionError: x" in message
    assert "--debug" in message


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ZeroDivisionError("x")  # noqa: TRY301 - a traceback is wanted
    except ZeroDivisionError as error:
        report(error, EN, debug=True)
    assert "Traceback" in capsys.readouterr().err


def test_a_system_error_names_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    report(PermissionError(13, "Permission denied", "/x/y"), EN, debug=False)
    assert capsys.readouterr().err == "workbench: /x/y: Permission denied.\n"


def test_interruption_and_a_gone_reader(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(KeyboardInterrupt(), EN, debug=False) == 130
    assert report(ReaderGoneError(), EN, debug=False) == 0
    assert capsys.readouterr().err == "workbench: interrupted; nothing is half-written\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["foo"], "There is no command `foo`. See `workbench --help`."),
        (["imort"], "There is no command `imort`. Did you mean: import? See `workbench --help`."),
        (["case", "new"], "CASE is missing. See `workbench case new --help`."),
        (["case", "list", "--bad"], "There is no option --bad. See `workbench case list --help`."),
        (["terms"], "CASE is missing. See `workbench terms --help`."),
        (["calc", "drawdown", "150%"], "a drawdown lies between 0 and 1. Write 20 % as 0.2."),
    ],
)
def test_usage_errors_point_to_the_help(cli: Cli, words: list[str], complaint: str) -> None:
    ended = cli(*words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.complaint == f"workbench: {complaint}"


def test_usage_errors_in_chinese(cli: Cli) -> None:
    assert cli("case", "new", lang="zh").complaint.startswith("workbench: 缺少 CASE。")
    assert cli("foo", lang="zh").complaint.startswith("workbench: 没有命令“foo”。")


def test_a_wrong_language_is_refused(cli: Cli) -> None:
    ended = cli("case", "list", "--lang", "de")
    assert ended.code == 2
    assert "'de' is not one of 'zh', 'en'" in ended.complaint


def test_without_a_command_the_terminal_interface_opens(cli: Cli, opened: list[Session], tmp_path: Path) -> None:
    assert cli(lang="zh").code == 0
    (session,) = opened
    assert (session.lang, session.home) == ("zh", tmp_path / "home")


def test_a_closed_stderr_does_not_turn_success_into_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Closed())
    diagnostics.narrate("x")


def _program(*words: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "WORKBENCH_"))}
    return subprocess.run(
        [sys.executable, "-m", "workbench", *words], capture_output=True, check=False, env={**clean, **environ}
    )


def test_chinese_passes_through_a_pipe_of_another_encoding() -> None:
    ended = _program("--lang", "zh", "--help", PYTHONIOENCODING="ascii")
    assert ended.returncode == 0
    assert b"workbench" in ended.stdout
    ended = _program("--lang", "zh", "--help", PYTHONIOENCODING="gbk")
    assert "核算" in ended.stdout.decode("gbk")


def test_json_is_utf8_whatever_the_terminal_is() -> None:
    ended = _program(
        "calc", "lines", "--margin", "1", "--line", "1.5", "--json", PYTHONIOENCODING="ascii", LANG="zh_CN.GBK"
    )
    assert ended.stdout.decode().startswith('{\n "schema": 1')


def test_a_reader_that_stops_early_is_no_error() -> None:
    command = f"set -o pipefail; {sys.executable} -m workbench --help | head -n 1"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_closed_streams_are_no_error() -> None:
    ended = subprocess.run(["bash", "-c", f"{sys.executable} -m workbench --help >&- 2>&-"], check=False)
    assert ended.returncode == 0


def test_an_interruption_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_fall: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.cli.calc_risk.recovery", interrupted)
    ended = cli("calc", "drawdown", "20%")
    assert (ended.code, ended.err) == (130, "workbench: interrupted; nothing is half-written\n")


def test_chinese_locale_speaks_chinese() -> None:
    assert "从这里开始" in _program("--help", LANG="zh_CN.UTF-8", PYTHONUTF8="1").stdout.decode()


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("deadlines A 张三", "没有命令“张三”。用法见 `workbench deadlines --help`。", "There is no command `张三`."),
        ("case liist", "没有命令“liist”。您是不是想用：list？", "Did you mean: list?"),
        (
            "undo A more words",
            "多出了：more words。用法见 `workbench undo --help`。",
            "There is no place for more words.",
        ),
        ("audit A --as-of", "选项 --as-of 多给或漏给了值。用法见 `workbench audit --help`。", "Option --as-of has"),
        ("audit A --json=3", "选项 --json 多给或漏给了值。", "See `workbench audit --help`."),
        ("export A", "缺少 -o / --out。", "-o / --out is missing."),
        ("terms A set", "缺少 KEY=VALUE...。用法见 `workbench terms CASE set --help`。", "KEY=VALUE... is missing."),
    ],
)
def test_a_mistyped_command_is_told_what_does_not_fit_in_both_languages(cli: Cli, words: str, zh: str, en: str) -> None:
    assert zh in cli(*words.split(), lang="zh").complaint
    assert en in cli(*words.split(), lang="en").complaint
