"""How soon advice comes from warm workers, against what it should take.

Wall time of the whole way: a question, its portions over two workers, the advice read. CPU
seconds are those of the same rollouts in one process, which a busy machine tells better.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

from benchmarks.measuring import print_table
from benchmarks.shipped import SCENARIO

from rapprochement_sim.game.adviser import Adviser
from rapprochement_sim.game.adviser_desk import SessionDesk
from rapprochement_sim.game.adviser_slices import STAGES, STANDARD
from rapprochement_sim.game.adviser_workers import WarmWorkers
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.vocabulary import Capital

AIMS = {STAGES[0]: 0.15, STANDARD: 1.0}
_LONGEST_WAIT = 10.0


def measure(repeats: int) -> None:
    """Ask again and again in an open turn and tell when so many rollouts were there."""
    session = start_game(SCENARIO, seats=(Capital.SEOUL,), seed=7)
    workers = WarmWorkers()
    adviser = Adviser(SessionDesk(session, Capital.SEOUL), workers)
    try:
        adviser.state(wait=True)
        waited = [_times_of_stages(adviser, perf_counter) for _ in range(repeats)]
    finally:
        workers.close()
    alone = Adviser(SessionDesk(session, Capital.SEOUL))
    alone.prepare()
    spent = [_times_of_stages(alone, process_time) for _ in range(max(repeats // 2, 1))]
    rows = [
        [
            f"{n} rollouts of 8 turns",
            f"{aim:.2f} s",
            f"{median(each[n] for each in waited):.2f} s",
            f"{median(each[n] for each in spent):.2f} s",
        ]
        for n, aim in AIMS.items()
    ]
    head = ["first advice from", "aim", "median of waiting", "median CPU, one process"]
    print_table(f"Advice, two warm workers, {repeats} questions", head, rows)


def _times_of_stages(adviser: Adviser, clock: Callable[[], float]) -> dict[int, float]:
    """Ask anew; return when advice from so many rollouts was there."""
    begun = clock()
    adviser.ask()
    found: dict[int, float] = {}
    while len(found) < len(AIMS):
        advice = adviser.state(seconds=_LONGEST_WAIT).advice
        for n in AIMS:
            if advice is not None and advice.n_rollouts >= n and n not in found:
                found[n] = clock() - begun
    adviser.cancel()
    return found
