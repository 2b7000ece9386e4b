// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/fused_kernels.h"

#include "core/values/error.h"

#include <cstdlib>

namespace thaw {
namespace kernels_base {
extern const FusedKernels kKernels;
}
#ifdef THAW_X86_KERNELS
namespace kernels_avx2 {
extern const FusedKernels kKernels;
}
namespace kernels_avx512 {
extern const FusedKernels kKernels;
}
#endif

std::vector<const FusedKernels*> availableKernels() {
    std::vector<const FusedKernels*> all{&kernels_base::kKernels};
#ifdef THAW_X86_KERNELS
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) all.push_back(&kernels_avx2::kKernels);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        all.push_back(&kernels_avx512::kKernels);
#endif
    return all;
}

const FusedKernels& kernelsNamed(const std::string& name) {
    const auto all = availableKernels();
    if (name.empty()) return *all.back();
    std::string names;
    for (const auto* kernels : all) {
        if (name == kernels->name) return *kernels;
        names += (names.empty() ? "" : ", ") + std::string(kernels->name);
    }
    throw Error(ErrorCode::Usage, "This processor has no kernels '" + name + "'; it has " + names + ".",
                "Set the environment variable THAW_KERNELS to one of these, or unset it.");
}

const FusedKernels& fusedKernels() {
    static const FusedKernels& chosen = []() -> const FusedKernels& {
        const char* wanted = std::getenv("THAW_KERNELS");
        return kernelsNamed(wanted ? wanted : "");
    }();
    return chosen;
}

}  // namespace thaw
