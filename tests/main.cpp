// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/registry.h"

#ifdef THAW_TEST_WIDGETS
#include <QApplication>
#else
#include <QCoreApplication>
#endif
#include <QTest>

#include <cstdio>

namespace thaw::testing {

std::map<std::string, MakeTest>& registeredTests() {
    static std::map<std::string, MakeTest> tests;
    return tests;
}

std::string testName(std::string sourceFile) {
    const std::string root = "tests/", ending = "_test.cpp";
    sourceFile = sourceFile.substr(sourceFile.rfind(root) + root.size());
    sourceFile.resize(sourceFile.size() - ending.size());
    for (char& c : sourceFile)
        if (c == '/') c = '.';
    return sourceFile;
}

}  // namespace thaw::testing

int main(int argc, char** argv) {
    const auto& tests = thaw::testing::registeredTests();
    const auto test = argc > 1 ? tests.find(argv[1]) : tests.end();
    if (test == tests.end()) {
        std::fprintf(stderr, "usage: %s TEST [options of Qt Test]\nThe tests of this program:\n", argv[0]);
        for (const auto& [name, make] : tests) std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    argv[1] = argv[0];
    int count = argc - 1;
#ifdef THAW_TEST_WIDGETS
    QApplication application(count, argv + 1);
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi, true);
#else
    QCoreApplication application(count, argv + 1);
#endif
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(test->second().get(), count, argv + 1);
}
