#!/usr/bin/env bash
# Makes sure that the page's tests find a Chromium and a Chinese font: the system's, Debian's, or playwright's own.
set -euo pipefail
cd "$(dirname "$0")/.."

have_browser() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/*/chrome >/dev/null 2>&1
}

have_browser && exit 0
echo "installing Chromium for the page's tests"
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium fonts-wqy-microhei >/dev/null && exit 0
fi
.venv/bin/playwright install chromium || echo "no Chromium could be installed: the page's tests will be skipped" >&2
