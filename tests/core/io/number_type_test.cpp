// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_tensor.h"
#include "core/io/scalar_type.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <torch/torch.h>

#include <set>

using namespace thaw;

class NumberTypeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableIsInTheOrderOfTheTypes() {
        for (std::size_t i = 0; i < kNumberTypes.size(); ++i) QCOMPARE(std::size_t(kNumberTypes[i].type), i);
    }

    void sizesAreThoseOfTensors() {
        for (const auto& entry : kNumberTypes) {
            QCOMPARE(torch::elementSize(scalarType(entry.type)), entry.bytes);
            QVERIFY(numberType(scalarType(entry.type)) == entry.type);
        }
        QVERIFY(!numberType(torch::kComplexFloat));
    }

    void everyNameLeadsBack() {
        for (const auto format : {&NumberTypeNames::safeTensors, &NumberTypeNames::torchStorage,
                                  &NumberTypeNames::torchDtype, &NumberTypeNames::numpy}) {
            std::set<std::string_view> names;
            for (const auto& entry : kNumberTypes) {
                if ((entry.*format).empty()) continue;
                QVERIFY(names.insert(entry.*format).second);
                QVERIFY(numberType(format, entry.*format) == entry.type);
            }
            QVERIFY(!numberType(format, ""));
            QVERIFY(!numberType(format, "U16"));
        }
    }

    void numPysFilesHoldFourTypes() {
        for (const auto& entry : kNumberTypes) {
            NpyArray array{{1}, entry.type, std::string(entry.bytes, '\0')};
            if (entry.numpy.empty()) QVERIFY_EXCEPTION_THROWN(serialiseNpy(array), std::invalid_argument);
            else QVERIFY(parseNpy(serialiseNpy(array), "test") == array);
        }
        QVERIFY_EXCEPTION_THROWN(toNpy(torch::zeros({1}, torch::kShort)), std::invalid_argument);
    }
};

THAW_TEST(NumberTypeTest);
#include "number_type_test.moc"
