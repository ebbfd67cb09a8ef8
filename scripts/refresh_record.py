"""Write again what each act of the shipped record touches, after the rules have changed."""

import csv
import io
from pathlib import Path

from rapprochement_sim.experiments.record import DATA, LEADER, SHIPPED_RECORD
from rapprochement_sim.experiments.record_effects import touched
from rapprochement_sim.scenario.loading import load_scenario


def refreshed(path: Path) -> str:
    """Return the table of acts with its columns of disputes and publics as the rules have it."""
    rules = load_scenario(path.parent).rules
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        if row["act"] != LEADER:
            modifiers = tuple(row["modifiers"].split(";")) if row["modifiers"] else ()
            does = touched(rules, row["act"], modifiers)
            row |= {
                "disputes": ";".join(does.disputes),
                "injured": ";".join(does.injured),
                "relieved": ";".join(does.relieved),
            }
        writer.writerow(row)
    return written.getvalue()


def main() -> None:
    """Refresh the shipped record."""
    path = DATA / SHIPPED_RECORD / "acts.csv"
    path.write_text(refreshed(path), encoding="utf-8")


if __name__ == "__main__":
    main()
