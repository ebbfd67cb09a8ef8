"""A fit at work in a scenario: the rules with the sizes and speeds that a record has taught.

``fit: record_2010`` in a scenario multiplies classes of numbers by the posterior's middle;
``fit: record_2010:7`` by its seventh draw, for studies of what the record leaves open. A fit of
one's own, kept by ``rapprochement calibrate --out posterior.json`` beside the scenario, is named
by its file: ``fit: posterior.json``. Only what carries over is taken: sizes of injuries, remedies
and warmth, half-lives, speeds, noise and the thresholds of surveys. Starting levels, and the hurt
that stays beside that of January 2010, belong to the record alone.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.schema import Effect, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rapprochement_sim.scenario.schema import RuleBook

_DATA = Path(__file__).resolve().parents[1] / "data"
_POSTERIOR, _FILE = "posterior.json", ".json"
_DIGITS = 6
ISLANDS = ("islands", "senkaku_diaoyu", "sea_radar")
MEMORY = ("forced_labour", "comfort_women", "textbooks", "shrine")
TRADE = ("trade_controls", "thaad")
SIZES: dict[str, tuple[str, tuple[str, ...]]] = {
    "size_of_island_injuries": ("hurt", ISLANDS),
    "size_of_memory_injuries": ("hurt", MEMORY),
    "size_of_trade_injuries": ("hurt", TRADE),
    "size_of_remedies": ("relief", ()),
    "size_of_warmth": ("glow", ()),
}
"""Effective parameter to the variable it is about, and the disputes; none stands for all."""
SPEEDS: dict[str, tuple[str, ...]] = {
    "speed_of_opinion": ("anchor_rate_per_year", "social_rate_per_year"),
    "speed_of_reaction": ("reaction_rate_per_year",),
    "common_noise": ("opinion_common_noise",),
}
"""Effective parameter to the coefficients that it multiplies."""
HALF_LIFE, THRESHOLD = "half_life_of_hurt", "threshold_"


def fitted_rules(rules: RuleBook, fit: str, where: str, beside: Path) -> RuleBook:
    """Return a rule book with the numbers that a fit has moved; each says so as its source.

    Parameters
    ----------
    rules
        The rule book as it stands.
    fit
        Name of a record with a posterior, or of a file that holds one; with a colon and a
        number, one of its draws.
    where
        File, line and key that ask for it.
    beside
        Folder of the scenario, in which a file is looked for.

    Raises
    ------
    MalformedInput
        If there is no such fit or no such draw, or a file is no posterior.
    """
    numbers = _numbers(fit, where, beside)
    source = f"fit:{fit}"

    def moved(effect: Effect) -> Effect:
        for name, (variable, disputes) in SIZES.items():
            if effect.on == variable and (not disputes or effect.at[0] in disputes):
                return _scaled_effect(effect, numbers.get(name, 1.0), source)
        return effect

    entries: dict[str, Any] = {
        section: _mapped(getattr(rules, section), moved) for section in ("actions", "events")
    }
    coefficients = dict(rules.parameters)
    for name, keys in SPEEDS.items():
        for key in keys:
            coefficients[key] = _scaled(coefficients[key], numbers.get(name, 1.0), source)
    entries["parameters"] = coefficients
    factor = numbers.get(HALF_LIFE, 1.0)
    entries["disputes"] = {
        name: each.model_copy(
            update={"half_life_years": _scaled(each.half_life_years, factor, source)}
        )
        for name, each in rules.disputes.items()
    }
    entries["surveys"] = {
        name: each.model_copy(
            update={"threshold": _shifted(each.threshold, numbers[THRESHOLD + name], source)}
        )
        if THRESHOLD + name in numbers
        else each
        for name, each in rules.surveys.items()
    }
    return rules.model_copy(update=entries)


def list_fits() -> list[str]:
    """Return the names of the records that a posterior is shipped with."""
    return sorted(path.parent.name for path in _DATA.glob(f"*/{_POSTERIOR}"))


def own_posterior(fit: str) -> str:
    """Return the name of the file that a fit is kept in, or nothing for a shipped one."""
    name = fit.partition(":")[0]
    return name if name.endswith(_FILE) else ""


def _numbers(fit: str, where: str, beside: Path) -> Mapping[str, float]:
    """Return factors and shifts by name."""
    record, colon, draw = fit.partition(":")
    kept = _read_own(record, where, beside) if own_posterior(fit) else _shipped(record, where)
    if not colon:
        return dict(zip(kept["names"], kept["middle"], strict=True))
    draws = kept["draws"]
    if not draw.isdecimal() or not 1 <= int(draw) <= len(draws):
        what = f"the fit '{record}' has no draw '{draw}'"
        raise MalformedInput(what, where=where, allowed=f"1 to {len(draws)}")
    return dict(zip(kept["names"], draws[int(draw) - 1], strict=True))


def _shipped(record: str, where: str) -> dict[str, Any]:
    known = list_fits()
    if record not in known:
        what = f"there is no fit '{record}'"
        near = nearest_name(record, known)
        allowed = f"{listed(known)}, or a posterior{_FILE} beside the scenario"
        raise MalformedInput(what, where=where, allowed=allowed, nearest=near)
    return _kept(record)


@cache
def _kept(record: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_DATA / record / _POSTERIOR).read_text(encoding="utf-8"))
    return found


def _read_own(name: str, where: str, beside: Path) -> dict[str, Any]:
    """Read a posterior that stands beside a scenario."""
    if Path(name).name != name or not (beside / name).is_file():
        what = f"there is no posterior '{name}' beside the scenario"
        todo = f"Keep one there: `rapprochement calibrate --out {_POSTERIOR}`."
        raise MalformedInput(what, where=where, todo=todo)
    try:
        found = json.loads((beside / name).read_text(encoding="utf-8"))
        names, rows = found["names"], [found["middle"], *found["draws"]]
        is_sound = all(len(row) == len(names) and all(map(math.isfinite, row)) for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        is_sound = False
    if not is_sound:
        what = f"'{name}' is no posterior that a fit has written"
        raise MalformedInput(what, where=where, todo="Fit again: `rapprochement calibrate --out`.")
    return {"names": names, "middle": rows[0], "draws": rows[1:]}


def _mapped(part: Any, change: Callable[[Effect], Effect]) -> Any:
    """Return a part of the rules with every effect in it changed."""
    if isinstance(part, Effect):
        return change(part)
    if isinstance(part, BaseModel):
        fields = {name: getattr(part, name) for name in type(part).model_fields}
        new = {name: _mapped(value, change) for name, value in fields.items()}
        differing = {name: value for name, value in new.items() if value is not fields[name]}
        return part.model_copy(update=differing) if differing else part
    if isinstance(part, dict):
        mapped = {key: _mapped(value, change) for key, value in part.items()}
        return mapped if any(mapped[key] is not part[key] for key in part) else part
    if isinstance(part, list):
        items = [_mapped(value, change) for value in part]
        return items if any(a is not b for a, b in zip(items, part, strict=True)) else part
    return part


def _scaled_effect(effect: Effect, factor: float, source: str) -> Effect:
    if factor == 1.0 or effect.size == 0.0:
        return effect
    update = {
        "size": round(effect.size * factor, _DIGITS),
        "range": _times(effect.range, factor),
        "source": source,
        "why": f"{effect.why}; {_before(effect.size, effect.source)}, times {factor:.2f}",
    }
    return effect.model_copy(update=update)


def _scaled(quantity: Quantity, factor: float, source: str) -> Quantity:
    before = _before(quantity.value, quantity.source)
    update = {
        "value": round(quantity.value * factor, _DIGITS),
        "range": _times(quantity.range, factor),
        "source": source,
        "about": f"{quantity.about} Shipped: {before}, times {factor:.2f}.",
    }
    return quantity.model_copy(update=update)


def _shifted(quantity: Quantity, shift: float, source: str) -> Quantity:
    low, high = quantity.range
    update = {
        "value": round(quantity.value + shift, _DIGITS),
        "range": [round(low + shift, _DIGITS), round(high + shift, _DIGITS)],
        "source": source,
        "about": f"{quantity.about} Shipped: {_before(quantity.value, quantity.source)}.",
    }
    return quantity.model_copy(update=update)


def _before(value: float, source: str) -> str:
    return f"{value:g} by {source}"


def _times(ends: list[float], factor: float) -> list[float]:
    return [round(end * factor, _DIGITS) for end in ends]
