# Real browsers with their WebDriver servers, from the system's packages.

# Where tests/harness/project.mjs looks for it, too.
have_chromium() { { [ -x "${IVS_WASM_CHROMIUM:-}" ] || have_command chromium || have_command google-chrome || [ -x "$mac_chrome" ]; } && have_command chromedriver; }
mac_chrome='/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
packages_chromium() { have_chromium || echo chromium chromium-driver; }
do_chromium() { wait_for_packages; chromedriver --version; }

have_firefox() { have_command firefox-esr || have_command firefox; }
packages_firefox() { have_firefox || echo firefox-esr; }
do_firefox() { wait_for_packages; }

# WebKitGTK is the nearest to Safari that Linux offers. It wants a display even when headless: xvfb gives it one.
have_webkit() { have_command WebKitWebDriver && have_command xvfb-run && have_command xauth; }
packages_webkit() { have_webkit || echo webkit2gtk-driver xvfb xauth; }
do_webkit() { wait_for_packages; }

have_command() { command -v "$1" >/dev/null; }
