"""The custody log stamped by an authority of our own making, without any network."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.services.conftest import CASE
from workbench.errors import InputError, UsageError
from workbench.services.desk import Desk
from workbench.services.manage_evidence import add_note
from workbench.services.read_case import list_custody
from workbench.services.stamp_log import accept_stamp, request_stamp

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl plays the stamping authority")
CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Stamp Root
[tsa_ext]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[ca_ext]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[tsa]
default_tsa = own
[own]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = yes
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a root and a stamping certificate."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "own.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01\n")
    root = "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 3650"
    run(folder, f"{root} -config own.cnf -extensions ca_ext")
    run(folder, "req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -config own.cnf -subj /CN=Stamper")
    signed = "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 3650 -out tsa.pem"
    run(folder, f"{signed} -extfile own.cnf -extensions tsa_ext")
    return folder


def run(folder: Path, command: str) -> None:
    subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)


def answered(authority: Path, request: Path) -> Path:
    answer = request.with_suffix(".tsr")
    run(
        authority,
        f"ts -reply -queryfile {request} -signer tsa.pem -inkey tsa.key -config own.cnf -section own -out {answer}",
    )
    return answer


def test_a_stamp_over_the_log_is_verified_and_kept(filled: Desk, authority: Path, tmp_path: Path) -> None:
    head = request_stamp(filled, CASE, tmp_path / "log.tsq")
    assert head == list_custody(filled, CASE)[-1].digest
    answer = answered(authority, tmp_path / "log.tsq")
    add_note(filled, CASE, "之后的记录")
    number, at = accept_stamp(filled, CASE, answer, authority / "root.pem")
    assert list_custody(filled, CASE)[number - 1].digest == head
    last = list_custody(filled, CASE)[-1]
    assert last.action == "stamped"
    assert f"entry {number} at {at.isoformat()} by CN=Stamper" in last.detail


def test_stamps_of_others_and_false_signers_are_refused(filled: Desk, authority: Path, tmp_path: Path) -> None:
    request_stamp(filled, CASE, tmp_path / "log.tsq")
    answer = answered(authority, tmp_path / "log.tsq")
    stranger = tmp_path / "stranger.pem"
    run(tmp_path, f"req -x509 -newkey rsa:2048 -nodes -keyout s.key -out {stranger} -days 30 -subj /CN=Stranger")
    with pytest.raises(InputError, match="does not hold"):
        accept_stamp(filled, CASE, answer, stranger)
    with pytest.raises(UsageError, match="no certificate"):
        accept_stamp(filled, CASE, answer, tmp_path / "log.tsq")
    with pytest.raises(InputError, match="no answer"):
        accept_stamp(filled, CASE, tmp_path / "log.tsq", authority / "root.pem")
    other = tmp_path / "other.txt"
    other.write_text("something else")
    run(tmp_path, f"ts -query -data {other} -sha256 -cert -out other.tsq")
    with pytest.raises(InputError, match="no entry"):
        accept_stamp(filled, CASE, answered(authority, tmp_path / "other.tsq"), authority / "root.pem")
    assert not any(event.action == "stamped" for event in list_custody(filled, CASE))
