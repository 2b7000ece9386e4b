// SPDX-License-Identifier: GPL-3.0-or-later
#define THAW_KERNELS kernels_avx2
#define THAW_KERNELS_NAME "avx2"
#include "core/nn/fused_kernels_impl.h"
