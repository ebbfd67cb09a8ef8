"""Requests that no page of ours would send: refused with a word, never with a fault or a leak."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.classroom.browser import Browser
from tests.classroom.served import Served, served

MARKER = "MARK-OF-A-SECRET"
FORM = "content-type: application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Target:
    """A class with a secret in it, and the cookie of somebody who may not know it."""

    at: Served
    host: str
    cookie: str
    csrf: str


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    path = tmp_path_factory.mktemp("class") / "c.class"
    with served(path, "--seed", "3", "sandbox") as at:
        seoul, tokyo = Browser(at.link, "Seoul-person"), Browser(at.link, "Tokyo-person")
        for each, seat in ((seoul, "seoul"), (tokyo, "tokyo")):
            each.join(at.code)
            each.sit(seat)
        seoul.look("/seat/messages")
        seoul.send("/seat/say", to="washington", text=MARKER)
        assert MARKER in seoul.text
        tokyo.look("/seat/messages")
        csrf = tokyo.form("/seat/say").value("csrf")
        cookie = f"rapprochement={tokyo.client.cookies['rapprochement']}"
        yield Target(at, f"127.0.0.1:{at.port}", cookie, csrf)
        seoul.close()
        tokyo.close()


def send_raw(target: Target, request: bytes, *, is_whole: bool = True) -> tuple[int, bytes]:
    """Send bytes; return the status (0 if the server hung up) and the whole answer.

    A request that is not whole is ended by hanging up, or the server would wait for the rest.
    """
    with socket.create_connection(("127.0.0.1", target.at.port), timeout=20) as line:
        answer = b""
        try:
            line.sendall(request)
            if not is_whole:
                line.shutdown(socket.SHUT_WR)
            while more := line.recv(65536):
                answer += more
        except ConnectionError:
            pass
    status = answer.split(b" ", 2)[1] if answer.startswith(b"HTTP/1.") else b"0"
    return int(status), answer


def request(
    target: Target, line: str, *headers: str, body: bytes = b"", host: str | None = None
) -> bytes:
    head = [f"{line} HTTP/1.1", f"host: {target.host if host is None else host}"]
    head += ["connection: close", *headers]
    if body:
        head.append(f"content-length: {len(body)}")
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "headers", "body", "status"),
    [
        ("GET /nothing", (), b"", 404),
        ("GET /seat", (), b"", 403),
        ("GET /teacher", (), b"", 403),
        ("GET /live?for=teacher", (), b"", 403),
        ("GET /teacher/enter/" + "0" * 64, (), b"", 409),
        ("GET /teacher/world/99999999999999999999", (), b"", 403),
        ("GET /static/../../serving.py", (), b"", 404),
        ("GET /static/%2e%2e/serving.py", (), b"", 404),
        ("GET /a%00b", (), b"", 400),
        ("GET /" + "x" * 3000, (), b"", 414),
        ("DELETE /seat", (), b"", 405),
        ("PUT /seat", (), b"", 405),
        ("POST /seat", (FORM,), b"a=b", 405),
        ("POST /join", (), b"code=x", 415),
        ("POST /join", ("content-type: application/json",), b"{}", 415),
        ("POST /join", (FORM, "origin: http://elsewhere.example"), b"code=x", 403),
        ("POST /join", (FORM, "origin: null"), b"code=x", 403),
        ("POST /join", (FORM, "sec-fetch-site: cross-site"), b"code=x", 403),
        ("POST /join", (FORM,), b"x" * 20000, 413),
        ("POST /join", (FORM,), b"code=%ff%fe&name=x&key=12345678", 400),
        ("POST /join", (FORM,), b"\xff\xfe\x00", 400),
        ("POST /join", (FORM,), b"&".join(b"a=b" for _ in range(200)), 400),
        ("POST /join", (FORM,), b"code=x&code=y", 400),
        ("POST /seat/done", (FORM,), b"done=yes", 403),
        ("POST /teacher/end", (FORM,), b"reason=x", 403),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_what_no_page_would_send_is_refused(
    target: Target, line: str, headers: tuple[str, ...], body: bytes, status: int
) -> None:
    found, answer = send_raw(target, request(target, line, *headers, body=body))
    assert found == status, answer[:400]
    assert b"content-security-policy" in answer


@pytest.mark.slow
@pytest.mark.parametrize("host", ["evil.example", "", "localhost", "127.0.0.1:1", "a b"])
def test_a_server_answers_to_its_own_names_alone(target: Target, host: str) -> None:
    status, _ = send_raw(target, request(target, "GET /", host=host))
    assert status in (400, 421)


@pytest.mark.slow
def test_a_form_without_the_proof_of_its_page_is_refused(target: Target) -> None:
    body = b"key=12345678&turn=1&phase=talks&done=yes&csrf="
    for proof in (b"", b"0" * 64, b"%ed%a0%80"):
        head = request(
            target, "POST /seat/done", FORM, f"cookie: {target.cookie}", body=body + proof
        )
        status, _ = send_raw(target, head)
        assert status in (400, 409)


@pytest.mark.slow
def test_headers_cannot_be_put_into_an_answer(target: Target) -> None:
    for line in (
        "GET /join/a%0d%0aset-cookie:%20x=y",
        "GET /seat/order?action=%0d%0aset-cookie:%20x=y&target=seoul",
        "GET /teacher/enter/%0d%0aset-cookie:%20x=y",
    ):
        status, answer = send_raw(target, request(target, line, f"cookie: {target.cookie}"))
        assert status < 500
        assert b"\r\nset-cookie" not in answer.lower()


@pytest.mark.slow
def test_guessing_is_slowed_down(target: Target) -> None:
    guesser = Browser(target.at.link, "Guesser")
    guesser.look("/")
    found = []
    for _ in range(30):
        guesser.look("/")
        found.append(guesser.send("/join", code="AAAAAA", name="Guesser").status_code)
    assert set(found) == {409, 429}
    assert found[-1] == 429
    guesser.close()


PIECES = st.one_of(
    st.sampled_from(
        [b"seoul", b"tokyo", b"order", b"offer", b"answer", b"talks", b"orders", b"accept"]
    ),
    st.integers(-5, 10**20).map(lambda n: str(n).encode()),
    st.binary(max_size=30),
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(
        [b"%00", b"%f0%9f", b"../../", b"<script>", b"{{7*7}}", b"' OR 1=1 --", b"nan"]
    ),
)
NAMES = st.sampled_from(
    b"key turn phase kind action target modifier partner answer draft done to text person figure "
    b"above percent world seat code name word reason event act headline inject message".split()
)
PATHS = st.sampled_from(
    b"/join /return /seats/take /seat/leave /seat/decide /seat/draft/back /seat/draft/drop "
    b"/seat/undo /seat/done /seat/reclaim /seat/captain /seat/say /seat/forecast /teacher/advance "
    b"/check /api/3/join /api/3/return /api/3/take /api/3/decide /api/3/undo /api/3/done "
    b"/api/3/back /api/3/drop /api/3/say /api/3/forecast /api/2/say /teacher/rehearse/1/decide "
    b"/teacher/inject /teacher/captain /teacher/rewind /teacher/remove /teacher/end".split()
)
LOOKS = st.sampled_from(
    b"/seat/order? /seat/orders? /teacher/world/1? /join/ /teacher/room/ /static/ /seats? / "
    b"/check? /teacher/rehearse/1? /seat/programme?number= /api/3/ /api/3/standing? "
    b"/api/3/watched? /api/3/letters? /api/3/ask/ /api/3/ask/pages? "
    b"/api/3/ask/preview?action=hold&target= /api/3/ask/why?figure=approval_ /api/3/ask/past?turn= "
    b"/api/3/ask/chronicle?turn= /api/3/ask/codex?width=40&name= "
    b"/api/3/ask/debrief?".split()
)


SENT = st.fixed_dictionaries(
    {
        "path": PATHS,
        "fields": st.lists(st.tuples(NAMES, PIECES), max_size=8),
        "look": LOOKS,
        "has_proof": st.booleans(),
        "garbage": st.binary(max_size=40),
    }
)


def check_nothing_fails(
    target: Target,
    *,
    path: bytes,
    fields: list[tuple[bytes, bytes]],
    look: bytes,
    has_proof: bool,
    garbage: bytes,
) -> None:
    body = b"&".join(name + b"=" + value for name, value in fields)
    if has_proof:
        body += b"&csrf=" + target.csrf.encode() + b"&key=0123456789"
    cookie = f"cookie: {target.cookie}"
    head = request(target, f"POST {path.decode()}", FORM, cookie, body=body or b"x")
    shown = request(target, "GET @", cookie).replace(b"@", look + body.replace(b" ", b"+"), 1)
    for sent, is_whole in ((head, True), (shown, False), (garbage, False), (head[:-9], False)):
        status, answer = send_raw(target, sent, is_whole=is_whole)
        assert status < 500, (sent, answer)
        assert MARKER.encode() not in answer


@pytest.mark.slow
@settings(max_examples=500, derandomize=True)
@given(sent=SENT)
def test_whatever_is_sent_nothing_fails_and_nothing_leaks(
    target: Target, sent: dict[str, Any]
) -> None:
    check_nothing_fails(target, **sent)


@pytest.mark.soak
@settings(max_examples=10_000)
@given(sent=SENT)
def test_ten_thousand_requests_fail_and_leak_nothing(target: Target, sent: dict[str, Any]) -> None:
    check_nothing_fails(target, **sent)
