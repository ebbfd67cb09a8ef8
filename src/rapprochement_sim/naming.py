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
    from typing import Any


_YEAR_OF_AN_ID = re.compile(r"(?<=[a-z])_(?:19|20)\d\d(?![a-z0-9])")
WITHHELD = "withheld until the debrief"
"""What stands in place of a source where nothing may tell which history is played."""


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
    patterns
        Regular expressions and what stands in their place in a text, in this sequence, after
        the words: years and dates.
    hides_history
        Whether nothing may tell when it was and who said so: turns are counted, sources
        withheld.
    under
        The skin that this one is worn over, as a scenario's labels over the mask.
    """

    name: str
    titles: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[tuple[str, str], ...] = ()
    hides_history: bool = False
    under: Skin | None = None

    @property
    def base(self) -> Skin:
        """The skin without a scenario's labels."""
        return self if self.under is None else self.under

    @cached_property
    def _in_texts(self) -> re.Pattern[str]:
        longest = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    @cached_property
    def _in_ids(self) -> re.Pattern[str]:
        longest = sorted(self.parts, key=len, reverse=True)
        return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, longest))})(?![a-z0-9])")

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(find), put) for find, put in self.patterns)

    def text(self, text: str) -> str:
        """Return a text with every name in it replaced."""
        if self.words:
            text = self._in_texts.sub(self._put, text)
        for pattern, put in self._patterns:
            text = pattern.sub(put, text)
        return text

    def _put(self, found: re.Match[str]) -> str:
        """Return what stands in place of a name, capital where a sentence begins."""
        word = self.words[found[0]]
        before = found.string[: found.start()].rstrip()
        if found[0][:1].isupper() and (not before or before[-1] in ".!?"):
            return word[:1].upper() + word[1:]
        return word

    def id(self, name: str) -> str:
        """Return an id as this skin spells it."""
        if self.parts:
            name = self._in_ids.sub(lambda found: self.parts[found[0]], name)
        return _YEAR_OF_AN_ID.sub("", name) if self.hides_history else name


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


def masked_word() -> str:
    """Return what a command needs to go on under the mask; empty without one."""
    return " --masked" if worn().hides_history else ""


def shown(text: str) -> str:
    """Return a text that the program itself says, as the worn skin says it."""
    return worn().text(text)


def shown_id(name: str) -> str:
    """Return an id as people read it under the worn skin."""
    return worn().id(name)


def capital_title(key: str) -> str:
    """Return the title of a capital under the worn skin."""
    return title_under(worn(), key)


def title_under(skin: Skin, key: str) -> str:
    """Return the title of a capital under a skin."""
    return skin.titles.get(key, key.capitalize())


def told(data: Any) -> Any:
    """Return plain data as it may be told: names, ids and years replaced where history is hidden.

    Labels alone leave data as they are, keys and all, for those who read them by program.
    """
    if not worn().hides_history:
        return data
    if isinstance(data, str):
        return shown_id(shown(data))
    if isinstance(data, dict):
        return {told(key): told(value) for key, value in data.items()}
    return [told(each) for each in data] if isinstance(data, list | tuple) else data
