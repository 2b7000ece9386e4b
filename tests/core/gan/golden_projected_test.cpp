// SPDX-License-Identifier: GPL-3.0-or-later
// Case 03 of tests/golden/training: CCM, CSM and the heads of the projected discriminator, with their buffers.
#include "core/gan/discriminator.h"
#include "tests/core/golden_case.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::GoldenCase;

namespace {

class ProjectedCase {
public:
    ProjectedCase() {
        for (int i = 0; golden.has("map" + std::to_string(i)); ++i) {
            const auto map = golden.at("map" + std::to_string(i));
            maps.push_back(map.clone().requires_grad_(true));
            levels.push_back({int(map.size(1)), int(map.size(2))});
        }
        width = golden.values().at("width").get<std::int64_t>();
        projection = Projection(levels, width);
        thaw::testing::plant(projection->named_buffers(), golden.below("weights.projection."));
    }
    /// `name` is head or class_head.
    DiscriminatorHead head(const std::string& name, std::size_t i, int classes) const {
        DiscriminatorHead made(projectedHead(projection->outputs()[i], i, levels.size(), width), classes);
        const auto weights = golden.below("weights." + name + std::to_string(i) + ".");
        thaw::testing::plant(made->named_parameters(), weights);
        thaw::testing::plant(made->named_buffers(), weights);
        return made;
    }

    const GoldenCase golden{"03_projected"};
    std::vector<torch::Tensor> maps;
    std::vector<Backbone::Level> levels;
    std::int64_t width = 0;
    Projection projection{nullptr};
};

}  // namespace

class GoldenProjectedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void projectionAndItsGradientMatchReference() {
        ProjectedCase c;
        QVERIFY(c.maps.size() > 1);
        const auto projected = c.projection->forward(c.maps);
        QCOMPARE(projected.size(), c.maps.size());
        torch::Tensor weighted;
        for (std::size_t i = 0; i < projected.size(); ++i) {
            GOLDEN(c.golden, "projected" + std::to_string(i), projected[i]);
            QCOMPARE(std::int64_t(c.projection->outputs()[i].resolution), projected[i].size(2));
            const auto weight = torch::arange(projected[i].numel(), torch::kDouble).cos().to(torch::kFloat);
            const auto sum = (projected[i] * weight.reshape(projected[i].sizes())).sum();
            weighted = weighted.defined() ? weighted + sum : sum;
        }
        const auto gradients = torch::autograd::grad({weighted}, c.maps);
        for (std::size_t i = 0; i < gradients.size(); ++i)
            GOLDEN(c.golden, "map" + std::to_string(i) + ".gradient_of_weighted_sum", gradients[i]);
    }

    void headsMatchReferenceInTrainingAndEvaluation_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("index");
        const GoldenCase golden("03_projected");
        for (int i = 0; golden.has("head" + std::to_string(i) + ".train.logits"); ++i)
            QTest::addRow("head %d", i) << "head" << i;
        for (const auto& i : golden.values().at("class_heads"))
            QTest::addRow("class head %d", i.get<int>()) << "class_head" << i.get<int>();
    }
    void headsMatchReferenceInTrainingAndEvaluation() {
        QFETCH(QString, name);
        QFETCH(int, index);
        const ProjectedCase c;
        const bool conditional = name == "class_head";
        const auto key = name.toStdString() + std::to_string(index);
        const auto labels = conditional ? c.golden.at("labels") : torch::Tensor();
        auto head = c.head(name.toStdString(), std::size_t(index),
                           conditional ? c.golden.values().at("classes").get<int>() : 0);
        const auto input = c.golden.at("projected" + std::to_string(index));

        head->eval();
        GOLDEN(c.golden, key + ".eval.logits", head->forward(input, labels, true));
        const auto weights = c.golden.below("weights." + key + ".");
        for (const auto& item : head->named_buffers())
            if (weights.count(item.key()) > 0)
                QVERIFY2(torch::equal(item.value(), weights.at(item.key())), item.key().c_str());

        head->train();
        GOLDEN(c.golden, key + ".train.logits", head->forward(input, labels, true));
        int moved = 0;
        for (const auto& item : head->named_buffers())
            if (c.golden.has(key + "." + item.key() + ".after")) {
                GOLDEN(c.golden, key + "." + item.key() + ".after", item.value());
                ++moved;
            }
        QVERIFY(moved > 0);
    }

    // A head divides by the norm alone: the published logits do not change when a weight is scaled.
    void scalingAWeightChangesNothing() {
        const ProjectedCase c;
        auto head = c.head("head", 0, 0);
        {
            const torch::NoGradGuard guard;
            for (auto& item : head->named_parameters())
                if (item.key().ends_with("weight_orig")) item.value().mul_(3);
        }
        head->train();
        GOLDEN(c.golden, "head0.train.logits", head->forward(c.golden.at("projected0"), {}, true));
    }
};

THAW_TEST(GoldenProjectedTest);
#include "golden_projected_test.moc"
