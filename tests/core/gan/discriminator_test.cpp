// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/critic.h"

#include "core/diffusion/noise.h"
#include "tests/core/finite_difference.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class DiscriminatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Section 3.6 of the published configuration: four maps of EfficientNet-lite0 at 224 pixels.
    void projectedHeadsHaveThePublishedShapes() {
        Projection projection(std::vector<Backbone::Level>{{24, 56}, {40, 28}, {112, 14}, {320, 7}}, 64);
        const std::vector<std::pair<int, int>> expected{{64, 112}, {64, 56}, {128, 28}, {256, 14}};
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(projection->outputs()[i].channels, expected[i].first);
            QCOMPARE(projection->outputs()[i].resolution, expected[i].second);
        }
        Discriminator d(
            DiscriminatorImpl::Shape{DiscriminatorKind::Projected, {{{24, 56}, {40, 28}, {112, 14}, {320, 7}}}, 64, 0});
        d->initialise(1);
        const auto parameters = d->named_parameters();
        const std::vector<std::vector<int>> widths{
            {64, 64, 128, 256, 512}, {64, 128, 256, 512}, {128, 256, 512}, {256, 512}};
        for (std::size_t head = 0; head < widths.size(); ++head) {
            const auto name = "head0_" + std::to_string(head) + ".conv";
            for (std::size_t i = 0; i + 1 < widths[head].size(); ++i)
                QCOMPARE(parameters[name + std::to_string(i) + ".weight_orig"].sizes(),
                         (at::IntArrayRef{widths[head][i + 1], widths[head][i], 4, 4}));
            QCOMPARE(parameters[name + std::to_string(widths[head].size() - 1) + ".weight_orig"].sizes(),
                     (at::IntArrayRef{1, 512, 4, 4}));
            QVERIFY(!parameters.contains(name + std::to_string(widths[head].size() - 1) + ".bias"));
        }
        // 16 patches a head.
        const torch::NoGradGuard guard;
        const auto logits = d->forward({{torch::randn({2, 24, 56, 56}), torch::randn({2, 40, 28, 28}),
                                         torch::randn({2, 112, 14, 14}), torch::randn({2, 320, 7, 7})}});
        QCOMPARE(logits.size(), std::size_t(1));
        QCOMPARE(logits[0].sizes(), (at::IntArrayRef{2, 64}));
    }

    // 28, 14 and 7 pixels a side end at 7, where a kernel of 4 finds 4·4 patches; 32 and 8 end at 4, with one.
    void directHeadsHalveUntilSevenPixelsAreLeft() {
        struct Case {
            int resolution, halvings;
            std::int64_t patches;
        };
        const torch::NoGradGuard guard;
        for (const auto& [resolution, halvings, patches] :
             {Case{28, 2, 16}, Case{14, 1, 16}, Case{7, 0, 16}, Case{32, 3, 1}, Case{8, 1, 1}}) {
            const std::vector<Backbone::Level> levels{{6, resolution}};
            Discriminator d(DiscriminatorImpl::Shape{DiscriminatorKind::Direct, {levels}, 8, 0});
            d->initialise(1);
            const auto parameters = d->named_parameters();
            const auto weight = [&](int i) { return parameters["head0_0.conv" + std::to_string(i) + ".weight_orig"]; };
            const auto listed = headConvolutions({DiscriminatorKind::Direct, {levels}, 8, 0});
            for (int i = 0, side = resolution; i < int(listed.size()); ++i) {
                const auto& c = listed[std::size_t(i)];
                QCOMPARE(weight(i).sizes(), (at::IntArrayRef{c.out, c.in, c.kernel, c.kernel}));
                QCOMPARE(c.inputResolution(), side);
                side = c.resolution;
            }
            QCOMPARE(std::int64_t(listed.back().resolution) * listed.back().resolution, patches);
            QCOMPARE(weight(0).sizes(), (at::IntArrayRef{8, 6, 1, 1}));
            for (int i = 1; i <= halvings; ++i) QCOMPARE(weight(i).sizes(), (at::IntArrayRef{8, 8, 4, 4}));
            QCOMPARE(weight(halvings + 1).sizes(), (at::IntArrayRef{8, 8, 3, 3}));
            QCOMPARE(weight(halvings + 2).sizes(), (at::IntArrayRef{1, 8, 4, 4}));
            QVERIFY(!parameters.contains("head0_0.conv" + std::to_string(halvings + 3) + ".weight_orig"));
            const auto logits = d->forward({{torch::zeros({2, 6, resolution, resolution})}});
            QCOMPARE(logits.size(), std::size_t(1));
            QCOMPARE(logits[0].sizes(), (at::IntArrayRef{2, patches}));
        }
    }

    void projectionsAreNeverTrained() {
        Discriminator d(DiscriminatorImpl::Shape{DiscriminatorKind::Projected, {{{8, 8}, {16, 4}}}, 8, 0});
        for (const auto& item : d->named_parameters())
            QVERIFY2(item.key().find("projection") == std::string::npos, item.key().c_str());
        int buffers = 0;
        for (const auto& item : d->named_buffers()) buffers += item.key().find("projection") != std::string::npos;
        QCOMPARE(buffers, 8);
    }

    void theClassDecidesTheLogits() {
        for (const auto kind : {DiscriminatorKind::Direct, DiscriminatorKind::Projected}) {
            Discriminator d(DiscriminatorImpl::Shape{kind, {{{8, 8}, {16, 4}}}, 8, 4});
            d->initialise(3);
            d->eval();
            const torch::NoGradGuard guard;
            torch::manual_seed(1);
            const std::vector<std::vector<torch::Tensor>> maps{
                {torch::randn({1, 8, 8, 8}).repeat({2, 1, 1, 1}), torch::randn({1, 16, 4, 4}).repeat({2, 1, 1, 1})}};
            const auto labels = torch::eye(4).slice(0, 1, 3);
            for (const auto& l : d->forward(maps, labels)) QVERIFY(!torch::allclose(l[0], l[1]));
            for (const auto& l : d->forward(maps, labels.slice(0, 0, 1).repeat({2, 1})))
                QVERIFY(torch::allclose(l[0], l[1]));
        }
    }

    void augmentationWithNoProbabilityChangesNothing() {
        torch::manual_seed(2);
        for (const int channels : {1, 3}) {
            const auto x = torch::rand({4, channels, 8, 8}) * 2 - 1;
            QVERIFY(
                torch::allclose(augmented(x, drawAugmentation(0, 4, channels, 8, seededGenerator(1))), x, 1e-5, 1e-5));
            QVERIFY(torch::equal(augmented(x, {}), x));
            const auto changed = augmented(x, drawAugmentation(1, 4, channels, 8, seededGenerator(1)));
            QVERIFY((changed - x).abs().mean().item<double>() > 0.1);
            QVERIFY(changed.isfinite().all().item<bool>());
        }
    }

    void augmentationPassesTheGradient() {
        const auto draw = drawAugmentation(1, 2, 3, 6, seededGenerator(5));
        torch::manual_seed(3);
        const auto x = torch::randn({2, 3, 6, 6}, torch::kDouble).requires_grad_(true);
        const auto weight = torch::randn_like(x).detach();
        const auto check = checkGradient([&] { return (augmented(x, draw) * weight).sum(); }, x, {0, 40, 150}, 1e-4);
        QVERIFY(check.largest > 0 && check.worst < 1e-6);
    }

    // p moves by 4·batch/500,000 every fourth step, towards the target, never below 0.
    void adaptiveProbabilityFollowsTheSigns() {
        AugmentControl control({0, 0.6}, 64);
        for (int i = 0; i < 3; ++i) control.observe(torch::tensor(1.0));
        QCOMPARE(control.p(), 0.0);
        control.observe(torch::tensor(1.0));
        QCOMPARE(control.p(), 4 * 64 / 500000.0);
        AugmentControl copy({0, 0.6}, 64);
        control.observe(torch::tensor(-1.0));
        copy.load(control.state());
        for (int i = 0; i < 3; ++i) {
            control.observe(torch::tensor(-1.0));
            copy.observe(torch::tensor(-1.0));
        }
        QCOMPARE(control.p(), 0.0);
        QCOMPARE(copy.p(), 0.0);
        for (int i = 0; i < 4; ++i) control.observe(torch::tensor(-1.0));
        QCOMPARE(control.p(), 0.0);
    }
};

THAW_TEST(DiscriminatorTest);
#include "discriminator_test.moc"
