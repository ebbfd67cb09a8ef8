"""Arrays against the oracle of one object a citizen.

The oracle (tests/oracle) moves opinion and protest of the same thousand citizens and
nothing else. So it is set against the same work done by the model's publics, chance
included, and, more than fair to it, against the whole model with governments, months and
polls. A hundred times was the aim.
"""

from benchmarks.measuring import interleaved, print_table, ratio_text
from benchmarks.shipped import BLOCK, play_block, shipped_case

from rapprochement_sim.agents.public import draw_opinion_noise
from rapprochement_sim.model import RapprochementModel
from tests.oracle.citizens import CitizensModel, News
from tests.oracle.twins import Listening, objects_of

TURNS = 2


def news_of_a_year() -> list[list[News]]:
    """Return what some turns of the array model did to the publics."""
    arrays = Listening(shipped_case(), runs=[0, 0], chance=False, collect=False)
    found = []
    for _ in range(TURNS):
        arrays.step()
        found.append(arrays.news(0))
    return found


def publics_of(model: RapprochementModel) -> None:
    """Do what the oracle does, by arrays: a turn's protest, chance and opinion."""
    state = model.state
    noise = draw_opinion_noise(model.chance, model.turn, model.case.world)
    for public in model.publics:
        participation = state.participation[public.index]
        for _ in range(model.case.world.turn_months):
            participation, _crowd = public.join(participation, model.grievance[public.index])
        displaced = state.displacement[public.index]
        public.move(state.attitude[public.index], noise[public.index], (displaced, displaced))


def measure(repeats: int) -> None:
    """Print CPU per run-turn of objects, of the same work by arrays, and of the model."""
    case = shipped_case()
    news, twin = news_of_a_year(), objects_of(case)

    def objects() -> int:
        for each in news:
            twin.news = each
            CitizensModel.step(twin)
        return TURNS

    arrays = RapprochementModel(case, runs=range(BLOCK), collect=False)
    arrays.step()

    def publics() -> int:
        for _ in range(TURNS):
            publics_of(arrays)
        return TURNS * BLOCK

    def whole() -> int:
        play_block(BLOCK)
        return BLOCK * case.world.n_turns

    works = {
        "objects: publics only": objects,
        "arrays: publics only": publics,
        "arrays: whole model": whole,
    }
    found = interleaved(works, repeats)
    slow = found["objects: publics only"]
    print_table(
        f"One object a citizen over arrays, {BLOCK} runs a block (aim: at least 100)",
        ["", "CPU us a run and turn", "objects / this"],
        [
            [name, f"{timing.microseconds:.1f}", ratio_text(slow.over(timing))]
            for name, timing in found.items()
        ],
    )
