// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/probe_inputs.h"

#include "core/diffusion/class_labels.h"
#include "core/io/npy_tensor.h"
#include "core/spectral/network_part.h"
#include "core/spectral/response_export.h"
#include "tests/core/conditional_toy.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

const ClassChoice kRemainder{ClassChoice::Kind::PerSeed, 0};

}  // namespace

class InputLabelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNoisedImageHasItsOwnLabel() {
        const auto network = toy::conditional()->config();
        auto data = toy::labelledData(7);
        // Seeds 5 .. 9 stand for the images 5, 6, 0, 1, 2 of the classes 2, 0, 0, 1, 2.
        const auto own = toy::oneHotOf({2, 0, 0, 1, 2});
        QVERIFY(inputLabels(network, data, 0.5, 5, 5, {}).equal(own));
        QVERIFY(inputLabels(network, data, 0.5, 5, 5, kRemainder).equal(own));
        QVERIFY(inputLabels(network, data, 0.5, 5, 5, ClassChoice::one(1)).equal(toy::oneHotOf({1, 1, 1, 1, 1})));
        // Pure noise has none: chosen like that of a sample.
        QVERIFY(inputLabels(network, data, 80, 5, 5, kRemainder).equal(toy::oneHotOf({2, 0, 1, 2, 0})));
        QVERIFY(inputLabels(network, data, 80, 5, 5, {}).equal(classLabelsOf({}, {5, 6, 7, 8, 9}, 1, 8, 3)));
        data.labels = torch::rand({7, 3});
        QVERIFY(inputLabels(network, data, 0.5, 5, 2, {}).equal(data.labels.slice(0, 5, 7)));
    }

    void labelsThatTheNetworkDoesNotKnowAreNotUsed() {
        const auto network = toy::conditional()->config();
        auto data = toy::labelledData(7);
        const auto chosen = toy::oneHotOf({2, 0, 1});
        data.labels = torch::full({7}, 9, torch::kLong);
        QVERIFY(inputLabels(network, data, 0.5, 5, 3, kRemainder).equal(chosen));
        data.labels = torch::rand({7, 4});
        QVERIFY(inputLabels(network, data, 0.5, 5, 3, kRemainder).equal(chosen));
        data.labels = torch::Tensor();
        QVERIFY(inputLabels(network, data, 0.5, 5, 3, kRemainder).equal(chosen));
        QVERIFY(!inputLabels(toy::network(), toy::labelledData(7), 0.5, 5, 3, {}).defined());
        QVERIFY(
            faultOf([&] { inputLabels(network, data, 0.5, 5, 3, ClassChoice::one(3)); }).startsWith("Configuration"));
    }

    // One image in many disguises keeps its class.
    void aPartOfTheNetworkIsToldTheClassOfEachImage() {
        auto denoiser = toy::conditional();
        for (const char* block : {"", "enc.8x8_block0"}) {
            TransferRequest request;
            request.block = block;
            request.images = 6;
            request.sigma = 0.5;
            const auto data = toy::labelledData(7);
            const auto part = networkPart(denoiser, data, request);
            const auto x = part.inputs({0, 6}), together = part.map(x, {0, 6});
            for (int k = 0; k < 6; ++k) {
                request.classes = {};
                const auto plain = toy::toldOneClass(denoiser, k % toy::kClasses);
                const auto same = networkPart(plain, data, request);
                QVERIFY(x[k].allclose(same.inputs({0, 6})[k], 1e-4, 1e-5));
                QVERIFY(together[k].allclose(same.map(x, {0, 6})[k], 1e-4, 1e-5));
                const auto disguised = part.map(x.slice(0, k, k + 1).expand({4, -1, -1, -1}), {k, k + 1});
                QVERIFY(disguised[3].allclose(together[k], 1e-4, 1e-5));
            }
        }
    }

    void rawResponsesComeWithTheirLabels() {
        auto denoiser = toy::conditional();
        const auto archive = exportResponses(denoiser, {}, {"output"}, 80, 2, 3, kRemainder);
        QVERIFY(toTensor(archive.arrays.at("labels")).equal(toy::oneHotOf({2, 0, 1})));
        auto plain = toy::toldOneClass(denoiser, 0);
        const auto same = exportResponses(plain, {}, {"output"}, 80, 2, 3);
        QVERIFY(!same.arrays.count("labels"));
        QVERIFY(toTensor(archive.arrays.at("output"))[1].allclose(toTensor(same.arrays.at("output"))[1], 1e-4, 1e-5));
    }
};

THAW_TEST(InputLabelsTest);
#include "input_labels_test.moc"
