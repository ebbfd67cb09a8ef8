"""The browser of this computer, without a screen; Playwright only drives it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 90_000
"""How long a page may take to show what is waited for, on a busy machine."""

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 768}
WALL = {"width": 1920, "height": 1080}

_WORDS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def launch(playwright: Playwright) -> Browser:
    """Start the browser, or fail with what to install."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            f"None of {', '.join(NAMES)} is on the path. Install Debian's package 'chromium' "
            "(as .ci/run does), or any of these.",
            pytrace=False,
        )
    return playwright.chromium.launch(executable_path=found, args=list(_WORDS))


def open_context(
    browser: Browser,
    link: str,
    size: dict[str, int],
    *,
    is_phone: bool = False,
    has_scripts: bool = True,
    colours: str = "light",
) -> BrowserContext:
    """Open somebody's browser, with cookies of its own, as wide as their device."""
    context = browser.new_context(
        base_url=link,
        viewport={"width": size["width"], "height": size["height"]},
        is_mobile=is_phone,
        has_touch=is_phone,
        java_script_enabled=has_scripts,
        color_scheme="dark" if colours == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


@contextmanager
def faultless(page: Page, link: str) -> Iterator[None]:
    """Watch a page: no script fails, its rules refuse nothing, nothing comes from elsewhere."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"a script failed: {error}"))
    page.on(
        "console",
        lambda said: (
            faults.append(f"{page.url} says {said.text}") if said.type == "error" else None
        ),
    )
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(link) else faults.append(f"asks {asked.url}"),
    )
    yield
    assert not faults, faults
