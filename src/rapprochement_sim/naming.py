"""What people, places and pacts are called on every face: by their own names, or masked.

A skin is worn by the whole process. It changes what is read and nothing that is computed:
ids, saves and digests are the same under any skin.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, eq=False)
class Skin:
    """What stands in place of names.

    Attributes
    ----------
    name
        Of the skin itself.
    titles
        Title of a capital, by its key.
    words
        What stands in a text in place of a name; longer names are found first, whole words
        only.
    parts
        What stands in an id in place of one of its parts, parted by underscores.
    """

    name: str
    titles: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _in_texts(self) -> re.Pattern[str]:
        longest = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    @cached_property
    def _in_ids(self) -> re.Pattern[str]:
        longest = sorted(self.parts, key=len, reverse=True)
        return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, longest))})(?![a-z0-9])")

    def text(self, text: str) -> str:
        """Return a text with every name in it replaced."""
        if not self.words:
            return text
        return self._in_texts.sub(lambda found: self.words[found[0]], text)

    def id(self, name: str) -> str:
        """Return an id as this skin spells it."""
        if not self.parts:
            return name
        return self._in_ids.sub(lambda found: self.parts[found[0]], name)


REAL = Skin("real")
"""Everything by its own name."""


class _Wardrobe:
    worn: Skin = REAL


def worn() -> Skin:
    """Return the skin that this process wears."""
    return _Wardrobe.worn


def wear(skin: Skin) -> None:
    """Let the whole process wear a skin, before anything is loaded."""
    _Wardrobe.worn = skin


@contextmanager
def wearing(skin: Skin) -> Iterator[None]:
    """Wear a skin for a while."""
    before = worn()
    wear(skin)
    try:
        yield
    finally:
        wear(before)


def shown(text: str) -> str:
    """Return a text that the program itself says, as the worn skin says it."""
    return worn().text(text)


def shown_id(name: str) -> str:
    """Return an id as people read it under the worn skin."""
    return worn().id(name)


def capital_title(key: str) -> str:
    """Return the title of a capital under the worn skin."""
    return worn().titles.get(key, key.capitalize())
