#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a folder that runs wherever there is a Python with torch, a GPU server without root included: thaw-cli, the core's
# tests, the embedded model, and every library but LibTorch, the C and the C++ library.
set -euo pipefail
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<TEXT
Usage: packaging/bundle.sh [options]

  --out=FOLDER        where the bundle goes (default: build/bundle)
  --torch=/path       the LibTorch that it is built against: a wheel's torch folder or an official archive
  --torch=python      the torch of the active Python environment (default)
  --torch=pip         a private copy below build/, from the Python package index
  -h, --help          this text

Writes FOLDER/thaw-VERSION-torchX.Y/ and, beside it, the same as .tar.zst. There, bin/thaw-cli takes THAW_LIBTORCH, or the
torch that the active python3 imports, of the same version X.Y, for CPU or CUDA; bin/thaw-check runs the core's tests, and
./gpu-check.sh all that a GPU is to be checked for.
TEXT
}

out="$root/build/bundle" torch_choice=python
while (($#)); do
    case $1 in
        --out=?*) out=${1#--out=} ;;
        --torch=?*) torch_choice=${1#--torch=} ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; say "" "error: unknown option '$1'"; exit 2 ;;
    esac
    shift
done

# Of LibTorch, of the system that every Linux has, and of the GPU's driver and toolkit: these come from the other machine.
is_foreign() {
    case $1 in
        libtorch* | libc10* | libgomp* | libcu* | libnv* | libnccl*) return 0 ;;
        libc.so* | libm.so* | libdl.so* | libpthread.so* | librt.so* | libutil.so* | libresolv.so* | ld-linux*) return 0 ;;
        libstdc++* | libgcc_s*) return 0 ;;
        *) return 1 ;;
    esac
}

# copy_libraries FOLDER PROGRAM...: what the programs need of this machine, and what that needs.
copy_libraries() {
    local folder=$1 line name path
    shift
    while read -r line; do
        name=${line%% *} path=$(awk '{ print $3 }' <<<"$line")
        [[ $line == *"=> /"* ]] || continue
        is_foreign "${name##*/}" || cp -Lf "$path" "$folder/${name##*/}"
    done < <(for program; do LD_LIBRARY_PATH="$torch_root/lib" ldd "$program"; done | sed 's/^[[:space:]]*//' | sort -u)
}

# write_launcher FILE PROGRAM: a program that finds torch first.
write_launcher() {
    sed -e "s/@PROGRAM@/$2/" -e "s/@TORCH@/$torch_version/" "$root/packaging/launcher.sh.in" >"$1"
    chmod 755 "$1"
}

command -v zstd >/dev/null || build_packages+=(zstd)
choose_torch
install_packages
resolve_torch
[[ -n $torch_root ]] || fail "The distribution's LibTorch lies where only its own packages look for it." \
    "Use --torch=python, --torch=pip, or --torch=/path/to/torch."
torch_version=$(sed -n "s/^__version__ = '\([0-9]*\.[0-9]*\).*/\1/p" "$torch_root/version.py" 2>/dev/null || true)
[[ -n $torch_version ]] || torch_version=$(sed -n 's/^\([0-9]*\.[0-9]*\).*/\1/p' "$torch_root/build-version" 2>/dev/null || true)
[[ -n $torch_version ]] || fail "$torch_root does not say its version (no version.py, no build-version)."

export CCACHE_BASEDIR=$root
dir="$root/build/bundle-build"
# CUDA's libraries need not be here to link: whoever runs it has them, or a torch without.
configure "$dir" -DTHAW_GUI=OFF -DTHAW_TESTS=ON -DTHAW_PORTABLE=ON -DCMAKE_SKIP_RPATH=ON -DTHAW_GOLDEN_FOLDER=share/thaw/golden \
    "-DCMAKE_EXE_LINKER_FLAGS=-Wl,--allow-shlib-undefined"
build "$dir" thaw-cli core_tests
# Of Gloo's types packaging/libtorch/gloo_declarations knows a part: their virtual functions have to be LibTorch's.
if nm -C --defined-only "$dir/bin/thaw-cli" "$dir/tests/core_tests" |
    grep 'vtable for .*\(gloo::\|ProcessGroupGloo\)' >&2; then
    fail "A program makes objects of Gloo's types, of which it knows but a part." \
        "See packaging/libtorch/gloo_declarations."
fi

version=$(sed -n 's/^project(Thaw VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
name="thaw-$version-torch$torch_version"
bundle="$out/$name"
rm -rf "$bundle"
mkdir -p "$bundle/bin" "$bundle/lib" "$bundle/libexec" "$bundle/share/thaw"
cp "$dir/bin/thaw-cli" "$dir/tests/core_tests" "$bundle/libexec/"
strip "$bundle/libexec/"*
copy_libraries "$bundle/lib" "$dir/bin/thaw-cli" "$dir/tests/core_tests"
write_launcher "$bundle/bin/thaw-cli" thaw-cli
write_launcher "$bundle/bin/thaw-check" core_tests
cp -r "$root/resources/models" "$bundle/share/thaw/"
cp -r "$root/tests/golden" "$bundle/share/thaw/"
cp -r "$root/tests/bench/peers" "$bundle/share/thaw/"
rm -rf "$bundle/share/thaw/peers/__pycache__"
cp "$root/packaging/export_features.py" "$root/packaging/gpu_check.py" "$bundle/share/thaw/"
cp "$root/packaging/gpu-check.sh" "$bundle/"
cp "$root/LICENSE" "$root/README.md" "$root/CHANGELOG.md" "$bundle/"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}" \
    -C "$out" -cf - "$name" | zstd -q -f -10 -T0 -o "$out/$name.tar.zst"
say "Made $bundle" "and  $out/$name.tar.zst ($(du -h "$out/$name.tar.zst" | cut -f 1))"
THAW_LIBTORCH=$torch_root "$bundle/bin/thaw-cli" --version >&2 ||
    say "It does not start here: the torch it is for needs CUDA's libraries, which this machine lacks."
