"""What is measured: the shipped scenario, in the shipped blocks."""

from rapprochement_sim.decision.case import Case
from rapprochement_sim.ensemble.block import run_block
from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE, EnsembleSpec
from rapprochement_sim.model import RapprochementModel, load_case

SCENARIO = "rekindled_2023"
BLOCK = DEFAULT_BLOCK_SIZE
N_KEPT = 20


def shipped_case() -> Case:
    """Return the compiled case, built once a process."""
    return load_case(SCENARIO)


def spec_of(n_runs: int, block_size: int = BLOCK) -> EnsembleSpec:
    """Return an ensemble that keeps twenty indicators by turn."""
    case = shipped_case()
    composites = list(case.loaded.rules.composites)
    others = [entry.name for entry in case.indicators.entries if entry.name not in composites]
    return EnsembleSpec(
        scenario=SCENARIO,
        content_hash=case.loaded.content_hash,
        rules_hash=case.loaded.rules_hash,
        root_seed=1,
        n_runs=n_runs,
        block_size=block_size,
        indicators=tuple([*composites, *others][:N_KEPT]),
        explained_runs=0,
    )


def run_ensemble(spec: EnsembleSpec) -> int:
    """Run all blocks in this process, as a worker does; return the number of runs."""
    for block in range(spec.n_blocks):
        run_block(spec, block)
    return spec.n_runs


def play_block(lanes: int, *, first: int = 0, ledger: bool = False) -> RapprochementModel:
    """Play one block to the end, indicators read and thrown away."""
    runs = range(first, first + lanes)
    model = RapprochementModel(shipped_case(), runs=runs, ledger=ledger, collect=False)
    while not model.is_over:
        model.step()
    return model
