"""Finding what the mask must not let through: real names, in sentences and in ids, and years."""

import re

from rapprochement_sim.scenario.name_table import name_table
from rapprochement_sim.vocabulary import CAPITAL_KEYS

NAMES = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        re.escape(name)
        for name in (*name_table().masked.words, *CAPITAL_KEYS, "korea", "japan", "china")
    )
    + r")(?!\w)"
)
PARTS = re.compile(
    r"(?<![a-z0-9])(?:seoul|tokyo|washington|beijing|pyongyang|korea|japan|china|gsomia|thaad"
    r"|senkaku|diaoyu)(?![a-z0-9])"
)


YEARS = re.compile(r"(?<![\d.,#])(?:1[89]\d\d|20[0-4]\d)(?![\d%])")


def real_names(text: str) -> set[str]:
    """Find real names, in sentences and in ids, and years."""
    return {found[0] for pattern in (NAMES, PARTS, YEARS) for found in pattern.finditer(text)}
