"""What pydantic found wrong with a document, in the words of the person who wrote it."""

from __future__ import annotations

import re
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.composing import INCLUDING_WORDS, NO_INCLUDES

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from rapprochement_sim.scenario.composing import DataPath, Document

Model = TypeVar("Model", bound=BaseModel)

_KIND_WANTED = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "text (put it in quotes if it looks like a number)",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "finite_number": "an ordinary number, neither NaN nor infinite",
}
_BOUND_WANTED = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}
_MONTH_PATTERN = r"^\d{4}-\d{2}$"


def validated(schema: type[Model], document: Document, path: DataPath = ()) -> Model:
    """Check one part of a document against its schema.

    Parameters
    ----------
    schema
        The pydantic model that the part must fit.
    document
        The file as read.
    path
        Where the part stands in the document; the whole document by default.

    Raises
    ------
    MalformedInput
        One error with every fault found, in the sequence of the file; what is missing comes
        last, since a key that is missing is often one that is misspelt.
    """
    part = document.data
    for step in path:
        part = part[step]
    try:
        return schema.model_validate(part)
    except ValidationError as error:
        found = [
            (details["type"] == "missing", explained(schema, details, document, path))
            for details in error.errors()
        ]
    found.sort(key=lambda each: (each[0], _line_number(each[1])))
    raise MalformedInput.gather([fault for _, fault in found])


def explained(
    schema: type[BaseModel], details: ErrorDetails, document: Document, path: DataPath
) -> MalformedInput:
    """Turn one fault that pydantic found into an error with file, line and key."""
    location = tuple(step for step in details["loc"] if step != "[key]")
    full = (*path, *location)
    where = document.where(full)
    kind = details["type"]
    if kind == "missing":
        parent = document.where(full[:-1])
        return MalformedInput(
            f"the key '{location[-1]}' is missing",
            where=parent,
            todo=f"Add '{location[-1]}: ...' here.",
        )
    if kind == "extra_forbidden":
        fields = _fields_at(schema, location[:-1])
        return MalformedInput(
            f"unknown key '{location[-1]}'",
            where=where,
            allowed=listed(fields),
            nearest=nearest_name(str(location[-1]), fields),
            todo=NO_INCLUDES if location[-1] in INCLUDING_WORDS else "",
        )
    if kind == "literal_error":
        return _not_among(details, where)
    return MalformedInput(_what(details), where=where, allowed=_allowed(details))


def described(value: object) -> str:
    """Say in words what stands in the file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        shown = value if len(value) <= 60 else value[:57] + "..."
        return f"the text '{shown}'"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "a mapping"


def _line_number(error: MalformedInput) -> int:
    match = re.search(r":(\d+)(?=:|$)", error.where)
    return int(match[1]) if match else 0


def _not_among(details: ErrorDetails, where: str) -> MalformedInput:
    options = re.findall(r"'([^']*)'|(\d+)", details["ctx"]["expected"])
    names = [text or number for text, number in options]
    return MalformedInput(
        f"{described(details['input'])} is not one of the names that may stand here",
        where=where,
        allowed=listed(names),
        nearest=nearest_name(str(details["input"]), names),
    )


def _what(details: ErrorDetails) -> str:
    if details["type"] == "value_error":
        return str(details["ctx"]["error"])
    if details["type"] in {"too_short", "too_long"}:
        return f"found {details['ctx']['actual_length']} entries"
    return f"found {described(details['input'])}"


def _allowed(details: ErrorDetails) -> str:
    kind = details["type"]
    context = details.get("ctx", {})
    if kind in _KIND_WANTED:
        return _KIND_WANTED[kind]
    if kind in _BOUND_WANTED:
        words, bound = _BOUND_WANTED[kind]
        return f"{words} {context[bound]:g}"
    if kind == "too_short":
        return f"at least {context['min_length']} entries"
    if kind == "too_long":
        return f"at most {context['max_length']} entries"
    if kind == "string_pattern_mismatch" and context["pattern"] == _MONTH_PATTERN:
        return "a month such as 2023-07"
    return "" if kind == "value_error" else details["msg"]


def _fields_at(schema: type[BaseModel], location: DataPath) -> list[str]:
    """Names of the keys that may stand at a place inside a schema."""
    here: Any = schema
    for step in location:
        here = _bare(here)
        if isinstance(here, type) and issubclass(here, BaseModel):
            here = here.model_fields[str(step)].annotation
        else:
            here = get_args(here)[-1]
    here = _bare(here)
    is_schema = isinstance(here, type) and issubclass(here, BaseModel)
    return list(here.model_fields) if is_schema else []


def _bare(annotation: Any) -> Any:
    """Annotation without ``Annotated`` and without ``| None``."""
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        annotation = parts[0]
    return annotation
