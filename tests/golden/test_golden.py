"""Saved games of the past come out as they did: decisions, figures, and digests.

If results were meant to change: ``python -m tests.golden.refresh``, and read its diff.
"""

from pathlib import Path

import pytest

from rapprochement_sim.errors import WrongVersion
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.replaying import open_game, replay

FOLDER = Path(__file__).parent
REFRESH = "If this was meant: python -m tests.golden.refresh"
SAVES = sorted(FOLDER.glob("*.jsonl"))


def test_there_are_golden_saves() -> None:
    assert len(SAVES) == 3


@pytest.mark.parametrize("path", SAVES, ids=lambda path: path.stem)
def test_a_golden_save_replays_to_what_it_recorded(path: Path) -> None:
    journal = read_journal(path)
    try:
        replayed = replay(journal, path)
    except WrongVersion as error:
        pytest.fail(f"{error}\n{REFRESH}")
    # The last bits may differ on another processor; six digits and all decisions may not.
    assert not replayed.difference, f"{replayed.difference}\n{REFRESH}"


def test_a_save_of_older_rules_stays_readable() -> None:
    path = FOLDER / "older_rules" / "seoul_plays.jsonl"
    journal = read_journal(path)
    assert len(journal.turns) == 12
    assert "published_korea_unfavourable_of_japan" in journal.turns[-1].published
    with pytest.raises(WrongVersion, match="another version of the rules"):
        open_game(path)
