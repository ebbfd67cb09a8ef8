"""Seats joined from a terminal: the same screens play a class, and get no other's secret."""

from __future__ import annotations

import signal
import socket
import stat
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rapprochement_sim.classroom.joining import watching, wiring
from rapprochement_sim.classroom.joining.address import parse_link
from rapprochement_sim.classroom.joining.coming_in import Visit
from rapprochement_sim.classroom.joining.kept import Kept, KeptTokens
from rapprochement_sim.cli import commands
from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.game.session import Phase
from rapprochement_sim.model import load_case
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.vocabulary import CAPITALS, Capital, Order
from tests.classroom.browser import Browser
from tests.classroom.served import PATIENCE_SECONDS, Served, served, until_true
from tests.tui.playing import Player, play

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rapprochement_sim.classroom.joining.network_seat import NetworkSeat

SEOUL, TOKYO, BEIJING = Capital.SEOUL, Capital.TOKYO, Capital.BEIJING


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("class") / "c.class"
    with served(path, "--seed", "3", "--worlds", "4", "sandbox") as opened:
        yield opened


class Overheard:
    """Every byte of an answer that reached a person, by the token that asked for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.by_token: dict[str, bytearray] = {}
        plainly = wiring.Wiring._answer  # noqa: SLF001 - where every answer comes through

        def answered(self_: wiring.Wiring, method: str, target: str, body: bytes | None) -> bytes:
            found = plainly(self_, method, target, body)
            self.by_token.setdefault(self_.token, bytearray()).extend(found)
            return found

        monkeypatch.setattr(wiring.Wiring, "_answer", answered)

    def of(self, visit: Visit) -> str:
        """Return what reached somebody."""
        return bytes(self.by_token[visit.wiring.token]).decode()


def come_in(at: Served, name: str, capital: Capital, world: int) -> Visit:
    visit = Visit(parse_link(at.link))
    visit.come_in(at.code, name)
    visit.take(visit.best_place(capital, world))
    return visit


def until(seat: NetworkSeat, turn: int, phase: Phase) -> None:
    """Wait until a seat's own pages stand somewhere."""
    for _ in range(int(PATIENCE_SECONDS)):
        version = seat.line.heard().version
        if (seat.turn, seat.phase) == (turn, phase):
            return
        seat.line.wait(version, 1.0)
    message = f"{seat.capital} waits for turn {turn}, {phase}: {seat.turn}, {seat.phase}"
    raise AssertionError(message)


def first_allowed(seat: NetworkSeat, *, joint: bool = False) -> Order:
    option = next(
        o for o in seat.options() if o.is_allowed and o.is_joint == joint and o.action != "hold"
    )
    return Order(seat.capital, option.action, option.target)


def secret_goals(capital: Capital) -> set[str]:
    seat = load_case("sandbox").loaded.schema.seats[capital.key]  # type: ignore[index]
    return {goal.text for goal in seat.secret_goals}


@contextmanager
def seated(visit: Visit, notes: Path = Path("not-written")) -> Iterator[NetworkSeat]:
    seat = visit.sit_down(notes)
    with closing(visit), closing(seat.line):
        yield seat


# ---------------------------------------------------------------- playing


@pytest.mark.slow
def test_two_joined_seats_and_a_page_play_three_turns_without_a_leak(
    at: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    overheard = Overheard(monkeypatch)
    page = Browser(at.link, "Page")
    page.join(at.code)
    page.sit("beijing")
    visits = [come_in(at, "Ann", SEOUL, 1), come_in(at, "Ben", TOKYO, 1)]
    with closing(page), seated(visits[0]) as seoul, seated(visits[1]) as tokyo:
        seoul.line.say("MARK-SEOUL-TO-BEIJING", (BEIJING,))
        tokyo.line.say("MARK-TOKYO-TO-ALL", ())
        assert "MARK-SEOUL" in page.look("/seat/messages").text
        for turn in range(3):
            for seat in (seoul, tokyo):
                until(seat, turn, Phase.TALKS)
                seat.commit()
            page.done()
            for seat in (seoul, tokyo):
                until(seat, turn, Phase.ORDERS)
            page_of_tokyo = tokyo.line.pages
            order = first_allowed(seoul)
            told = seoul.submit(order)
            assert told in [item.text for item in seoul.brief().desk]
            assert seoul.preview(order).title in told
            assert tokyo.line.pages == page_of_tokyo
            assert told not in overheard.of(visits[1])
            secret_order = told
            for seat in (seoul, tokyo):
                seat.commit()
            page.done()
        for seat in (seoul, tokyo):
            until(seat, 3, Phase.TALKS)
            assert seat.past.turn(3).briefing.seat == seat.capital
            assert seat.why("rapprochement").figure == "rapprochement"
        assert secret_order in "".join(seoul.past.turn(3).decided)
        assert secret_order not in "".join(tokyo.past.turn(3).decided)
        until_true(has_letter(seoul, "MARK-TOKYO-TO-ALL"))
        assert "MARK-SEOUL-TO-BEIJING" in overheard.of(visits[0])
        assert "MARK-SEOUL-TO-BEIJING" not in overheard.of(visits[1])
        for goal in secret_goals(SEOUL):
            assert goal in overheard.of(visits[0])
            assert goal not in overheard.of(visits[1])


def test_a_class_plays_on_the_screens_of_a_local_game(at: Served, tmp_path: Path) -> None:
    teacher = Browser(at.link, "teacher")
    teacher.teach(at.teacher)

    async def doing(player: Player) -> None:
        await player.press("escape")
        await player.until_it_says("World 2, waits for Seoul")
        assert "m: messages" in player.read()
        teacher.look("/teacher/world/2")
        teacher.send("/teacher/advance")
        await player.until("ProposalsScreen")
        await player.press("escape", "a")
        await player.until_it_says("more are coming")
        assert "Forecasts so far: none to score yet" in player.read()
        await player.press("escape", "o", "enter", "g", "escape", "escape")
        await player.press("m", *_keys("all: hello from a terminal"), "enter")
        await player.until_it_says("Seoul to everyone, turn 1")
        await player.press("escape", "e", "enter")
        await player.until("ResolutionScreen")
        await player.press("escape", "escape", "t", "2")
        await player.until_it_says("As the turn opened")

    with seated(come_in(at, "Cleo", SEOUL, 2)) as seat:
        play(doing, tmp_path, seat=seat)
        assert seat.turn == 1
        assert "rapprochement join" in "\n".join(seat.line.way_back())
    teacher.look("/teacher/world/2")
    assert "hello from a terminal" in teacher.text
    teacher.close()


def test_a_seat_is_joined_left_and_joined_again_at_a_prompt(
    at: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    def join(*words: str, said: str = "") -> str:
        result = CliRunner().invoke(commands, ["join", at.link, "--plain", *words], input=said)
        return result.output + (str(result.exception) if result.exception else "")

    assert "code of the class is missing" in join()
    named = ("--code", at.code, "--name", "Dora", "--world", "3")
    assert "1. Seoul, world 3 (free)" in join(*named)
    typed = "say seoul: MARK-D\npapers\nstanding\nnote x\nquit\n"
    first = join(*named, "--seat", "tokyo", said=typed)
    assert "You sit in Tokyo, world 3." in first
    assert "Sent to Seoul." in first
    assert "World 3, waits for Tokyo" in first
    assert "Noted, on this computer alone" in first
    (notes,) = tmp_path.rglob("class-notes/*.txt")
    assert notes.read_text("utf-8").endswith("world 3, Tokyo, turn 1, talks: x\n")
    assert f"Come back with: rapprochement join {at.link}" in first
    again = join(said="messages\nadvisers\nforecast\nforecast 1: 40%\nforecast\nbranch 1\nquit\n")
    assert "Welcome back, Dora: Tokyo." in again
    assert "Tokyo to Seoul, turn 1:" in again
    assert "The courses compared" in again
    assert "40%" in again
    assert "not in a class: all play one world" in again
    (kept,) = tmp_path.rglob("classes.json")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "somebody is here as Dora" in join(*named, "--someone-else")


def test_people_of_one_seat_put_forward_and_decide(at: Served, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.press("escape")
        await player.until_it_says("v: drafts")
        await player.press("v")
        assert "Hana speaks for your seat." in player.read()
        assert "put forward by Ida; for it: Ida" in player.read()
        await player.press("enter")
        await player.until_it_says("Nothing is put forward")

    visits = [come_in(at, name, BEIJING, 3) for name in ("Hana", "Ida")]
    with seated(visits[0]) as hana, seated(visits[1]) as ida:
        said = ida.submit(first_allowed(ida))
        assert said.startswith("Put forward:")
        (draft,) = ida.line.drafts()
        assert draft.is_backed
        assert draft.may_drop
        until_true(lambda: bool(hana.line.drafts()))
        play(doing, tmp_path, seat=hana)
        assert [item.text for item in hana.brief().desk] == [draft.told.partition(": ")[2]]
        # What Hana decided is no longer Ida's to put forward, once she has heard of it.
        until_true(lambda: ida.brief().desk == hana.brief().desk)
        order = first_allowed(ida)
        typed = iter([f"order {order.action}:{order.target.key}", "drafts", "drop 1", "back 1"])
        told: list[str] = []
        PlainGame(ida, lambda _: next(typed, None), told.append).play()
        text = "".join(told)
        assert "put forward by Ida; for it: Ida (you are for it)" in text
        assert "Taken off the table" in text
        assert "there is no draft '1'" in text


def test_somebody_looks_on_from_a_terminal(
    at: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    overheard = Overheard(monkeypatch)
    truly = watching.watch
    with seated(come_in(at, "Kim", BEIJING, 3)) as speaker:

        def until_heard(wire: wiring.Wiring, say: Callable[[str], object]) -> None:
            def heard(line: str) -> None:
                say(line)
                if line.startswith("  Waits for"):
                    speaker.line.say("MARK-SECRET", (TOKYO,))
                    speaker.line.say("MARK-PUBLIC", ())
                if "MARK-PUBLIC" in line:
                    raise KeyboardInterrupt

            truly(wire, heard)

        monkeypatch.setattr(watching, "watch", until_heard)
        named = ("--code", at.code, "--name", "Jon", "--world", "3", "--watch")
        result = CliRunner().invoke(commands, ["join", at.link, *named])
        again = CliRunner().invoke(commands, ["join", at.link])
    assert "You look on in world 3." in result.output
    assert "== World 3: turn 1 of" in result.output
    assert "> Beijing to everyone, turn 1: MARK-PUBLIC" in result.output
    assert "You look on again." in again.output
    token = KeptTokens(next(tmp_path.rglob("classes.json"))).of(at.link)
    assert token is not None
    bytes_of_jon = bytes(overheard.by_token[token.token]).decode()
    assert "MARK-PUBLIC" in bytes_of_jon
    assert "MARK-SECRET" not in bytes_of_jon
    assert not any(goal in bytes_of_jon for goal in secret_goals(BEIJING) | secret_goals(TOKYO))


def to_the_end(seat: NetworkSeat) -> Iterator[str]:
    """End turn after turn, waiting for the class in between."""
    while seat.phase is not Phase.OVER:
        before = seat.turn, seat.phase
        yield "resolve"
        for _ in range(int(PATIENCE_SECONDS)):
            if before != (seat.turn, seat.phase):
                break
            seat.line.wait(seat.line.heard().version, 1.0)


@pytest.mark.slow
def test_an_ended_class_opens_the_debrief(at: Served) -> None:
    said: list[str] = []
    with seated(come_in(at, "Emil", TOKYO, 4)) as seat:
        with pytest.raises(NotAllowedNow, match="the debrief opens"):
            seat.debrief()
        lines = to_the_end(seat)
        PlainGame(seat, lambda _: next(lines, None), said.append).play()
        assert seat.phase is Phase.OVER
        assert len(seat.debrief().seats) == len(CAPITALS)
    assert "secret" in "".join(said)


def _keys(text: str) -> list[str]:
    return [{" ": "space", ":": "colon"}.get(sign, sign) for sign in text]


@pytest.mark.slow
def test_a_killed_class_loses_nothing_of_a_joined_seat(tmp_path: Path) -> None:
    path = tmp_path / "c.class"
    with served(path, "sandbox") as first:
        visit, other = come_in(first, "Fay", SEOUL, 1), come_in(first, "Gil", TOKYO, 1)
        with seated(visit) as seat, seated(other):
            told = seat.submit(first_allowed(seat))
            first.process.send_signal(signal.SIGKILL)
            first.process.communicate(timeout=20)
            until_true(lambda: "No connection" in seat.line.heard().trouble)
            unsent = seat.line.say("MARK-LATER", ())
            assert "as soon as it is back" in unsent
            with pytest.raises(NotAllowedNow, match="cannot be reached"):
                seat.why("rapprochement")
            assert [item.text for item in seat.brief().desk] == [told]
            heard = seat.line.heard()
            assert "No connection" in heard.trouble
            assert "Not sent yet: 1" in heard.trouble
            with served(path, port=first.port) as again:
                until_true(has_letter(seat, "MARK-LATER"))
                assert [item.text for item in seat.brief().desk] == [told]
                assert seat.line.heard().trouble == ""
                seat.commit()
                until_true(lambda: "your seat is done" in seat.line.heard().standing)
                teacher = Browser(again.link, "teacher")
                teacher.teach(again.teacher)
                teacher.send("/teacher/end", reason="The bell rang")
                teacher.close()
                until_true(lambda: seat.phase is Phase.OVER)
                assert "The class has ended: The bell rang" in seat.line.heard().trouble
                assert {goal.text for each in seat.debrief().seats for goal in each.goals} >= (
                    secret_goals(SEOUL)
                )


def has_letter(seat: NetworkSeat, text: str) -> Callable[[], bool]:
    return lambda: text in [letter.text for letter in seat.line.letters()]


# ---------------------------------------------------------------- being refused


def test_a_wrong_code_and_a_strange_token_are_refused_in_words(at: Served) -> None:
    with closing(Visit(parse_link(at.link), "no such token")) as visit:
        assert not visit.is_in
        with pytest.raises(NotAllowedNow, match="this is not the code"):
            visit.come_in("ABCDEF", "Hugo")
        with pytest.raises(NotAllowedNow, match="you have not come in"):
            visit.wiring.get("/standing")


def test_what_is_no_class_is_said_so() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotAllowedNow, match=f"{port}/: no class answers there. Compare the link"):
        Visit(parse_link(f"127.0.0.1:{port}"))


@pytest.mark.parametrize(
    "text",
    ["", "http://", "ftp://a/", "http://a:99999/", "http://u:p@a/", "http://a/teacher/enter/x"],
)
def test_a_link_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(MalformedInput, match="link"):
        parse_link(text)


def test_a_link_is_read_in_every_form_that_a_class_tells_it() -> None:
    assert parse_link(" 10.0.0.5:8765 ").link == "http://10.0.0.5:8765/"
    assert parse_link("https://lab/").netloc == "lab"
    assert parse_link("http://[::1]:80/join/ABCDEF").code == "ABCDEF"
    assert parse_link("http://[::1]:8765/").netloc == "[::1]:8765"


def test_who_one_is_survives_a_broken_file_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    tokens = KeptTokens(tmp_path / "deep" / "classes.json")
    assert tokens.of("http://a/") is None
    tokens.keep("http://a/", Kept("t", "Ann", "W"))
    tokens.keep("http://b/", Kept("u", "Ann"))
    assert tokens.of("http://a/") == Kept("t", "Ann", "W")
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    tokens.path.write_text("[nonsense", encoding="utf-8")
    assert tokens.of("http://a/") is None
    tokens.keep("http://a/", Kept("v", "Ann"))
    assert tokens.of("http://a/") == Kept("v", "Ann")
