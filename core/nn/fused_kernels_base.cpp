// SPDX-License-Identifier: GPL-3.0-or-later
#define THAW_KERNELS kernels_base
#define THAW_KERNELS_NAME "base"
#include "core/nn/fused_kernels_impl.h"
