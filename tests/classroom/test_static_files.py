"""What browsers load beside the pages: others' scripts as they were published, kept by version."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import rapprochement_sim
from tests.classroom.browser import Browser
from tests.classroom.served import Served, served

STATIC = Path(rapprochement_sim.__file__).parent / "classroom" / "web" / "static"


def test_scripts_of_others_are_those_that_their_list_names() -> None:
    listed = re.findall(
        r"`(\S+\.js)` \| [\w.-]+ [\d.]+ \| `(\w{64})`",
        (STATIC / "vendor" / "README.md").read_text(encoding="utf-8"),
    )
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor").glob("*.js")
    }
    assert dict(listed) == found


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "c.class", "sandbox") as opened:
        yield opened


def test_browsers_keep_the_files_of_a_page_and_never_the_page(at: Served) -> None:
    reader = Browser(at.link)
    page = reader.look("/")
    assert page.headers["cache-control"] == "no-store"
    named = re.findall(r'(?:src|href)="(/static/[^"]+\?\w{12})"', page.text)
    assert {name.split("?")[0].rsplit(".", 1)[1] for name in named} == {"css", "js"}
    for name in named:
        assert "max-age" in reader.look(name).headers["cache-control"]
    reader.close()
