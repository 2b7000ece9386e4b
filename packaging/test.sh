#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything, also without Qt, and runs every test. Safe to repeat.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<TEXT
Usage: packaging/test.sh [--torch=system|python|pip|/path] [--werror]

Checks the formatting, builds in build/release and build/headless, then runs every test: about 20 minutes on two cores
the first time. --torch is explained by packaging/run.sh --help; with --werror a warning of the compiler is an error.
TEXT
}

# The same version everywhere: others break lines elsewhere.
formatter=clang-format-14

while (($#)); do
    case $1 in
        --torch=?*) torch_choice=${1#--torch=} ;;
        --werror) build_arguments+=(-DTHAW_WERROR=ON) ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; say ""; say "error: unknown option '$1'"; exit 2 ;;
    esac
    shift
done

optional_packages+=("$formatter")
# The test app.ssh connects to an sshd of its own on the loopback. Where the package would
# start a service for everybody, it is left to who owns the machine, and the test is skipped without one.
[[ -d /run/systemd/system ]] || optional_packages+=(openssh-server)
prepare

if command -v "$formatter" >/dev/null; then
    say "Formatting"
    (cd "$root" && find app core tests widgets \( -name '*.cpp' -o -name '*.h' \) -print0 |
        xargs -0 "$formatter" --dry-run --Werror) ||
        fail "These lines are not formatted as .clang-format says." "$formatter -i FILE mends them."
else
    say "Formatting is checked where there is $formatter."
fi

build "$build"

# A GPU server has no Qt: core and thaw-cli must build and run without it. The objects come from ccache, because the
# build above compiled the same files with the same flags.
say "" "The same without Qt"
headless="$root/build/headless"
configure "$headless" "${build_arguments[@]}" -DTHAW_GUI=OFF -DTHAW_TESTS=OFF -DCMAKE_DISABLE_FIND_PACKAGE_Qt6=ON
build "$headless"
# Its own needs, not ldd's: the distribution's libtorch drags in OpenCV and with it another Qt.
if readelf -d "$headless/bin/thaw-cli" | grep -i 'NEEDED.*libqt' >&2; then
    fail "thaw-cli of the GUI-less build is linked with Qt."
fi
"$headless/bin/thaw-cli" devices --json >/dev/null
"$headless/bin/thaw-cli" info builtin --json >/dev/null
say "thaw-cli runs without Qt."

# The exporter of feature networks is for people who have PyTorch in Python; nothing else here needs it.
if python3 -c 'import torch' 2>/dev/null; then
    say "" "Exporter of feature networks"
    python3 "$root/packaging/export_features.py" --self-test
    say "" "Comparison with plain PyTorch"
    python3 -B "$root/tests/bench/peers/verdicts_test.py"
    python3 -B "$root/tests/bench/peers/compare_test.py"
fi

# One thread a test, as many tests as cores and memory allow: torch's own threads would fight over them.
say "" "Tests, $(test_count) at a time"
QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 \
    ctest --test-dir "$build" --output-on-failure --no-tests=error -j "$(test_count)"
