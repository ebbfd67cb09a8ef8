"""Figures as people read them: values, changes and margins with the digits they deserve.

Every face of the game shows a figure by these functions, so that a number reads the same in
a line of text, on a screen and in a browser, and no zero anywhere carries a sign.
"""

_SHARES = ("approval_", "protest_")
_POINTS = "political_capital_"
_HUNDREDTH = 0.01
_HALF = 0.5
_SMALLEST_STEP = 0.0005
_KNOWN_BY = {
    "public": "Open to all: exact.",
    "own": "Of your own government: exact.",
    "survey": "Published by survey: the margin is its sampling error, 95 per cent.",
    "estimate": "An estimate of your intelligence; the margin covers 95 per cent.",
}


def shown_value(name: str, value: float, unit: str) -> str:
    """Show a figure as people read it: polls and approval in percent, indices from 0 to 1."""
    if unit == "percent":
        return f"{rounded(value, 0)}%"
    if name.startswith(_SHARES):
        return f"{rounded(100.0 * value, 0)}%"
    if unit == "points":
        return rounded(value, 0)
    if name.startswith(_POINTS):
        return rounded(100.0 * value, 0)
    return rounded(value, 2)


def shown_change(name: str, change: float, unit: str, *, grain: float = 1.0) -> str:
    """Show a change with its sign, in the unit of :func:`shown_value`."""
    if name.startswith((*_SHARES, _POINTS)):
        change, grain = 100.0 * change, 100.0 * grain
    elif unit not in ("percent", "points"):
        return signed(change, 3 if grain < _HUNDREDTH else 2)
    return signed(change, 0 if grain >= 1.0 else 1)


def signed(number: float, digits: int) -> str:
    """Show a number with its sign; what rounds to zero carries none."""
    rounded = round(number, digits)
    return f"{rounded:+.{digits}f}" if rounded else f"{0.0:.{digits}f}"


def rounded(number: float, digits: int) -> str:
    """Show a number of which only a minus is told; what rounds to zero carries none."""
    return f"{round(number, digits) + 0.0:.{digits}f}"


def signed_range(low: float, high: float, digits: int) -> str:
    """Show both ends of an interval of changes, each with its sign."""
    return f"{signed(low, digits)} to {signed(high, digits)}"


def shown_margin(name: str, margin: float, unit: str) -> str:
    """Show the margin of a figure, empty where it is exact."""
    if margin == 0.0:
        return ""
    if unit in ("percent", "points"):
        return f"+-{margin:.0f}"
    if name.startswith((*_SHARES, _POINTS)):
        return f"+-{100.0 * margin:.0f}"
    return f"+-{margin:.2f}"


def shown_band(low: float, high: float) -> str:
    """Show the band of an expected change of an index; an end at nought has no sign."""
    return f"[{shown_change('', low, 'index'):>5} {shown_change('', high, 'index'):>5}]"


def bar_text(name: str, value: float, unit: str) -> str:
    """Show a value that a figure is held against: one digit more than the figure itself."""
    if unit == "percent" or name.startswith(_SHARES):
        return f"{rounded(value if unit == 'percent' else 100.0 * value, 1)}%"
    if unit == "points" or name.startswith(_POINTS):
        return rounded(value if unit == "points" else 100.0 * value, 1)
    return rounded(value, 3)


def shown_ends(
    name: str, before: float, after: float, unit: str, *, change: str
) -> tuple[str, str]:
    """Show both ends of a change, with one digit more where they would seem to belie it."""
    ends = shown_value(name, before, unit), shown_value(name, after, unit)
    first, last = (float(end.rstrip("%")) for end in ends)
    if abs(last - first - float(change)) < _SMALLEST_STEP:
        return ends
    return bar_text(name, before, unit), bar_text(name, after, unit)


def typed_value(name: str, typed: float) -> float:
    """Read a value that a person typed: shares may be typed in per cent."""
    is_share = name.startswith((*_SHARES, _POINTS))
    return typed / 100.0 if is_share and typed > 1.0 else typed


def share_text(count: int, total: int) -> str:
    """Show a share in percent; one that is there is never shown as nothing."""
    percent = 100.0 * count / total
    return "<1%" if 0.0 < percent <= _HALF else f"{percent:.0f}%"


def counted(number: int, one: str, many: str) -> str:
    """Count things in words: 1 turn, 2 turns."""
    return f"{number} {one if number == 1 else many}"


def known_by(sort: str, margin: float) -> str:
    """Say how a figure is known: its sort, as in what a seat knows, and whether it is exact."""
    if not margin and sort == "estimate":
        return "Put together from what is open to all: exact."
    return _KNOWN_BY.get(sort, "")
