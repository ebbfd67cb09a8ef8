"""Codes, tokens and words that let people in. Only hashes of them are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which are read as digits."""
CODE_LENGTH = 6
_WORD_GROUPS = 3
_WORD_LETTERS = 4


def new_code() -> str:
    """Make a join code to read out."""
    return "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))


def same_code(found: str, code: str) -> bool:
    """Whether somebody has written the join code, in whatever case and spacing."""
    written = "".join(found.split()).replace("-", "").upper()
    return hmac.compare_digest(written.encode("utf-8", "replace"), code.encode())


def new_token() -> str:
    """Make a secret that nobody can guess."""
    return secrets.token_urlsafe(32)


def nobodys_tokens(count: int) -> tuple[str, ...]:
    """Return hashes of tokens that are thrown away: nobody can come in by them."""
    return tuple(hash_of(new_token()) for _ in range(count))


def derived_token(signing_key: str, purpose: str) -> str:
    """Return what a device keeps to be known again; the same form sent twice gets the same."""
    return form_token(signing_key, f"token {purpose}")


def derived_word(signing_key: str, purpose: str) -> str:
    """Return what a person writes down to come back by: ``ABCD-EFGH-JKLM``."""
    number = int(form_token(signing_key, f"word {purpose}"), 16)
    letters = []
    for _ in range(_WORD_GROUPS * _WORD_LETTERS):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    groups = range(0, len(letters), _WORD_LETTERS)
    return "-".join("".join(letters[n : n + _WORD_LETTERS]) for n in groups)


def hash_of(secret: str) -> str:
    """Return what is kept of a token: all of its bits are chance, so one round is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def hash_of_word(word: str) -> str:
    """Return what is kept of a return word, in whatever case and spacing it is written."""
    written = "".join(sign for sign in word.upper() if sign.isalnum())
    return hash_of(f"return word {written}")


def form_token(signing_key: str, token: str) -> str:
    """Return what proves that a form comes from a page that this person was given."""
    return hmac.new(signing_key.encode(), token.encode(), "sha256").hexdigest()


def same(found: str, expected: str) -> bool:
    """Compare two secrets in a time that tells nothing of where they differ."""
    return hmac.compare_digest(found.encode("utf-8", "replace"), expected.encode())
