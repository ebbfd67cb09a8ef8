"""``--masked``: any scenario among State A to State E."""

from __future__ import annotations

import click


def _wear(_context: click.Context, _parameter: click.Parameter, is_masked: bool) -> None:
    if is_masked:
        from rapprochement_sim.naming import wear
        from rapprochement_sim.scenario.name_table import masked_skin

        wear(masked_skin())


masked_option = click.option(
    "--masked",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_wear,
    help="Name no country: State A to State E, neutral disputes. The same game.",
)
"""Let a command wear the masked skin before anything is loaded."""
