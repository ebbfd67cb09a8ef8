"""What the refresh script writes is what stands in the pages."""

import re

import pytest
from scripts import refresh_docs
from scripts.reference_pages import pages

from rapprochement_sim.model import RapprochementModel

ADVICE = "Run `python scripts/refresh_docs.py`, look at what it changed, and commit it."
PAGES = pages()


def _blocks() -> list[tuple[str, int]]:
    counted = []
    for name in refresh_docs.WITH_TRANSCRIPTS:
        text = (refresh_docs.ROOT / name).read_text(encoding="utf-8")
        counted += [(name, number) for number in range(len(refresh_docs.transcripts_in(text)))]
    return counted


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_reference_page_says_what_the_rules_say(name: str) -> None:
    path = refresh_docs.REFERENCE / name
    assert not refresh_docs.differences(path, PAGES[name]), ADVICE


def test_the_reference_holds_no_page_that_is_not_written() -> None:
    assert {path.name for path in refresh_docs.REFERENCE.iterdir()} == set(PAGES)


def test_the_odd_page_has_the_phases_and_variables_of_the_model() -> None:
    fresh = refresh_docs.with_phases_and_variables(refresh_docs.ODD.read_text(encoding="utf-8"))
    assert not refresh_docs.differences(refresh_docs.ODD, fresh), ADVICE


def test_the_phases_are_numbered_and_each_is_a_method_that_says_so() -> None:
    numbers = [int(phase.partition(".")[0]) for phase in refresh_docs.phases()]
    assert numbers == list(range(1, 9))
    told = [
        int(found[1])
        for method in vars(RapprochementModel).values()
        if (found := re.match(r"Phase (\d)", getattr(method, "__doc__", None) or ""))
    ]
    assert sorted(told) == numbers


def test_the_odd_page_has_its_seven_headings() -> None:
    text = refresh_docs.ODD.read_text(encoding="utf-8")
    assert re.findall(r"^## (\d)\. (.+)$", text, re.MULTILINE) == [
        ("1", "Purpose and patterns"),
        ("2", "Entities, state variables and scales"),
        ("3", "Process overview and scheduling"),
        ("4", "Design concepts"),
        ("5", "Initialization"),
        ("6", "Input data"),
        ("7", "Submodels"),
    ]


def _marked(name: str, number: int) -> object:
    """Repeat the studies of the how-tos before a change lands; the others at every call."""
    marks = [pytest.mark.slow] if name.endswith(("run.md", "open-fork-compare.md")) else []
    return pytest.param(name, number, id=f"{name}-{number}", marks=marks)


@pytest.mark.parametrize(("name", "number"), [_marked(*block) for block in _blocks()])
def test_a_transcript_is_what_its_commands_say(name: str, number: int) -> None:
    text = (refresh_docs.ROOT / name).read_text(encoding="utf-8")
    kept = refresh_docs.transcripts_in(text)[number]
    fresh = refresh_docs.with_transcripts(kept)
    assert refresh_docs.masked(fresh) == refresh_docs.masked(kept), ADVICE


def test_there_are_transcripts_for_players_and_analysts() -> None:
    readme = (refresh_docs.ROOT / "README.md").read_text(encoding="utf-8")
    commands = [
        command
        for block in refresh_docs.transcripts_in(readme)
        for command in refresh_docs.commands_in(block)
    ]
    for wanted in ("rapprochement play", "rapprochement run", "rapprochement explain"):
        assert any(wanted in command for command in commands)


def test_lines_are_chosen_by_what_they_hold() -> None:
    lines = ["$ ask", "one", "two", "", "three", "four", "five"]
    asked = [True, *[False] * 6]
    assert refresh_docs.shown_lines(lines, asked, "") == lines
    shown = refresh_docs.shown_lines(lines, asked, " one..two | three..three ")
    assert shown == ["$ ask", "one", "two", "", "three", "[...]"]
    assert refresh_docs.shown_lines(lines, asked, "four..") == ["$ ask", "[...]", "four", "five"]
    with pytest.raises(ValueError, match="no line with 'six'"):
        refresh_docs.shown_lines(lines, asked, "six..")


def test_commands_are_read_from_a_block_and_not_from_what_they_say() -> None:
    block = "$ cat <<end\n> hello\n> end\nhello\n> no command\n$ true\n"
    assert refresh_docs.commands_in(block) == ["cat <<end\nhello\nend", "true"]


def test_a_command_that_fails_says_its_status() -> None:
    page = "<!-- transcript: -->\n```console\n$ exit 3\n```\n<!-- end transcript -->"
    assert "$ exit 3\n[status 3]\n" in refresh_docs.with_transcripts(page)
