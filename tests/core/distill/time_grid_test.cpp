// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/time_grid.h"

#include "core/diffusion/noise.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <array>
#include <set>

using namespace thaw;

class TimeGridTest : public QObject {
    Q_OBJECT

    static constexpr std::int64_t kCount = 8000;

    using Triple = std::array<std::int64_t, 3>;
    static std::set<Triple> occurring(const DistillTimes& times) {
        const auto t = times.t.accessor<std::int64_t, 1>(), u = times.u.accessor<std::int64_t, 1>(),
                   s = times.s.accessor<std::int64_t, 1>();
        std::set<Triple> all;
        for (std::int64_t i = 0; i < t.size(0); ++i) all.insert(Triple{t[i], u[i], s[i]});
        return all;
    }

private Q_SLOTS:
    // The rarest, a trajectory's, is one in 7·7·7.
    void whatTheRuleAllowsIsDrawnAndNothingElse() {
        const TimeGrid grid(8);
        std::set<Triple> pd, cd, ctm, rcd;
        for (const std::int64_t gap : {2, 4, 8})
            for (std::int64_t t = gap; t <= 8; t += gap) pd.insert(Triple{t, t - gap / 2, t - gap});
        for (std::int64_t t = 2; t <= 8; ++t) {
            cd.insert(Triple{t, t - 1, 0});
            for (std::int64_t u = 1; u < t; ++u)
                for (std::int64_t s = 0; s < u; ++s) ctm.insert(Triple{t, u, s});
        }
        for (std::int64_t s = 0; s <= 6; ++s) rcd.insert(Triple{8, s + 1, s});
        const auto drawn = [&](Distillation kind) {
            return occurring(drawTimes(kind, grid, kCount, seededGenerator(2)));
        };
        QVERIFY(drawn(Distillation::Progressive) == pd);
        QVERIFY(drawn(Distillation::Consistency) == cd);
        QVERIFY(drawn(Distillation::Trajectory) == ctm);
        QVERIFY(drawn(Distillation::Rcd) == rcd);
    }

    // Five standard deviations of a share of one in seven are 0.02.
    void endsAreUniform() {
        const TimeGrid grid(8);
        const auto cd = drawTimes(Distillation::Consistency, grid, kCount, seededGenerator(3)).t,
                   rcd = drawTimes(Distillation::Rcd, grid, kCount, seededGenerator(4)).s;
        const auto share = [](const torch::Tensor& drawn, int value) {
            return drawn.eq(value).to(torch::kDouble).mean().item<double>();
        };
        for (int k = 0; k < 7; ++k) {
            QVERIFY(std::abs(share(cd, k + 2) - 1 / 7.) < 0.02);
            QVERIFY(std::abs(share(rcd, k) - 1 / 7.) < 0.02);
        }
    }
};

THAW_TEST(TimeGridTest);
#include "time_grid_test.moc"
