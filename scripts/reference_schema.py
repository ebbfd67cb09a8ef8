"""Pages of the reference that come from the schema and the command line."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from scripts.reference_layout import Lines, page, table

from rapprochement_sim import cli
from rapprochement_sim.scenario.injects import PreparedInjects
from rapprochement_sim.scenario.schema import RuleBook, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def fields_page() -> str:
    """Return the page of all fields of rule and scenario files."""
    about = (
        "What rule files and scenario files may contain. Unknown keys are errors. "
        "`rapprochement validate` checks a file and names file, line, key and what is allowed."
    )
    lines: Lines = []
    for model in dict.fromkeys(_models_of_files()):
        lines += [f"## {model.__name__}", "", *_docstring(model), ""]
        lines += table(("key", "type", "if left out"), _field_rows(model))
    return page("Fields of rule and scenario files", about, lines)


def _models_of_files() -> Iterator[type[BaseModel]]:
    for file in (RuleBook, Scenario, PreparedInjects):
        yield from _models_of(file)


def _models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """Walk a model and all models that its fields hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models_of(field.annotation)
    for inner in get_args(annotation):
        yield from _models_of(inner)


def _docstring(model: type[BaseModel]) -> Lines:
    text = (model.__doc__ or "").replace("``", "`")
    return [line.strip() for line in text.strip().splitlines()]


def _field_rows(model: type[BaseModel]) -> Iterable[Lines]:
    for name, field in model.model_fields.items():
        default = "required" if field.default is PydanticUndefined else f"`{field.default!r}`"
        limits = ", ".join(
            text for each in field.metadata if (text := _limit(each)) and "Length" not in text
        )
        kind = _type(field.annotation)
        yield [f"`{name}`", f"{kind} ({limits})" if limits else kind, default]


def _limit(constraint: object) -> str:
    signs = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
    found = [
        f"{sign} {getattr(constraint, key):g}"
        for key, sign in signs.items()
        if getattr(constraint, key, None) is not None
    ]
    return ", ".join(found)


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        limits = ", ".join(text for each in inner[1:] for text in _limits_within(each))
        return f"{_type(inner[0])} ({limits})" if limits else _type(inner[0])
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in inner)
    if origin is list:
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return f"{_type(inner[0])} to {_type(inner[1])}"
    if origin in (Union, types.UnionType):
        return " or ".join("nothing" if each is type(None) else _type(each) for each in inner)
    plain = {str: "text", float: "number", int: "whole number", bool: "true or false"}
    return plain.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _limits_within(constraint: object) -> Iterable[str]:
    for each in getattr(constraint, "metadata", [constraint]):
        if text := _limit(each):
            yield text


def commands_page() -> str:
    """Return the page of all commands, as they explain themselves."""
    about = (
        "Every command says the same with `--help`. All end with status 0 if all is well, 1 if "
        "something could not be finished, 2 if it was refused with one message, and 130 after "
        "Ctrl-C."
    )
    lines: Lines = []
    settings: dict[str, Any] = {**cli.commands.context_settings, "terminal_width": 80}
    whole = click.Context(cli.commands, info_name="rapprochement", **settings)
    for name in cli.COMMANDS:
        found = cli.commands.get_command(whole, name)
        if found is not None:
            context = click.Context(found, info_name=name, parent=whole)
            lines += [f"## {name}", "", "```text", found.get_help(context), "```", ""]
    return page("Commands", about, lines)
