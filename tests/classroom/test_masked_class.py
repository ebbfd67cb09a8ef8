"""A masked class: no byte that a student or the room gets tells which history is played."""

import re
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from rapprochement_sim.classroom.joining.address import parse_link
from rapprochement_sim.classroom.joining.class_line import ClassLine
from rapprochement_sim.classroom.joining.coming_in import Visit
from rapprochement_sim.classroom.joining.wiring import Wiring
from rapprochement_sim.classroom.veiling import laid_open, veiled
from rapprochement_sim.classroom.web.sealing import Seal
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.naming import wear
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.scenario.name_table import masked_skin
from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital
from tests.classroom.browser import Browser
from tests.classroom.served import Served, served
from tests.scenarios.real_names import real_names

SCENARIO = "gsomia_2012"
STATES = ("State A", "State B", "State C", "State D", "State E")
PAGES = (
    *("/seat", "/seat/brief", "/seat/orders", "/seat/messages", "/seat/why", "/seat/forecasts"),
    *("/seat/programmes", "/seat/programme?number=1", "/seat/programme?number=16"),
)
COMMANDS = (
    *("orders", "preview 1", "order 1", "why trust", "programmes", "programmes 1", "forecast"),
    *("explain past_wounds", "codex", "details", "timeline 1", "say State B: q1234567q", "unmask"),
)
CHANCE = re.compile(
    r'name="(?:csrf|key)" value="[^"]*"|set-cookie: .*|\?[0-9a-f]{12}\b|[A-Z]{4}(?:-[A-Z]{4}){2}'
    r"|content-length: \d+|\b(?:csrf|key)=[^&\n]*|\"csrf\": ?\"[^\"]*\""
)
"""Proofs, keys, cookies, versions of files and return words: all chance, whatever they spell."""


@pytest.fixture(scope="module")
def ids() -> frozenset[str]:
    """Every id of the rules that a page could carry and whose own words are told otherwise."""
    rules = load_scenario(SCENARIO).rules
    named = [*rules.actions, *rules.events, *rules.surveys, *rules.disputes]
    named += [modifier for action in rules.actions.values() for modifier in action.modifiers]
    return frozenset((*CAPITAL_KEYS, *(name for name in named if "_" in name)))


def told_by(browser: Browser, ids: frozenset[str]) -> set[str]:
    """Find what a browser has been given that nobody under the mask may read."""
    seen = CHANCE.sub("", bytes(browser.seen).decode())
    return real_names(seen) | (ids & set(re.findall(r"\w+", seen)))


def sit(browser: Browser, title: str) -> None:
    """Take the seat whose button says so."""
    browser.look("/seats")
    page = browser.client.get("/seats").text
    found = re.search(rf'name="seat" value="(\w+)">\s*<button>{title}(?!\w)', page)
    assert found, page
    browser.sit(found[1])


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that goes over a joined terminal's connection, both ways, as it goes."""
    heard: list[str] = []
    get, request = Wiring.get, HTTPConnection.request

    def asking(line: HTTPConnection, method: str, target: str, body: Any, headers: Any) -> None:
        heard.append(f"{method} {target}\n{(body or b'').decode()}")
        request(line, method, target, body, headers)

    def hearing(wiring: Wiring, path: str, query: Iterable[tuple[str, str]] = ()) -> bytes:
        found = get(wiring, path, query)
        heard.append(found.decode())
        return found

    monkeypatch.setattr(HTTPConnection, "request", asking)
    monkeypatch.setattr(Wiring, "get", hearing)
    return heard


def join_from_a_terminal(at: Served, notes: Path) -> tuple[PlainGame, list[str]]:
    """Sit down at State D from a terminal; return the game and what it says."""
    visit = Visit(parse_link(at.link))
    visit.come_in(at.code, "Cleo")
    visit.take(visit.best_place(Capital.BEIJING, 1))
    told: list[str] = []
    return PlainGame(visit.sit_down(notes), lambda _: None, told.append), told


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("class") / "c.class"
    with served(path, "--seed", "3", "--masked", SCENARIO) as opened:
        yield opened


def test_no_byte_of_a_masked_class_tells_a_name_until_the_teacher_lifts_the_mask(
    at: Served, ids: frozenset[str], wire: list[str], tmp_path: Path
) -> None:
    student, observer = Browser(at.link, "Ann"), Browser(at.link, "Ben")
    teacher = Browser(at.link, "teacher")
    for each in (student, observer):
        each.join(at.code)
    sit(student, "State B")
    observer.look("/seats")
    observer.send("/seats/take", is_seat="")
    student.look("/seat/forecasts")
    assert student.send("/seat/forecast", above="55", percent="40").status_code == 200
    student.look("/seat/messages")
    partner = re.search(r'name="to" value="(\w{20,})"', bytes(student.seen).decode())
    assert partner
    assert student.send("/seat/say", to=partner[1], text="Good morning").status_code == 200
    student.choose(joint=True)
    student.done()
    student.until("/seat", "secret orders")
    student.choose(joint=False)
    student.done()
    student.until("/seat", "Turn 2 of")
    for page in PAGES:
        assert student.look(page).status_code == 200
    for wrong in ("/seat/order?action=seoul&target=tokyo", "/nowhere", "/api/3/me"):
        student.client.headers["accept"] = "text/html"
        assert student.look(wrong).status_code in (400, 403, 404)
    observer.look("/watch")
    teacher.teach(at.teacher)
    for page in ("/teacher/room/1", "/teacher/world/1", "/teacher/log", "/teacher"):
        teacher.look(page)
    assert all(state in teacher.text for state in STATES[2:])
    assert not told_by(student, ids)
    assert not told_by(observer, ids)
    assert not told_by(teacher, ids)
    joined, told = join_from_a_terminal(at, tmp_path)
    for command in COMMANDS:
        joined.obey(command)
    assert not real_names("\n".join(told))
    assert not real_names(CHANCE.sub("", "\n".join(wire)))
    teacher.send("/teacher/end", reason="The bell rang")
    assert "State B was Tokyo." not in student.look("/seat").text
    assert teacher.send("/teacher/lift-mask").status_code == 200
    for looker, page in ((student, "/seat"), (observer, "/watch"), (teacher, "/teacher/room/1")):
        assert "State B was Tokyo." in looker.look(page).text
        assert "What happened in history" in looker.text
    line = joined.seat.line
    assert isinstance(line, ClassLine)
    version = line.heard().version
    while not joined.seat.behind_the_mask():
        assert line.wait(version, 60.0), "the class does not say that the mask is lifted"
        version = line.heard().version
    joined.obey("unmask")
    assert "State B was Tokyo." in "\n".join(told)
    line.close()
    for each in (student, observer, teacher):
        each.close()


@pytest.mark.slow
def test_a_masked_class_goes_on_masked_and_keeps_its_open_pages(
    tmp_path: Path, ids: frozenset[str]
) -> None:
    path = tmp_path / "c.class"
    with served(path, "--seed", "3", "--masked", SCENARIO) as first:
        student = Browser(first.link, "Ann")
        student.join(first.code)
        sit(student, "State A")
        student.look("/seat/messages")
        partner = re.search(r'name="to" value="(\w{20,})"', bytes(student.seen).decode())
        assert partner
        open_form = student.form("/seat/say")
    with served(path, port=first.port):
        assert student.post(open_form, to=partner[1], text="Still here").status_code == 200
        assert "Still here" in student.text
        for page in PAGES:
            student.look(page)
        assert not told_by(student, ids)
        student.close()


def test_a_seal_opens_its_own_names_and_no_others() -> None:
    seal, other = Seal("key", is_on=True), Seal("another", is_on=True)
    names = (*CAPITAL_KEYS, "a" * 80, "hurt_forced_labour_seoul")
    sealed = [seal.sealed(name) for name in names]
    assert [seal.opened(each) for each in sealed] == list(names)
    assert len({len(each) for each in sealed[: len(CAPITAL_KEYS)]}) == 1
    assert not real_names(" ".join(sealed))
    for wrong in ("seoul", "", "x", "é", other.sealed("seoul"), sealed[0][:-1], sealed[0] + "a"):
        if wrong:
            with pytest.raises(MalformedInput):
                seal.opened(wrong)
    assert seal.sealed("") == seal.opened("") == ""
    assert Seal("key", is_on=False).sealed("seoul") == "seoul"


def test_what_goes_over_the_wire_comes_out_as_it_went_in() -> None:
    said = {
        "trust_seoul_tokyo": ["SEOUL", "Seoul, in words", "forced_labour", "us, or quad", "1965"]
    }
    assert veiled(said) == laid_open(said) == said
    wear(masked_skin())
    covered = veiled(said)
    assert laid_open(covered) == said
    assert not re.search("(?i)seoul(?!, in words)|tokyo|labour|quad|1965", str(covered))
    veil = veiled("seoul")
    for text in ("q1234567q", veil, veil.upper(), f"q{veil}", f"the {veil}_x", "q", ""):
        assert laid_open(veiled(text)) == text


def test_only_fields_that_hold_names_are_opened() -> None:
    seal = Seal("key", is_on=True)
    assert seal.opened_field("text", "seoul") == "seoul"
    assert seal.opened_field("figure3", seal.sealed("approval_seoul")) == "approval_seoul"
