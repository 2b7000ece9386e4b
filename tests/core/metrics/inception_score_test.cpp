// SPDX-License-Identifier: GPL-3.0-or-later
// Frozen numbers: NumPy in double precision, exp(mean KL) split by split, on the formula below.
#include "core/metrics/inception_score.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

torch::Tensor logits() {
    const auto i = torch::arange(23, torch::kDouble).unsqueeze(1), c = torch::arange(7, torch::kDouble).unsqueeze(0);
    return 3 * (0.37 * i * (c + 1) + c).sin();
}

bool near(double value, double expected, double tolerance = 1e-12) {
    return std::abs(value - expected) < tolerance * std::abs(expected);
}

}  // namespace

class InceptionScoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesAreThoseOfNumPy() {
        InceptionScore score(10);
        score.add(logits());
        const auto value = score.value();
        QVERIFY2(near(value.mean, 1.8770545378033876), qPrintable(QString::number(value.mean, 'g', 17)));
        QVERIFY(near(value.std, 0.20425226008563802));
        QCOMPARE(value.splits, 3);
        QCOMPARE(value.lastSplit, 3);
    }

    void batchesDoNotMatter() {
        InceptionScore whole(10), pieces(10);
        whole.add(logits());
        for (const auto& piece : logits().split(4)) pieces.add(piece);
        QVERIFY(near(pieces.value().mean, whole.value().mean));
        QCOMPARE(pieces.value().splits, whole.value().splits);
    }

    void certainAndEvenlySpreadScoresTheNumberOfClasses() {
        InceptionScore score;
        score.add(torch::eye(8).repeat({20, 1}) * 1e4);
        QVERIFY(near(score.value().mean, 8));
    }

    void oneAnswerForAllScoresOne() {
        InceptionScore certain, undecided;
        certain.add(torch::tensor({0.0, 500.0, -3.0}).repeat({50, 1}));
        undecided.add(torch::zeros({50, 3}));
        QVERIFY(near(certain.value().mean, 1));
        QVERIFY(near(undecided.value().mean, 1));
    }
};

THAW_TEST(InceptionScoreTest);
#include "inception_score_test.moc"
