"""Ratios measured in one sitting: CPU time, interleaved repeats, medians.

Wall time says more about the neighbours on a shared machine than about a program, and
even CPU time drifts by a third within the hour. So things to compare take turns, and
only their ratios are worth quoting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time

Work = Callable[[], int]
"""Does something and returns how many units of it were done."""


@dataclass(frozen=True)
class Timing:
    """CPU seconds a unit, one number a repeat."""

    seconds: tuple[float, ...]

    @property
    def microseconds(self) -> float:
        """Median CPU microseconds a unit."""
        return 1e6 * median(self.seconds)

    @property
    def units_a_second(self) -> float:
        """Median units a CPU second."""
        return 1.0 / median(self.seconds)

    def over(self, base: "Timing") -> tuple[float, float, float]:
        """Return lowest, median and highest ratio to a base measured in the same repeats."""
        ratios = [a / b for a, b in zip(self.seconds, base.seconds, strict=True)]
        return min(ratios), median(ratios), max(ratios)


def interleaved(works: Mapping[str, Work], repeats: int) -> dict[str, Timing]:
    """Time several works in turns; the first round only warms up."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for number in range(1 + repeats):
        for name, work in works.items():
            begun = process_time()
            units = work()
            spent = (process_time() - begun) / units
            if number > 0:
                seconds[name].append(spent)
    return {name: Timing(tuple(each)) for name, each in seconds.items()}


def ratio_text(ratio: tuple[float, float, float]) -> str:
    """Format a ratio with the range it had over the repeats."""
    low, middle, high = ratio
    digits = 1 if middle >= 10 else 2
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first column to the left, numbers to the right."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    print(f"\n{title}")
    for number, line in enumerate(lines):
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  " + "  ".join(cells).rstrip())
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))
