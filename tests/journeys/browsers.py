"""The browser in which the journeys go, and pictures are taken."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_ROOT = Path(__file__).parent.parent.parent
_BROWSER = _ROOT / ".venv" / "bin" / "chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def open_browser() -> Iterator[Browser]:
    executable = str(_BROWSER) if _BROWSER.exists() else shutil.which("chromium")
    with sync_playwright() as playwright:
        # A paper that this process made before left it our fonts alone; a browser shows what a reader's machine has.
        machine = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        browser = playwright.chromium.launch(executable_path=executable, args=_FLAGS, env=dict(machine))
        yield browser
        browser.close()
