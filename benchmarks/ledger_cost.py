"""What it costs to keep the ledger, and what it costs to ask it.

Keeping is what every game and every explained run pays; at most a tenth was the aim.
"""

from benchmarks.measuring import interleaved, print_table, ratio_text
from benchmarks.shipped import BLOCK, play_block, shipped_case, spec_of


def measure(repeats: int) -> None:
    """Print CPU per run-turn without the ledger, with it, and with all runs explained."""
    units = BLOCK * shipped_case().world.n_turns
    indicators = spec_of(BLOCK).indicators

    def off() -> int:
        play_block(BLOCK)
        return units

    def kept() -> int:
        play_block(BLOCK, ledger=True)
        return units

    def explained() -> int:
        ledger = play_block(BLOCK, ledger=True).ledger
        assert ledger is not None
        assert len(ledger.totals(indicators)) == len(indicators)
        return units

    found = interleaved({"off": off, "kept": kept, "kept and explained": explained}, repeats)
    print_table(
        f"The ledger, {BLOCK} runs a block (aim: kept at most 1.10 of off)",
        ["ledger", "CPU us a run and turn", "this / off"],
        [
            [name, f"{timing.microseconds:.1f}", ratio_text(timing.over(found["off"]))]
            for name, timing in found.items()
        ],
    )
