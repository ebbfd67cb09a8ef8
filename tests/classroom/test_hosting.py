"""What the terminal says when a class is opened."""

import sys
from pathlib import Path

import pytest

from rapprochement_sim.classroom.web.serving import Place
from rapprochement_sim.commands.host import way_on


def test_the_command_that_goes_on_opens_the_same_link_and_can_be_pasted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = Path("a b.class")
    monkeypatch.setattr(sys, "argv", [".venv/bin/rapprochement", "host"])
    usual = way_on(path, Place("10.0.0.7", 8765), "http://10.0.0.7:8765/")
    assert usual == ".venv/bin/rapprochement host --class 'a b.class' --bind 10.0.0.7"
    monkeypatch.setattr(sys, "argv", ["/usr/lib/python3/runpy.py"])
    files = Path("c.pem"), Path("k.pem")
    other = way_on(path, Place("10.0.0.7", 0, ("class.lan",), *files), "https://10.0.0.7:9000/")
    assert other == (
        "rapprochement host --class 'a b.class' --bind 10.0.0.7 --port 9000 --name class.lan "
        "--certificate c.pem --key k.pem"
    )
