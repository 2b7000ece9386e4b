#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# From a fresh clone to a running Thaw: installs what is missing, builds, opens the window. Safe to repeat.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<TEXT
Usage: packaging/run.sh [options] [-- arguments for thaw]

  --build-only        build, open nothing
  --headless          run a short fine-tune without a window (the default where there is no display)
  --torch=system      the distribution's libtorch-dev
  --torch=python      the torch of the active Python environment
  --torch=pip         a private copy below build/, from the Python package index
  --torch=/path       a LibTorch folder
                      default: Torch_DIR, else the active Python environment, else the distribution
  -h, --help          this text

The programs are build/release/bin/thaw and build/release/bin/thaw-cli.
TEXT
}

# The first free numbered folder below runs/.
new_run_folder() {
    local number=0 folder
    mkdir -p "$root/runs"
    while folder=$(printf '%s/runs/%04d' "$root" "$number"); compgen -G "$folder*" >/dev/null; do
        number=$((number + 1))
    done
    printf '%s-d2o-f\n' "$folder"
}

# The program's main job without a window: unlock one-step generation in the embedded model, and show it in pictures.
run_headless() {
    local cli="$build/bin/thaw-cli" run pictures seeds=0-31 drawn=png
    # Measurements are drawn by the window's program; a build without Qt writes their numbers.
    [[ -x "$build/bin/thaw" ]] || drawn=csv
    run=$(new_run_folder)
    pictures="$run/pictures"
    say "" "Fine-tuning the embedded model into a one-step generator (D2O-F, 2,000 images) in $run"
    "$cli" finetune --model builtin --data builtin --freeze d2o-f --objective gan --kimg 2 --out "$run"
    mkdir -p "$pictures"
    say "Drawing the pictures"
    "$cli" curves "$run" --out "$pictures/curves.$drawn"
    "$cli" sample --model builtin --seeds $seeds --sampler heun --steps 18 --out "$pictures/before-18-steps.png"
    "$cli" sample --model builtin --seeds $seeds --sampler one-step --out "$pictures/before-1-step.png"
    "$cli" sample --model "$run" --seeds $seeds --sampler one-step --out "$pictures/after-1-step.png"
    "$cli" spectrum --model "$run" --kind layers --out "$pictures/layers.$drawn"
    cat >&2 <<TEXT

Pictures in $pictures
  curves.$drawn           losses and Fréchet distance over the run
  before-18-steps.png  the same seeds three times: the original model in 18 steps,
  before-1-step.png    the original model in one step,
  after-1-step.png     the fine-tuned model in one step
  layers.$drawn           power of every block over spatial frequency
Two thousand images are a first look; '--kimg 20' takes ten times as long and is much better.

To open the window: run packaging/run.sh where there is a display (or log in with 'ssh -X').
TEXT
}

build_only=0 headless=0 window_arguments=()
while (($#)); do
    case $1 in
        --build-only) build_only=1 ;;
        --headless) headless=1 ;;
        --torch=?*) torch_choice=${1#--torch=} ;;
        -h | --help) usage; exit 0 ;;
        --) shift; window_arguments=("$@"); break ;;
        *) usage >&2; say ""; say "error: unknown option '$1'"; exit 2 ;;
    esac
    shift
done

if [[ -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then no_display=1; else no_display=0; fi
if ((headless || no_display || build_only)) && ((${#window_arguments[@]})); then
    fail "Nothing opens a window here, so there is nobody to take: ${window_arguments[*]}"
fi

prepare
build "$build" thaw thaw-cli
if ((build_only)); then
    say "Built: $build/bin/thaw and $build/bin/thaw-cli"
elif ((headless || no_display)); then
    ((headless)) || say "" "There is no display here, so the same job runs without the window."
    run_headless
else
    exec "$build/bin/thaw" "${window_arguments[@]}"
fi
