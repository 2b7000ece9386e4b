// SPDX-License-Identifier: GPL-3.0-or-later
// A step that several processes share is the step of one: same gradients, same numbers, same weights in all of them.
#include "core/train/shared_training.h"
#include "core/train/finetuner.h"
#include "core/train/pretrainer.h"
#include "core/train/training_state.h"
#include "core/values/error.h"
#include "core/values/train_words.h"
#include "tests/core/conditional_toy.h"
#include "tests/core/several_processes.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>

using namespace thaw;

namespace {

using Moments = std::map<std::string, torch::Tensor>;

ComputeDevice sharing(const ProcessesPtr& processes) {
    auto compute = toy::cpu();
    compute.processes = processes;
    return compute;
}

// Everything random is on: mirrored images, augmentation, dropout. With beta1 = 0 Adam's first moment is the gradient.
FinetuneConfig sharedRun(const std::string& objective) {
    auto config = toy::finetuning();
    config.r1.interval = 1;
    config.xflip = true;
    config.augment.p = 0.5;
    config.dropout = 0.2;
    config.labelDropout = 0.3;
    config.generator.beta1 = config.discriminator.beta1 = 0;
    // D sees what G's update made: without this Adam would make much of the last bit of tiny gradients.
    config.generator.epsilon = config.discriminator.epsilon = 1e-2;
    config.distill.timesteps = 8;
    config.distill.pairs = 16;
    config.distill.teacherSteps = 2;
    setObjective(config, objective);
    return config;
}

Moments gradientsOf(const std::string& prefix, const std::vector<std::pair<std::string, torch::Tensor>>& state) {
    Moments all;
    for (const auto& [name, tensor] : state)
        if (name.rfind("m.", 0) == 0) all[prefix + name.substr(2)] = tensor.clone();
    return all;
}

struct Step {
    StepMetrics metrics;
    Moments gradients;
    std::map<std::string, torch::Tensor> weights;
};

Step firstStep(const FinetuneConfig& config, const ProcessesPtr& processes) {
    static const Dataset data = toy::labelledData();
    Finetuner run(config, toy::conditional(), data, sharing(processes));
    Step step;
    step.metrics = run.step();
    step.gradients = gradientsOf("g.", run.generatorOptimiser().state());
    if (config.gan) {
        QTemporaryDir folder;
        run.save(folder.path().toStdString());
        const auto state = readTrainingState(folder.path().toStdString()).part("adam_d");
        step.gradients.merge(gradientsOf("d.", {state.begin(), state.end()}));
    }
    step.weights = toy::weights(run.generator());
    return step;
}

// The largest difference of two sets of gradients, and the largest gradient.
std::pair<double, double> differenceOf(const Moments& a, const Moments& b) {
    double difference = a.size() == b.size() ? 0 : 1e9, largest = 0;
    for (const auto& [name, g] : a) {
        const auto other = b.find(name);
        if (other == b.end()) return {1e9, 0};
        difference = std::max(difference, (g - other->second).abs().max().item<double>());
        largest = std::max(largest, g.abs().max().item<double>());
    }
    return {difference, largest};
}

// The same bits in all processes.
void requireSameWeights(const ProcessesPtr& p, const std::map<std::string, torch::Tensor>& weights) {
    for (const auto& [name, weight] : weights)
        for (const auto& other : p->gather(weight.flatten()))
            several::require(torch::equal(weight.flatten(), other), name);
}

std::string differenceOf(const StepMetrics& a, const StepMetrics& b) {
    for (const auto& field : kStepFields) {
        const auto x = a.*field.value, y = b.*field.value;
        if (x.has_value() != y.has_value()) return field.key;
        if (x && std::abs(*x - *y) > 2e-6 * std::max(1.0, std::abs(*x)))
            return std::string(field.key) + " " + std::to_string(*x) + " and " + std::to_string(*y);
    }
    return a.calls == b.calls ? std::string() : "calls";
}

}  // namespace

class SharedTrainingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void gradientsAreThoseOfOneProcess_data() {
        QTest::addColumn<QString>("objective");
        QTest::addColumn<int>("processes");
        for (const char* objective : {"gan", "pd", "cd", "ctm", "rcd", "regression", "cd,gan"})
            for (const int processes : {2, 4})
                QTest::addRow("%s, %d", objective, processes) << QString(objective) << processes;
        QTest::newRow("gan, 3 with shares that differ") << QString("gan") << 3;
    }
    void gradientsAreThoseOfOneProcess() {
        QFETCH(QString, objective);
        QFETCH(int, processes);
        const auto config = sharedRun(objective.toStdString());
        several::processes(processes, [&](const ProcessesPtr& p) {
            const auto alone = firstStep(config, {});
            const auto step = firstStep(config, p);
            const auto [difference, largest] = differenceOf(alone.gradients, step.gradients);
            several::require(difference <= 1e-6 * std::max(1.0, largest),
                             std::to_string(difference) + " of gradients up to " + std::to_string(largest));
            several::require(largest > 1e-4, "no gradient");
            several::require(differenceOf(alone.metrics, step.metrics).empty(),
                             differenceOf(alone.metrics, step.metrics));
            requireSameWeights(p, step.weights);
        });
    }

    // Nearly: in a whole batch D's power iteration goes on between its looks at fakes and at reals, in later parts it does not.
    void microBatchesOfSharedBatchesChangeNothing() {
        auto config = sharedRun("gan");
        several::processes(2, [&](const ProcessesPtr& p) {
            const auto alone = firstStep(config, {});
            config.microBatch = 2;
            for (const auto& processes : {ProcessesPtr(), p}) {
                const auto [difference, largest] =
                    differenceOf(alone.gradients, firstStep(config, processes).gradients);
                several::require(difference <= 1e-3 * largest && largest > 1e-4,
                                 std::to_string(difference) + " of gradients up to " + std::to_string(largest));
            }
        });
    }

    // Three steps with a new freeze plan in between: all keep the same weights, bit for bit, and those of one process nearly.
    void theyStayTogetherWhenThePlanChanges() {
        static const Dataset data = toy::labelledData();
        auto config = sharedRun("gan");
        const auto run = [&](const ProcessesPtr& p) {
            Finetuner tuner(config, toy::conditional(), data, sharing(p));
            tuner.step();
            tuner.setFreeze(parseFreezePlan("none"));
            tuner.step();
            tuner.step();
            return toy::weights(tuner.ema());
        };
        several::processes(2, [&](const ProcessesPtr& p) {
            const auto alone = run({});
            const auto before = toy::weights(toy::conditional());
            double moved = 0;
            for (const auto& [name, weight] : alone)
                moved = std::max(moved, (weight - before.at(name)).abs().max().item<double>());
            several::require(moved > 1e-4, "nothing moved");
            const auto weights = run(p);
            requireSameWeights(p, weights);
            for (const auto& [name, weight] : alone)
                several::require((weight - weights.at(name)).abs().max().item<double>() < 1e-5, name);
        });
    }

    // D's mean sign on real images, by which augmentation is steered: of the whole batch, and in the metrics once.
    void signsAreThoseOfTheWholeBatch() {
        static const Dataset data = toy::labelledData();
        auto config = sharedRun("gan");
        config.augment.target = 0.6;
        const auto signsOf = [&](const ProcessesPtr& p) {
            Finetuner tuner(config, toy::conditional(), data, sharing(p));
            std::vector<double> signs;
            for (int i = 0; i < 3; ++i) signs.push_back(tuner.step().realSign.value());
            QTemporaryDir folder;
            tuner.save(folder.path().toStdString());
            for (const auto& [name, control] : readTrainingState(folder.path().toStdString()).part("augment"))
                signs.push_back(control[1].item<double>());
            return signs;
        };
        for (const int count : {2, 3})
            several::processes(count, [&](const ProcessesPtr& p) {
                const auto alone = signsOf({}), shared = signsOf(p);
                several::require(alone.size() == 4, "the control's state");
                several::require(std::abs(alone[0]) + std::abs(alone[1]) + std::abs(alone[2]) > 0.01, "no signs");
                several::require(std::abs(alone[0] + alone[1] + alone[2] - alone[3]) < 1e-9, "their sum");
                for (std::size_t i = 0; i < alone.size(); ++i)
                    if (std::abs(alone[i] - shared[i]) > 1e-6)
                        throw std::runtime_error(std::to_string(alone[i]) + " and " + std::to_string(shared[i]));
            });
    }

    // Of projected heads by choice, since their norm ties images together.
    void normsOverAllProcessesAreThoseOfOne() {
        auto config = sharedRun("gan");
        config.discriminatorKind = DiscriminatorKind::Projected;
        for (const bool sync : {true, false}) {
            several::processes(2, [&](const ProcessesPtr& p) {
                const auto alone = firstStep(config, {});
                config.syncBatchNorm = sync;
                const auto [difference, largest] = differenceOf(alone.gradients, firstStep(config, p).gradients);
                if (sync ? difference > 1e-6 * std::max(1.0, largest) : difference < 1e-4 * largest)
                    throw std::runtime_error(std::to_string(difference) + " of " + std::to_string(largest));
            });
        }
    }

    void preTrainingIsSharedToo() {
        static const Dataset data = toy::labelledData();
        PretrainConfig config;
        config.batch = 6;
        config.conditional = true;
        config.augment = 0.3;
        config.precision = Precision::Float32;
        auto network = toy::network();
        network.labelDim = toy::kClasses;
        network.augmentDim = 9;
        network.dropout = 0.2;
        network.labelDropout = 0.3;
        config.network = toJson(network);
        const auto stepOf = [&](const ProcessesPtr& p) {
            Pretrainer trainer(config, data, sharing(p));
            const double loss = trainer.step().value();
            QTemporaryDir folder;
            trainer.save(folder.path().toStdString());
            const auto state = readTrainingState(folder.path().toStdString()).part("adam");
            return std::pair(loss, gradientsOf("", {state.begin(), state.end()}));
        };
        for (const int count : {2, 4})
            several::processes(count, [&](const ProcessesPtr& p) {
                const auto alone = stepOf({}), shared = stepOf(p);
                if (std::abs(shared.first - alone.first) > 1e-6) throw std::runtime_error("loss");
                const auto [difference, largest] = differenceOf(alone.second, shared.second);
                if (difference > 1e-7 || largest < 1e-4) throw std::runtime_error("gradient");
            });
    }

    void eachProcessNeedsAnImage() {
        const auto problems = sharingProblems(3, 4);
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems[0].field, std::string("batch"));
        QCOMPARE(problems[0].message, std::string("is 3, must be at least 4, the number of processes that share it"));
        QVERIFY(sharingProblems(4, 4).empty());
        auto config = toy::finetuning();
        QVERIFY(sharingProblems(config, 3).empty());
        config.syncBatchNorm = true;
        QCOMPARE(sharingProblems(config, 3).at(0).message,
                 std::string("is 8, must be a multiple of 3, the number of processes, for "
                             "discriminator.sync_batch_norm"));
        QVERIFY(sharingProblems(config, 4).empty());
    }
};

THAW_TEST(SharedTrainingTest);

#include "shared_training_test.moc"
