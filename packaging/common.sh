# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What run.sh and test.sh share: packages, the choice of LibTorch, configuring, building. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/build/release"

say() { printf "%s\n" "$@" >&2; }
fail() {
    local first=1 line
    for line in "$@"; do
        if ((first)); then say "error: $line"; else say "       $line"; fi
        first=0
    done
    exit 1
}

# --- packages -------------------------------------------------------------------------------------------------------

# One package a word; `a|b` names the same thing where distributions differ (the first one offered is taken).
build_packages=(
    cmake ninja-build g++ pkg-config ccache mold
    qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools "qt6-svg-dev|libqt6svg6-dev"
    libqcustomplot-dev libfftw3-dev libpng-dev libjpeg-dev zlib1g-dev libssl-dev libzip-dev nlohmann-json3-dev libcli11-dev
    fonts-dejavu-core poppler-utils
)
# Wanted, but the programs build and start without them.
optional_packages=(dataset-fashion-mnist)

is_installed() { [[ $(dpkg-query -W -f '${Status}' "$1" 2>/dev/null) == "install ok installed" ]]; }
is_offered() { [[ $(apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[!\(]* ]]; }

# Prints the words among the arguments that no installed package satisfies.
missing_among() {
    local word name found
    for word in "$@"; do
        found=0
        for name in ${word//|/ }; do
            if is_installed "$name"; then found=1; fi
        done
        ((found)) || printf '%s\n' "$word"
    done
}

# Prints the first package of `a|b` that the distribution offers; fails when it offers none.
offered_name() {
    local name
    for name in ${1//|/ }; do
        if is_offered "$name"; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "Installing packages needs root, and there is no sudo here." "As root, run: $*"
    fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }

install_packages() {
    local required=("${build_packages[@]}") optional=("${optional_packages[@]}")
    # The distribution's LibTorch multiplies through whatever BLAS is installed; the reference one is many times slower.
    [[ $torch_kind == system ]] && required+=(libtorch-dev libgloo-dev "libopenblas0-serial|libopenblas0-pthread|libopenblas0-openmp")
    [[ $torch_kind == pip ]] && required+=(python3-venv)
    # Under Wayland alone Qt needs one plug-in more than under X11.
    [[ -n ${WAYLAND_DISPLAY:-} && -z ${DISPLAY:-} ]] && optional+=(qt6-wayland)

    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "This is neither Debian nor Ubuntu: install the counterparts of these packages yourself if anything is missing:"
        say "  ${required[*]} ${optional[*]}"
        return
    fi

    local missing wanted
    mapfile -t missing < <(missing_among "${required[@]}")
    mapfile -t wanted < <(missing_among "${optional[@]}")
    ((${#missing[@]} + ${#wanted[@]})) || return 0

    # A package that the distribution does not have at all must not cost an index refresh on every run.
    local unavailable="$root/build/.unavailable-packages"
    if ((${#missing[@]} == 0)) && [[ -f $unavailable && $(<"$unavailable") == "${wanted[*]}" ]]; then
        say "Not in this distribution, so left out: ${wanted[*]}"
        return
    fi

    say "Missing packages: ${missing[*]} ${wanted[*]}"
    apt_get update -qq || say "warning: the package index could not be refreshed; trying with what is known."

    local names=() absent=() left_out=() word name
    for word in "${missing[@]}"; do
        if name=$(offered_name "$word"); then names+=("$name"); else absent+=("$word"); fi
    done
    for word in "${wanted[@]}"; do
        if name=$(offered_name "$word"); then names+=("$name"); else left_out+=("$word"); fi
    done
    if ((${#absent[@]})); then
        if [[ ${absent[*]} == libtorch-dev ]]; then
            fail "This distribution has no libtorch-dev." \
                "Use --torch=pip for a private copy from the Python package index, or --torch=/path/to/libtorch."
        fi
        fail "This distribution has no package for: ${absent[*]}" \
            "Thaw builds on Debian 12 and later and on Ubuntu 24.04 and later (Qt 6.4 or newer)."
    fi
    if ((${#names[@]})); then
        say "Installing: ${names[*]}"
        apt_get install -y -qq --no-install-recommends "${names[@]}" >&2
    fi
    if ((${#left_out[@]})); then
        say "Not in this distribution, so left out: ${left_out[*]}"
        [[ ${left_out[*]} == *fashion-mnist* ]] &&
            say "  Training needs the Fashion-MNIST files: see --data in 'thaw-cli finetune --help'."
        mkdir -p "$root/build"
        printf '%s' "${left_out[*]}" >"$unavailable"
    fi
    return 0
}

# --- LibTorch -------------------------------------------------------------------------------------------------------

torch_choice=auto # auto, system, python, pip or a path
torch_kind=       # system, python, pip or path
torch_root=       # folder with include/ and lib/, for wheels and for the official archives
torch_dir=        # folder of TorchConfig.cmake otherwise

# Prints the folder of the torch that `$1` (a Python) imports when a C++ program can link against it; says why not.
python_torch_root() {
    local answer
    command -v "$1" >/dev/null || { say "There is no $1."; return 1; }
    if ! answer=$("$1" - <<'PYTHON' 2>/dev/null
import os, torch
folder = os.path.dirname(torch.__file__)
complete = os.path.exists(os.path.join(folder, "lib", "libtorch.so")) and os.path.isdir(os.path.join(folder, "include"))
print(torch.__version__, int(bool(torch._C._GLIBCXX_USE_CXX11_ABI)), int(complete), folder, sep="\t")
PYTHON
    ); then
        say "$1 has no working torch."
        return 1
    fi
    local version abi complete folder
    IFS=$'\t' read -r version abi complete folder <<<"$answer"
    if ((!abi)); then
        say "torch $version in $folder is passed over: it was built with the old C++ ABI (before 2.7 most wheels were)."
        return 1
    fi
    if ((!complete)); then
        say "torch $version in $folder is passed over: it comes without the C++ headers or libraries."
        return 1
    fi
    printf '%s\n' "$folder"
}

# Decides where LibTorch comes from, before packages are installed.
choose_torch() {
    case $torch_choice in
        system | pip) torch_kind=$torch_choice ;;
        python)
            torch_kind=python
            torch_root=$(python_torch_root python3) ||
                fail "The active Python environment has no torch to build with." "Use --torch=system or --torch=pip."
            ;;
        auto)
            if [[ -n ${Torch_DIR:-} ]]; then
                [[ -f $Torch_DIR/TorchConfig.cmake ]] || fail "Torch_DIR is '$Torch_DIR', which holds no TorchConfig.cmake."
                torch_kind=path torch_dir=$Torch_DIR
            elif torch_root=$(python_torch_root python3 2>&1); then
                torch_kind=python
            else
                # Only a torch that is there and unfit is worth a word.
                [[ $torch_root != *"passed over"* ]] || say "$torch_root"
                torch_kind=system torch_root=
            fi
            ;;
        *)
            torch_kind=path
            local place=${torch_choice/#\~/$HOME} config
            [[ -d $place ]] || fail "--torch=$torch_choice: no such folder (or use system, python, pip)."
            place=$(cd "$place" && pwd)
            for config in "$place" "$place/share/cmake/Torch" "$place/lib/cmake/Torch" "$place/Torch"; do
                if [[ -z $torch_dir && -f $config/TorchConfig.cmake ]]; then torch_dir=$config; fi
            done
            # The official archives and the wheels share a layout, for which ours is the simpler configuration.
            if [[ -f $place/lib/libtorch.so && -d $place/include/torch ]]; then torch_root=$place torch_dir=; fi
            [[ -n $torch_dir$torch_root ]] || fail "--torch=$torch_choice holds no LibTorch (no TorchConfig.cmake, no lib/libtorch.so)."
            ;;
    esac
}

# Makes the private Python environment of --torch=pip, once.
make_pip_torch() {
    local env="$root/build/torch-env"
    if [[ -x $env/bin/python3 ]] && torch_root=$(python_torch_root "$env/bin/python3" 2>/dev/null); then return; fi
    python3 -m venv "$env"
    local have_gpu=0
    if command -v nvidia-smi >/dev/null && nvidia-smi -L >/dev/null 2>&1; then have_gpu=1; fi
    if ((have_gpu)); then
        say "Installing torch with CUDA into $env: a download of about 3 GB, 6 GB on disk."
        "$env/bin/pip" install --progress-bar on numpy torch >&2
    else
        say "Installing the CPU build of torch into $env: a download of about 200 MB, 1 GB on disk."
        if ! "$env/bin/pip" install --quiet --retries 1 --index-url https://download.pytorch.org/whl/cpu numpy torch >&2; then
            say "That index cannot be reached. Taking what the default index has:"
            say "on x86-64 the CUDA build, a download of about 3 GB, 6 GB on disk."
            "$env/bin/pip" install --progress-bar on numpy torch >&2
        fi
    fi
    torch_root=$(python_torch_root "$env/bin/python3") || fail "pip installed a torch that a C++ program cannot link against."
}

# After the packages: fills torch_arguments for CMake.
torch_arguments=()
resolve_torch() {
    if [[ $torch_kind == pip ]]; then make_pip_torch; fi
    if [[ $torch_kind == system ]]; then
        torch_dir=$(dpkg -L libtorch-dev 2>/dev/null | grep '/TorchConfig\.cmake$' | head -n 1) || true
        [[ -z $torch_dir ]] || torch_dir=${torch_dir%/*}
    fi
    if [[ -n $torch_root ]]; then
        torch_arguments=(-DTorch_DIR="$root/packaging/libtorch" -DTHAW_LIBTORCH="$torch_root"
            -DCMAKE_BUILD_RPATH="$torch_root/lib")
        say "LibTorch: $torch_root"
    elif [[ -n $torch_dir ]]; then
        torch_arguments=(-DTorch_DIR="$torch_dir")
        say "LibTorch: $torch_dir"
    else
        say "LibTorch: whatever CMake finds"
    fi
}

# --- building -------------------------------------------------------------------------------------------------------

# jobs_of MIB: how many jobs of that size run side by side: one a core, as far as memory allows.
jobs_of() {
    local cores memory
    # nproc obeys the variables that limit OpenMP's threads, which say nothing about jobs.
    cores=$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc)
    memory=$(awk -v size="$1" '/MemAvailable/ { print int($2 / 1024 / size) }' /proc/meminfo)
    ((memory >= 1)) || memory=1
    echo $((cores < memory ? cores : memory))
}
# A group of sources with LibTorch takes up to 2 GB.
job_count() { jobs_of 2048; }
# A test that trains takes up to 1.5 GB.
test_count() { jobs_of 1536; }

build_arguments=() # for CMake, beside the choice of LibTorch

# configure DIR [CMake arguments]: runs CMake when the arguments changed; Ninja itself sees to changed files.
configure() {
    local dir=$1 arguments
    shift
    arguments="$* ${torch_arguments[*]}"
    if [[ -f $dir/build.ninja && -f $dir/.configured && $(<"$dir/.configured") == "$arguments" ]]; then return; fi
    # Another LibTorch leaves its paths in the cache under a dozen names, so the cache goes; objects and ccache stay.
    rm -rf "$dir/CMakeCache.txt" "$dir/CMakeFiles/$(cmake --version | awk 'NR == 1 { print $3 }')" "$dir/.configured"
    cmake -S "$root" -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE=Release "$@" "${torch_arguments[@]}" >&2
    printf '%s' "$arguments" >"$dir/.configured"
}

# build DIR [targets]: says beforehand how long a long build will take.
build() {
    local jobs steps minutes
    jobs=$(job_count)
    steps=$(ninja -C "$1" -n "${@:2}" | grep -c '^\[' || true)
    # A step is a group of about four files: ten seconds of one core, measured.
    minutes=$(((steps * 10 / jobs + 59) / 60))
    if ((steps > 12)); then
        say "Building: $steps steps, about $minutes minutes with $jobs at a time (less where ccache knows them)."
    fi
    NINJA_STATUS='[%f of %t, %e s] ' ninja -C "$1" -j "$jobs" "${@:2}" >&2
}

# Everything up to a configured build/release.
prepare() {
    # Relative paths let all build folders, and all checkouts, share compiled objects.
    export CCACHE_BASEDIR=$root
    choose_torch
    install_packages
    resolve_torch
    configure "$build" "${build_arguments[@]}"
}
