import numpy as np

from rapprochement_sim.ensemble.rehearsing import rehearse
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import Capital
from tests.tiny import shipped_rules_few_citizens


def test_a_rehearsal_teaches_the_same_twice_and_what_it_says() -> None:
    case = shipped_rules_few_citizens()
    first, again = (rehearse(case, Capital.PYONGYANG, n_runs=8) for _ in range(2))
    assert first.mean_score == again.mean_score
    digests = []
    for rehearsed in (first, again):
        model = RapprochementModel(case, runs=[0, 1], collect=False, capital_agent=rehearsed.policy)
        model.step()
        digests.append(model.state.digest(0))
        outlook = rehearsed.policy.outlook.get(Capital.PYONGYANG)
        if outlook is not None:
            assert (outlook.spread > 0.0).all()
            assert np.all((outlook.slope >= 0.0) & (outlook.slope <= 1.0))
    assert digests[0] == digests[1]
