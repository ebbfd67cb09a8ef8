"""A class over TLS, with a certificate made for these tests alone."""

import ssl
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.host import command
from rapprochement_sim.errors import MalformedInput
from tests.classroom.browser import Browser
from tests.classroom.served import served

TLS = Path(__file__).parent / "tls"
CERTIFICATE, KEY, OTHER_KEY = (
    TLS / name for name in ("certificate.pem", "key.pem", "other-key.pem")
)


@pytest.mark.slow
def test_a_class_is_played_over_tls(tmp_path: Path) -> None:
    words = ("--certificate", str(CERTIFICATE), "--key", str(KEY), "sandbox")
    with served(tmp_path / "c.class", *words) as at:
        assert at.link.startswith("https://")
        trusted = ssl.create_default_context(cafile=str(CERTIFICATE))
        student = Browser(at.link, "Ann")
        student.client = httpx.Client(base_url=at.link, verify=trusted, timeout=60.0)
        student.join(at.code)
        student.sit("seoul")
        student.choose(joint=False)
        assert "Order:" in student.text
        cookies = [cookie for cookie in student.client.cookies.jar if cookie.name != "none"]
        assert cookies
        assert all(cookie.secure for cookie in cookies)
        stream = student.client.stream("GET", "/live")
        with stream as live:
            assert next(live.iter_lines()) == "retry: 2000"
        with pytest.raises(httpx.HTTPError):
            httpx.get(at.link.replace("https://", "http://"), timeout=60.0)
        with pytest.raises(httpx.ConnectError):
            httpx.get(at.link, timeout=60.0)
        student.close()


@pytest.mark.parametrize("fault", ["no certificate", "another key", "key in words", "passphrase"])
def test_files_that_cannot_encrypt_are_refused_before_a_class_is_made(
    tmp_path: Path, fault: str
) -> None:
    certificate, key = CERTIFICATE, KEY
    if fault == "no certificate":
        certificate = tmp_path / "words.pem"
        certificate.write_text("no certificate", encoding="ascii")
    elif fault == "another key":
        key = OTHER_KEY
    else:
        key = TLS / "key-with-passphrase.pem" if fault == "passphrase" else tmp_path / "words.pem"
        if fault == "key in words":
            key.write_text("no key", encoding="ascii")
    path = tmp_path / "c.class"
    words = ["--class", str(path), "--certificate", str(certificate), "--key", str(key), "sandbox"]
    ended = CliRunner().invoke(command, words)
    assert isinstance(ended.exception, MalformedInput), ended.output
    assert "the certificate and its key cannot be used" in str(ended.exception)
    assert "without a passphrase" in str(ended.exception)
    assert not path.exists()


def test_a_certificate_needs_its_key() -> None:
    ended = CliRunner().invoke(command, ["--certificate", str(CERTIFICATE), "sandbox"])
    assert ended.exit_code == 2
    assert "--certificate and --key belong together" in ended.output
