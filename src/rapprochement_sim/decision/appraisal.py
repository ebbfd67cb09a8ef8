"""How capitals appraise each other, from the state's arrays."""

from collections.abc import Mapping

from rapprochement_sim.dynamics.threat import threat_logit
from rapprochement_sim.world.axes import N_CAPITALS, Array
from rapprochement_sim.world.building import World
from rapprochement_sim.world.forms import logistic


def appraise_threat(world: World, values: Mapping[str, Array]) -> Array:
    """Return every capital's appraisal of every other (capital, partner, run), logits."""
    numbers = world.parameters
    lanes = values["bandwidth"].shape[-1]
    ring = world.encirclement @ values["institution"].reshape(-1, lanes)
    return threat_logit(
        constant=world.threat_constant,
        posture=values["posture"],
        programme=values["programme"],
        provocation=values["provocation"],
        trust=logistic(values["trust"]),
        encirclement=ring.reshape(N_CAPITALS, N_CAPITALS, lanes),
        weights=(
            numbers["threat_posture"],
            numbers["threat_programme"],
            numbers["threat_provocation"],
            numbers["threat_trust"],
        ),
    )
