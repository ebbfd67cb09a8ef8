"""How much of the long tests is done: all of it, unless the environment asks for a share."""

import os

SHARE = "SOAK_SHARE"


def share_of(whole: int) -> int:
    """Return so much of a number as ``SOAK_SHARE`` (0..1) asks for, at least 1."""
    share = float(os.environ.get(SHARE, "1"))
    if not 0.0 < share <= 1.0:
        msg = f"{SHARE}={share:g}: a share is above 0, and at most 1"
        raise ValueError(msg)
    return max(1, round(share * whole))
