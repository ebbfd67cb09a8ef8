"""Sums that a reader can do with a pocket calculator: ``(1 - 0.2) * (1 - exp(-0.22))``.

Beside numbers, ``+ - * / **`` and brackets a sum may use ``exp(x)`` and ``share(x)``, the
share 1 / (1 + exp(-x)) that a logit x stands for.
"""

from __future__ import annotations

import ast
import math
import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TWO: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def _share(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-logit))


_CALLS: dict[str, Callable[[float], float]] = {"exp": math.exp, "share": _share}


def worked_out(text: str) -> float:
    """Return what a sum comes to.

    Raises
    ------
    ValueError
        If it holds anything but numbers, the five operations, ``exp`` and ``share``.
    """
    return _value(ast.parse(text, mode="eval").body, text)


def _value(node: ast.expr, text: str) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, text)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _TWO:
            return _TWO[type(sign)](_value(left, text), _value(right, text))
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in _CALLS:
            return _CALLS[name](_value(inner, text))
    msg = f"no sum that a reader could do: {text!r}"
    raise ValueError(msg)
