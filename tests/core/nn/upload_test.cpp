// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/upload.h"
#include "tests/core/other_device.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

class UploadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesArriveAndTheHostDoesNotWait() {
        const auto host = torch::arange(12, torch::kFloat).reshape({3, 4});
        for (const auto& device : elsewhere::devices()) {
            elsewhere::resetWaits();
            const auto there = uploaded(host.t(), device);
            QCOMPARE(elsewhere::waits().all(), std::int64_t(0));
            QVERIFY(there.device() == device);
            QVERIFY(torch::equal(there.cpu(), host.t()));
        }
        // An ordinary copy would have been counted.
        elsewhere::resetWaits();
        const auto blocking = host.to(elsewhere::kDevice);
        QCOMPARE(elsewhere::waits().uploads, std::int64_t(1));
        QCOMPARE(blocking.sum().item<double>(), 66.0);
        QCOMPARE(elsewhere::waits().reads, std::int64_t(1));
    }

    void whatIsThereAlreadyStays() {
        const auto host = torch::ones({2});
        QVERIFY(uploaded(host, torch::kCPU).is_same(host));
        QVERIFY(!uploaded(torch::Tensor(), elsewhere::kDevice).defined());
    }

    // What the helper of these tests promises.
    void operandsOnTwoDevicesAreRefused() {
        const auto here = torch::ones({2}), there = here.to(elsewhere::kDevice);
        QVERIFY_EXCEPTION_THROWN(here + there, std::exception);
        QVERIFY_EXCEPTION_THROWN(torch::cat({here, there}), std::exception);
        QVERIFY_EXCEPTION_THROWN(torch::rand({2}, elsewhere::kDevice), std::exception);
        const elsewhere::NoWaiting guard;
        QVERIFY_EXCEPTION_THROWN(there.cpu(), std::exception);
        QVERIFY_EXCEPTION_THROWN(there.nonzero(), std::exception);
        QVERIFY(torch::equal(torch::empty({2}).copy_(there, /*non_blocking=*/true), here));
    }
};

THAW_TEST(UploadTest);
#include "upload_test.moc"
