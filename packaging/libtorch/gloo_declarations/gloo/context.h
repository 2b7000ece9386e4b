// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gloo/types_of_c10d.h>
