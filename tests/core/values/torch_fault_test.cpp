// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/torch_fault.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

class TorchFaultTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSentenceStaysAndTheTraceGoes() {
        try {
            torch::ones({2, 3}).matmul(torch::ones({2, 3}));
            QFAIL("no exception");
        } catch (const std::exception& error) {
            const auto text = withoutStackTrace(error.what());
            QVERIFY(text.find("mat1") != std::string::npos);
            QVERIFY(text.find("frame #0") == std::string::npos);
        }
        QCOMPARE(withoutStackTrace("plain"), std::string("plain"));
    }
    void memoryFaultsAreTold() {
        try {
            torch::empty({1ll << 50});
            QFAIL("no exception");
        } catch (const std::exception& error) {
            QVERIFY2(meansOutOfMemory(error.what()), error.what());
        }
        QVERIFY(meansOutOfMemory("CUDA out of memory. Tried to allocate 2 GiB"));
        QVERIFY(!meansOutOfMemory("shape mismatch"));
    }
};

THAW_TEST(TorchFaultTest);
#include "torch_fault_test.moc"
