// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <string>

/// One program holds all test classes of a part of the source; each is run by its name, in a process of its own.
namespace thaw::testing {

using MakeTest = std::function<std::unique_ptr<QObject>()>;

/// Every test class of this program by name: `core.gan.gan_loss` for tests/core/gan/gan_loss_test.cpp.
std::map<std::string, MakeTest>& registeredTests();

/// The name of a test from the path of its source.
std::string testName(std::string sourceFile);

struct Registration {
    Registration(const char* sourceFile, MakeTest make) { registeredTests()[testName(sourceFile)] = std::move(make); }
};

}  // namespace thaw::testing

/// Stands at the end of a test's source, once.
#define THAW_TEST(Class)                                            \
    static const thaw::testing::Registration kRegistration##Class { \
        __FILE__, [] { return std::make_unique<Class>(); }          \
    }
