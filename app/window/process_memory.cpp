// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/process_memory.h"

#include <QFile>

#ifdef __linux__
#include <unistd.h>
#endif

namespace thaw {

std::optional<double> residentMiB() {
#ifdef __linux__
    QFile file(QStringLiteral("/proc/self/statm"));  // pages: size, resident, ...
    if (!file.open(QIODevice::ReadOnly)) return {};
    const auto fields = file.readAll().split(' ');
    if (fields.size() < 2) return {};
    return fields[1].toDouble() * double(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
#else
    return {};
#endif
}

}  // namespace thaw
