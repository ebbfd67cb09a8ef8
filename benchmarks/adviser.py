"""How soon advice comes from warm workers, against what it should take.

Wall time of the whole way: a question, its portions over two workers, the advice read. CPU
seconds are those of the same rollouts in one process, which a busy machine tells better.
"""

from statistics import median
from time import perf_counter, process_time, sleep

from benchmarks.measuring import print_table
from benchmarks.shipped import SCENARIO

from rapprochement_sim.game.adviser_slices import STAGES, STANDARD
from rapprochement_sim.game.adviser_workers import WarmWorkers
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.vocabulary import Capital

AIMS = {STAGES[0]: 0.15, STANDARD: 1.0}
_LOOK_SECONDS = 0.002


def measure(repeats: int) -> None:
    """Ask again and again in an open turn and tell when so many rollouts were there."""
    session = start_game(SCENARIO, seats=(Capital.SEOUL,), seed=7)
    workers = WarmWorkers()
    seat = LocalSeat(session, Capital.SEOUL, workers=workers)
    try:
        seat.advice(wait=True)
        waited = [_wait_for_stages(seat) for _ in range(repeats)]
    finally:
        workers.close()
    spent = [_cpu_of_stages(LocalSeat(session, Capital.SEOUL)) for _ in range(max(repeats // 2, 1))]
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


def _wait_for_stages(seat: LocalSeat) -> dict[int, float]:
    begun = perf_counter()
    seat.ask_advice()
    found: dict[int, float] = {}
    while len(found) < len(AIMS):
        advice = seat.advice().advice
        for n in AIMS:
            if advice is not None and advice.n_rollouts >= n and n not in found:
                found[n] = perf_counter() - begun
        sleep(_LOOK_SECONDS)
    seat.cancel_advice()
    return found


def _cpu_of_stages(seat: LocalSeat) -> dict[int, float]:
    seat.prepare_advice()
    begun = process_time()
    found: dict[int, float] = {}
    seat.ask_advice()
    while len(found) < len(AIMS):
        advice = seat.advice().advice
        for n in AIMS:
            if advice is not None and advice.n_rollouts >= n and n not in found:
                found[n] = process_time() - begun
    seat.cancel_advice()
    return found
