#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks Thaw on a GPU, from the unpacked bundle or the source tree: tests, numbers beside the CPU's, behaviour, speed beside
# plain PyTorch. It needs a Python with torch and numpy, and nothing else of this project.
set -euo pipefail

say() { printf "%s\n" "$@" >&2; }
fail() {
    say "error: $1"
    (($# < 2)) || say "       $2"
    exit 1
}

usage() {
    cat <<TEXT
Usage: gpu-check.sh [options]

  --out=FOLDER        where results.json and table.md go, written anew after each check (default: ./gpu-check)
  --minutes=N         for everything; what does not fit is left out, and the table says so (default: 8)
  --device=cuda       cuda, cuda:N, or cpu: a dry run, in which the CPU stands for the GPU too
  --quick             few cases of tiny sizes: does this script work here?
  --cli=PATH          the program (default: bin/thaw-cli of the bundle, or build/release/bin/thaw-cli)
  --python=PATH       the Python with torch (default: python3)
  -h, --help          this text

The parts, in order: machine, tests, golden (images), training (losses), behaviour, speed, extras. The exit status is 1 when
a check failed or a part other than the last was left out; ratios below the aims are marked in the table and fail nothing.
Have the card to yourself meanwhile: the memory of both sides is what the driver counts for the whole card.
TEXT
}

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
python=python3 arguments=()
while (($#)); do
    case $1 in
        --python=?*) python=${1#--python=} ;;
        --out=?* | --minutes=?* | --device=?* | --cli=?* | --quick) arguments+=("$1") ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; say "" "error: unknown option '$1'"; exit 2 ;;
    esac
    shift
done

program=
for folder in "$here" "$here/../share/thaw" "$here/share/thaw"; do
    if [[ -z $program && -f $folder/gpu_check.py ]]; then program=$folder/gpu_check.py; fi
done
[[ -n $program ]] || fail "gpu_check.py is not where the bundle has it." "Unpack the bundle again."

command -v "$python" >/dev/null || fail "There is no '$python'." "Name one that has torch: --python=PATH"
# The torch that is beside this Python is the one that the programs run with too.
torch=$("$python" -c 'from importlib.util import find_spec
found = find_spec("torch")
print(list(found.submodule_search_locations)[0] if found and find_spec("numpy") else "")') ||
    fail "'$python' does not run." "Name another one: --python=PATH"
[[ -n $torch ]] || fail "'$python' lacks torch or numpy." "Activate an environment that has both, or name one: --python=PATH"
export THAW_LIBTORCH=${THAW_LIBTORCH:-$torch}
# What is started from here finds the modules beside it, and leaves no files in the bundle.
export PYTHONDONTWRITEBYTECODE=1

exec "$python" "$program" "${arguments[@]}"
