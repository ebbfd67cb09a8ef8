"""Where the sources give a figure: its sign, and its size, or that the size is missed.

A miss is asserted as well: whoever mends it must say so in docs/concepts/sizes.md. Nothing is
tuned to these figures; what fits the rules to the record is in docs/concepts/validation.md.
"""

from dataclasses import dataclass
from functools import cache

import pytest

from tests.worked_cases.playing import Found, results
from tests.worked_cases.worked_case import Expectation, Orders, Told, WorkedCase

IN_MAKE_TEST, IN_CI = 20, 200
SMALLEST, LARGEST = 0.45, 2.0
"""Shares of a figure within which its size counts as met: about a half to twice."""


@dataclass(frozen=True)
class Size:
    """A figure of the record and the act or event that the rules have for it.

    ``seen`` is in the unit of ``figure``; ``is_met`` says whether the rules come near it.
    """

    fact: str
    mechanism: str
    scenario: str
    figure: str
    after: int
    seen: float
    is_met: bool
    orders: Orders
    befalls: Orders

    @property
    def told(self) -> Told:
        """The case that is played, with a twin in which nothing of it happens."""
        sign = "+" if self.seen > 0.0 else "-"
        case = WorkedCase(
            name=self.fact,
            scenario=self.scenario,
            turns=self.after,
            orders=self.orders,
            befalls=self.befalls,
            expect=[Expectation(figure=self.figure, after=self.after, sign=sign)],  # type: ignore[arg-type]
        )
        return Told(self.mechanism, 0, case)


def of(
    fact: str,
    mechanism: str,
    place: tuple[str, str, int],
    seen: float,
    *,
    orders: Orders | None = None,
    befalls: Orders | None = None,
    is_met: bool,
) -> Size:
    """Say what was seen where: ``place`` is scenario, figure and turn."""
    return Size(fact, mechanism, *place, seen, is_met, orders or {}, befalls or {})


VISIT: Orders = {1: ["island_visit:seoul>tokyo"]}
AGREEMENT: Orders = {1: ["survivors_agreement:tokyo>seoul"]}
ROWS: Orders = {1: ["court_ruling_forced_labour"], 2: ["maritime_encounter"]}
SIZES = (
    of(
        "F05",
        "arc_of_relations",
        ("gsomia_2012", "japan_affinity_for_korea", 1),
        -23.0,
        orders=VISIT,
        is_met=False,
    ),
    of(
        "F09",
        "ruling_and_controls",
        ("spiral_2018", "japan_affinity_for_korea", 4),
        -12.7,
        befalls=ROWS,
        is_met=False,
    ),
    of(
        "F11",
        "apologies_received",
        ("agreement_2015", "japan_unfavourable_of_korea", 2),
        -7.8,
        orders=AGREEMENT,
        is_met=False,
    ),
    of(
        "F13",
        "apologies_received",
        ("agreement_2015", "approval_seoul", 1),
        -0.03,
        orders=AGREEMENT,
        is_met=False,
    ),
    of(
        "F20",
        "history_politicised",
        ("spiral_2018", "approval_tokyo", 1),
        0.039,
        orders={1: ["white_list_removal:tokyo>seoul"]},
        is_met=False,
    ),
    of(
        "F24",
        "history_politicised",
        ("gsomia_2012", "approval_seoul", 1),
        0.059,
        orders={1: ["hostile_statement:seoul>pyongyang"]},
        is_met=False,
    ),
    of(
        "F25",
        "shuttle_and_settlements",
        ("rekindled_2023", "korea_favourable_of_japan", 1),
        2.3,
        orders={1: ["summit:tokyo>seoul"]},
        is_met=False,
    ),
    of(
        "F27",
        "missile_campaigns",
        ("gsomia_2012", "threat_seoul_pyongyang", 1),
        0.08,
        orders={1: ["nuclear_test:pyongyang>seoul"]},
        is_met=True,
    ),
    of(
        "F39",
        "exchange_reduces_stereotypes",
        ("gsomia_2012", "japan_affinity_for_korea", 1),
        2.1,
        befalls={1: ["natural_disaster_sympathy"]},
        is_met=True,
    ),
)


@cache
def played(n_runs: int) -> dict[str, Found]:
    """Play every figure's case and its twin among playing governments."""
    found = results([size.told for size in SIZES], n_runs, crowded=True)
    return {size.fact: each[0][1] for size, each in zip(SIZES, found, strict=True)}


def checked(size: Size, found: Found) -> None:
    """Hold a difference against the figure."""
    said = f"{size.figure}: {found.mean:+.4g} [{found.low:+.4g}, {found.high:+.4g}]"
    assert found.sign == ("+" if size.seen > 0.0 else "-"), said
    share = found.mean / size.seen
    assert share < LARGEST, said
    assert (share > SMALLEST) == size.is_met, said


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.fact)
def test_a_figure_has_its_sign_and_its_size_is_met_or_known_to_be_missed(size: Size) -> None:
    checked(size, played(IN_MAKE_TEST)[size.fact])


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.fact)
def test_the_same_holds_in_two_hundred_pairs(size: Size) -> None:
    checked(size, played(IN_CI)[size.fact])
