"""One browser for the tests of a module.

Playwright keeps an event loop running in its thread for as long as it lives, and no other test
of that process could run one: so it ends with its module.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import PATIENCE_MS, launch


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
