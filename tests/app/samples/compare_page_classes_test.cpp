// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/class_box.h"
#include "core/session/session.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QComboBox>
#include <QImage>

using namespace thaw;

/// The class that is chosen in the window is the one that the model is told, and every caption says it.
class ComparePageClassesTest : public QObject {
    Q_OBJECT
    WindowFixture fixture_;
    const QString model_ = QStringLiteral(THAW_GOLDEN "/ncsnpp_edm_cond.weights.safetensors");  // 16×16, 10 classes

    ComparePage& page() const { return *fixture_.window->comparePage(); }
    FrequencyPage& frequency() const { return *fixture_.window->frequencyPage(); }
    Selection& selection() const { return fixture_.window->selection(); }
    template <class Page>
    static ClassBox* boxOf(Page& page) {
        return page.template findChild<ClassBox*>();
    }
    std::vector<Image> expected(const ClassChoice& classes) const {
        Session session;
        session.files().openModel(model_.toStdString());
        SampleRequest request{SampleSource::OriginalOneStep, 1, {0, 1, 2, 3}};
        request.classes = classes;
        return session.files().sample(request).images;
    }
    static bool nearly(const std::vector<Image>& a, const std::vector<Image>& b) {
        if (a.size() != b.size() || a.empty()) return false;
        for (std::size_t k = 0; k < a.size(); ++k)
            for (std::size_t i = 0; i < a[k].pixels.size(); ++i)
                if (std::abs(int(a[k].pixels[i]) - int(b[k].pixels[i])) > 1) return false;
        return true;
    }

private Q_SLOTS:
    void initTestCase() {
        fixture_.open();
        QVERIFY(QTest::qWaitFor([&] { return fixture_.state() == RunState::Ready; }, kLong));
        QVERIFY(boxOf(page())->isHidden() && boxOf(frequency())->isHidden());  // the embedded model has no classes
        page().setColumns({{SampleSource::OriginalOneStep, 1}});
        for (QComboBox* box : page().findChildren<QComboBox*>())
            if (box->accessibleName() == "Number of images") box->setCurrentIndex(0);
        fixture_.window->opening().openModel(model_);
        QVERIFY(QTest::qWaitFor([&] { return selection().classCount() == 10; }, kLong));
        QVERIFY(!boxOf(page())->isHidden() && !boxOf(frequency())->isHidden());
    }

    void theChoiceReachesTheRequestAndTheCaption() {
        const std::vector<std::pair<ClassChoice, QString>> choices{
            {{}, "random classes"},
            {{ClassChoice::Kind::PerSeed, 0}, "classes by seed"},
            {ClassChoice::one(3), "class 3 (Dress)"}};  // the embedded data name theirs
        for (const auto& [choice, caption] : choices) {
            selection().setClasses(choice);
            const auto wanted = expected(choice);
            QVERIFY2(QTest::qWaitFor([&] { return nearly(fixture_.column(0).images, wanted); }, kLong),
                     qPrintable(caption));
            QVERIFY2(fixture_.grid().block(0).caption.contains(caption), qPrintable(fixture_.grid().block(0).caption));
        }
        QVERIFY(!nearly(expected(ClassChoice::one(3)), expected(ClassChoice::one(4))));
        const QString file = fixture_.folder.filePath("image.png");
        QCOMPARE(page().saveImage(0, 0, file), QString());
        QCOMPARE(QImage(file).text("Classes"), QString("3"));
    }

    void theFrequencyPageAsksForTheSame() {
        selection().setClasses(ClassChoice::one(7));
        QVERIFY(frequency().panel().classes == ClassChoice::one(7));
        QCOMPARE(boxOf(frequency())->currentIndex(), boxOf(page())->currentIndex());
        PanelRecipe panel = frequency().panel();
        panel.classes = ClassChoice::one(2);
        frequency().showPanel(panel);
        QVERIFY(selection().classes() == ClassChoice::one(2));
    }
};

THAW_TEST(ComparePageClassesTest);
#include "compare_page_classes_test.moc"
