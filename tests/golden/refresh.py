"""Write the golden saves anew, and print what changed: ``python -m tests.golden.refresh``.

Run it only when results were meant to change (rules, scenario or dynamics), read the
diff, and say in the commit why.
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.game.journal_text import journal_text
from rapprochement_sim.vocabulary import Capital
from tests.game.games import new_game, play_busily

if TYPE_CHECKING:
    from rapprochement_sim.game.session import Session

FOLDER = Path(__file__).parent
_CONTEXT = 0


def golden_games() -> dict[str, Session]:
    """Play the golden games: name of the save and the game."""
    watched = new_game(seed=1)
    while not watched.is_over:
        watched.play_turn()
    tokyo = new_game(Capital.TOKYO, seed=7)
    play_busily(tokyo, tokyo.case.world.n_turns)
    pair = new_game(Capital.SEOUL, Capital.PYONGYANG, seed=3, run=2)
    play_busily(pair, 5)
    return {"nobody_plays": watched, "tokyo_plays": tokyo, "seoul_and_pyongyang_play": pair}


def main() -> None:
    """Print the difference of every golden save, then write it."""
    for name, session in golden_games().items():
        path = FOLDER / f"{name}.jsonl"
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = journal_text(session.journal())
        lines = difflib.unified_diff(
            old.splitlines(),
            new.splitlines(),
            f"{name} before",
            f"{name} now",
            "",
            "",
            _CONTEXT,
            "",
        )
        sys.stdout.writelines(f"{line}\n" for line in lines)
        path.write_text(new, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
