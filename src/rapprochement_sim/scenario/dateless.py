"""Years and dates taken out of sentences, so that nothing tells when it was."""

from __future__ import annotations

_YEAR = r"(?:1[89]\d\d|200\d|20[1-4]\d)"
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_DAY = rf"(?:(?:\d{{1,2}} )?(?:{_MONTHS})\.? )?"
_DATE = rf"{_DAY}{_YEAR}(?:-\d\d(?!\d))*s?"
_NEXT = rf"(?:, and |, or |, | and | or | to |-|/){_DAY}(?:{_YEAR}s?|\d\d(?!\d))"
_DATES = rf"{_DATE}(?:{_NEXT})+"
_BEFORE, _AFTER = r"(?<![\w.])", r"(?![\w%])"

DATELESS: tuple[tuple[str, str], ...] = (
    (rf"(?:(?<=\w),| of) {_YEAR}$", ""),
    (rf"{_BEFORE}(?<=[Tt]he )(?:{_DATES}|{_DATE})(?= [a-z])", "earlier"),
    (rf"(?<=\b[Aa] )(?:{_DATES}|{_DATE})(?= [a-z])", "later"),
    (rf"{_BEFORE}{_DATES}{_AFTER}", "other years"),
    (rf"{_BEFORE}[Ee]arly {_DATE}{_AFTER}", "early on"),
    (rf"{_BEFORE}{_DATE}{_AFTER}", "another year"),
)
"""Regular expressions and what stands in their place, to be used one after another."""
