#!/bin/sh
# Make sure that there is a Chromium for the browser tests: take the system's, install it when that is allowed, else
# say how. KB_CHROMIUM names one that lies elsewhere.
set -eu

for name in "${KB_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
    exit 0
  fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  exit 0
fi

echo "The browser tests need Chromium, which is not here. Install it, for example:" >&2
echo "  Debian, Ubuntu: sudo apt-get install chromium" >&2
echo "  Fedora:         sudo dnf install chromium" >&2
echo "  macOS:          brew install --cask chromium" >&2
echo "or set KB_CHROMIUM to the program's path." >&2
exit 1
