"""How much an inject may move a figure, in words."""

from typing import Literal, get_args

Change = Literal[
    "small rise", "medium rise", "large rise", "small fall", "medium fall", "large fall"
]
CHANGES: tuple[Change, ...] = get_args(Change)
