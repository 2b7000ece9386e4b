// SPDX-License-Identifier: GPL-3.0-or-later
#define THAW_KERNELS kernels_avx512
#define THAW_KERNELS_NAME "avx512"
#include "core/nn/fused_kernels_impl.h"
