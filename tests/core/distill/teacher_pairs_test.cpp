// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/teacher_pairs.h"

#include "core/diffusion/noise.h"
#include "tests/core/conditional_toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class TeacherPairsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    // A seed's stream gives the noise first and then the class, of which the teacher makes the image.
    void everyImageIsTheTeachersOfItsSeedsClass() {
        constexpr int kPairs = 6;
        constexpr std::uint64_t kFirst = 100;
        const auto teacher = toy::conditional();
        const auto batch = TeacherPairs(teacher, 3, kPairs, kFirst, {}).batch(0, kPairs);
        SamplerConfig heun;
        heun.kind = SamplerKind::Heun;
        heun.steps = 3;
        std::vector<std::int64_t> classes;
        for (int i = 0; i < kPairs; ++i) {
            SeedStreams stream({kFirst + std::uint64_t(i)});
            const auto z = stream.latents(1, 8);
            classes.push_back(stream.classes(toy::kClasses)[0].item<std::int64_t>());
            QVERIFY(torch::equal(batch.z[i], z[0]));
            auto told = toy::toldOneClass(teacher, int(classes.back()));
            QVERIFY2(torch::allclose(batch.image[i], sample(told, z, heun)[0].to(torch::kFloat), 1e-3, 1e-3),
                     qPrintable(QString("pair %1 of class %2").arg(i).arg(classes.back())));
        }
        QVERIFY(torch::equal(batch.classLabels, toy::oneHotOf(classes)));
    }
};

THAW_TEST(TeacherPairsTest);
#include "teacher_pairs_test.moc"
