#!/usr/bin/env bash
# The browser of the tests: Chromium, as the machine has it or as Debian packages it, with fonts for every script.
set -eu
find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
have_fonts() { command -v fc-list >/dev/null && fc-list :lang=ur family 2>/dev/null | grep -q .; }
if find_browser >/dev/null && have_fonts; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  find_browser >/dev/null && exit 0
  echo "The page tests need Chromium: install it and run this again." >&2; exit 1
fi
echo "Installing Chromium and fonts for the page tests: this is done once."
run() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
export DEBIAN_FRONTEND=noninteractive
run apt-get update -qq
run apt-get install -y -qq chromium fonts-noto-core fontconfig >/dev/null
