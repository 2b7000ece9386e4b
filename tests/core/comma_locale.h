// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <string>

/// The C library writes and reads 0,5 while this is there, as under a German desktop. The locale is a file of the tests
/// (glibc's LC_NUMERIC, golden/locale/comma), so that none need be installed.
class CommaLocale {
public:
    CommaLocale() {
        setenv("LOCPATH", THAW_GOLDEN "/locale", 1);
        std::setlocale(LC_NUMERIC, "comma");
    }
    ~CommaLocale() {
        std::setlocale(LC_NUMERIC, "C");
        unsetenv("LOCPATH");
    }
    CommaLocale(const CommaLocale&) = delete;
    CommaLocale& operator=(const CommaLocale&) = delete;

    /// False where the file does not work here, so that a test under it would show nothing.
    bool works() const {
        char text[8];
        std::snprintf(text, sizeof text, "%.1f", 0.5);
        return std::string(text) == "0,5";
    }
};
