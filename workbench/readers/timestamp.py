"""Time stamps by RFC 3161: a request to hand to a stamping authority, and its answer held against a message.

Nothing here speaks to a network: the person sends the request and brings the answer. Needs the extra ``timestamp``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.errors import InputError, UsageError
from workbench.readers.extras import install_command

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stamp:
    """An answer that was verified."""

    at: datetime
    """Moment that the authority attests, with its time zone."""
    authority: str
    """Subject of the certificate that signed."""


def request_stamp(message: bytes) -> bytes:
    """Return a request over the SHA-256 of a message, for a file ``.tsq``.

    Raises:
        UsageError: the extra is not installed.
    """
    library = _library()
    return bytes(
        library.TimestampRequestBuilder().data(message).hash_algorithm(library.HashAlgorithm.SHA256).build().as_bytes()
    )


def imprint(answer: bytes) -> bytes:
    """Return the SHA-256 that an answer attests.

    Raises:
        UsageError: the extra is not installed.
        InputError: no answer of a stamping authority.
    """
    return bytes(_decoded(answer).tst_info.message_imprint.message)


def verify_stamp(answer: bytes, message: bytes, roots: bytes) -> Stamp:
    """Hold an answer against a message and against the authority's certificates.

    Args:
        answer: the file ``.tsr``.
        message: what was to be stamped.
        roots: certificates in PEM: the root, and intermediate ones if the answer lacks them.

    Raises:
        UsageError: the extra is not installed, or no certificate is given.
        InputError: the answer does not attest this message, or its signature does not hold.
    """
    library, found = _library(), _decoded(answer)
    from cryptography import x509  # noqa: PLC0415  comes with the extra

    certificates = [x509.load_pem_x509_certificate(pem) for pem in _PEM.findall(roots)]
    if not certificates:
        raise UsageError(
            "the file holds no certificate",
            next_step="Give the authority's root certificate as PEM.",
            what_zh="文件中没有证书",
            next_step_zh="请提供时间戳机构的根证书（PEM）。",
        )
    builder = library.VerifierBuilder()
    for certificate in certificates:
        own = certificate.issuer == certificate.subject
        builder = (
            builder.add_root_certificate(certificate) if own else builder.add_intermediate_certificate(certificate)
        )
    try:
        builder.build().verify_message(found, message)
    except (library.VerificationError, ValueError) as problem:
        raise InputError(
            f"the time stamp does not hold: {problem}",
            next_step="Use the answer to this very request, with the certificates of the authority that gave it.",
            what_zh=f"时间戳未通过核对：{problem}",
            next_step_zh="请使用对应这次请求的应答文件，以及出具机构的证书。",
        ) from problem
    signer = found.signed_data.certificates
    name = x509.load_der_x509_certificate(next(iter(signer))).subject.rfc4514_string() if signer else ""
    return Stamp(found.tst_info.gen_time, name)


def _decoded(answer: bytes) -> Any:
    library = _library()
    try:
        return library.decode_timestamp_response(answer)
    except ValueError as problem:
        raise InputError(
            f"the file is no answer of a stamping authority: {problem}",
            next_step="Give the .tsr file as it came.",
            what_zh=f"文件不是时间戳机构的应答：{problem}",
            next_step_zh="请提供收到的 .tsr 文件原件。",
        ) from problem


def _library() -> Any:
    try:
        import rfc3161_client  # noqa: PLC0415  optional
    except ImportError:
        how = install_command("timestamp")
        raise UsageError(
            "time stamps need the extra `timestamp`",
            next_step=f"Install it, in the program's folder: {how}",
            what_zh="时间戳功能需要安装扩展 timestamp",
            next_step_zh=f"请在程序文件夹里运行：{how}",
        ) from None
    return rfc3161_client
