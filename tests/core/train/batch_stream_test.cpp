// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/batch_stream.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <numeric>

using namespace thaw;

namespace {

// Image k has the value k on its left column and 100 + k on its right one.
Dataset numbered(int count) {
    Dataset data;
    data.images = torch::zeros({count, 1, 2, 2}, torch::kByte);
    for (int k = 0; k < count; ++k) {
        data.images[k].select(2, 0).fill_(k);
        data.images[k].select(2, 1).fill_(100 + k);
    }
    return data;
}

std::vector<std::int64_t> listOf(const torch::Tensor& t) {
    return {t.data_ptr<std::int64_t>(), t.data_ptr<std::int64_t>() + t.numel()};
}

}  // namespace

class BatchStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Ten images in batches of four: five batches are two epochs, the third of them in both.
    void everyEpochShowsEveryImageOnceInAnOrderOfItsOwn() {
        const auto data = numbered(10);
        BatchStream stream(data, 3, 4, false);
        std::vector<std::int64_t> shown;
        for (int step = 0; step < 5; ++step)
            for (const auto index : listOf(stream.indices(step))) shown.push_back(index);
        std::vector<std::int64_t> first(shown.begin(), shown.begin() + 10), second(shown.begin() + 10, shown.end());
        QVERIFY(first != second);
        std::vector<std::int64_t> all(10);
        std::iota(all.begin(), all.end(), 0);
        for (auto* epoch : {&first, &second}) {
            QVERIFY(*epoch != all);
            std::sort(epoch->begin(), epoch->end());
            QVERIFY(*epoch == all);
        }
        // A step's batch does not depend on what was asked before.
        QVERIFY(listOf(BatchStream(data, 3, 4, false).indices(4)) ==
                std::vector<std::int64_t>(shown.begin() + 16, shown.end()));
    }

    void everyImageIsMirroredByItselfHalfOfTheTime() {
        const auto data = numbered(32);
        BatchStream plain(data, 5, 32, false), mirrored(data, 5, 32, true);
        int turned = 0, mixed = 0;
        constexpr int kSteps = 64;
        for (int step = 0; step < kSteps; ++step) {
            const auto as = plain.batch(step), with = mirrored.batch(step);
            int here = 0;
            for (int i = 0; i < 32; ++i) {
                const bool kept = torch::equal(with[i], as[i]);
                QVERIFY(kept || torch::equal(with[i], as[i].flip({2})));
                here += !kept;
            }
            turned += here;
            mixed += here > 0 && here < 32;
        }
        QCOMPARE(mixed, kSteps);
        // 2048 throws of a coin: a deviation of 23.
        QVERIFY2(std::abs(turned - 1024) < 92, qPrintable(QString::number(turned)));
    }

    void pixelsBecomeValuesFromMinusOneToOne() {
        const auto data = numbered(3);
        BatchStream stream(data, 1, 3, false);
        const auto shown = stream.indices(0);
        const auto batch = stream.batch(0);
        for (int i = 0; i < 3; ++i) {
            const auto k = shown[i].item<std::int64_t>();
            QVERIFY(std::abs(batch[i][0][0][0].item<double>() - (double(k) / 127.5 - 1)) < 1e-6);
            QVERIFY(std::abs(batch[i][0][0][1].item<double>() - (double(100 + k) / 127.5 - 1)) < 1e-6);
        }
    }
};

THAW_TEST(BatchStreamTest);
#include "batch_stream_test.moc"
