// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/fused_kernels.h"

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

const FusedKernels& fusedKernels() {
#ifdef THAW_X86_KERNELS
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return kernels_avx512::kKernels;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return kernels_avx2::kKernels;
#endif
    return kernels_base::kKernels;
}

}  // namespace thaw
