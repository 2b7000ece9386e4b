#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything, also without Qt, and runs every test. Safe to repeat.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<TEXT
Usage: packaging/test.sh [--torch=system|python|pip|/path]

Builds in build/release and build/headless, then runs every test. --torch is explained by packaging/run.sh --help.
TEXT
}

while (($#)); do
    case $1 in
        --torch=?*) torch_choice=${1#--torch=} ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; say ""; say "error: unknown option '$1'"; exit 2 ;;
    esac
    shift
done

prepare
build "$build"

# A GPU server has no Qt: core and thaw-cli must build and run without it. The objects come from ccache, because the
# build above compiled the same files with the same flags.
say "" "The same without Qt"
headless="$root/build/headless"
configure "$headless" -DTHAW_GUI=OFF -DTHAW_TESTS=OFF -DCMAKE_DISABLE_FIND_PACKAGE_Qt6=ON
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
fi

# One thread a test, as many tests as cores: torch's own threads would fight over them.
say "" "Tests"
export QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1
ctest --test-dir "$build" --output-on-failure --no-tests=error -j "$(job_count)"
