"""Finding what the mask must not let through: real names, telling words, ids, and years."""

import re

from rapprochement_sim.scenario.name_table import name_table
from rapprochement_sim.vocabulary import CAPITAL_KEYS

BETRAYING = (
    "comfort women",
    "sexual slavery",
    "forced labour",
    "forced-labour",
    "white list",
    "emperor",
    "imperial",
    "colonial",
    "shrine",
    "yen",
    "nuclear",
    "atomic",
    "abducted",
    "abductions",
    "unification",
    "chips",
    "semiconductors",
    "chaebol",
    "sunshine policy",
    "Blue House",
    "White House",
    "Kantei",
    "Pentagon",
    "Mitsubishi",
    "Nippon Steel",
    "Nachi-Fujikoshi",
    "Hyundai",
    "Samsung",
    "Lotte",
    "SK hynix",
    "ASEAN",
    "UN",
    "WTO",
    "G7",
    "NATO",
)
"""What would tell the case to a person who reads the news, beside the naming table's own words."""

NAMES = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        re.escape(name)
        for name in (
            *name_table().masked.in_texts,
            *BETRAYING,
            *(word[:1].upper() + word[1:] for word in BETRAYING),
            *CAPITAL_KEYS,
            *("korea", "japan", "china", "KOREA", "JAPAN", "CHINA"),
            *(key.upper() for key in CAPITAL_KEYS),
            *(key[:3].upper() for key in CAPITAL_KEYS),
        )
    )
    + r")(?!\w)"
)
_ALSO_WORDS = ("us", "north", "quad")
PARTS = re.compile(
    r"(?<![a-z0-9])(?:"
    + "|".join(re.escape(part) for part in name_table().masked.parts if part not in _ALSO_WORDS)
    + r"|takeshima|dokdo|diaoyu|senkaku|yasukuni)(?![a-z0-9])"
)
YEARS = re.compile(r"(?<![\d.,#])(?:1[89]\d\d|20[0-4]\d)(?![\d%])")


def real_names(text: str) -> set[str]:
    """Find real names and telling words, in sentences and in ids, and years."""
    return {found[0] for pattern in (NAMES, PARTS, YEARS) for found in pattern.finditer(text)}
