// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/settings.h"
#include "tests/registry.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void freshSettingsAreTheDefaults() {
        Settings settings(file());
        QCOMPARE(settings.theme(), Theme::System);
        QVERIFY(settings.language().isEmpty());
        QVERIFY(settings.recentModels().isEmpty());
        QCOMPARE(settings.currentArrangement(), QString("train"));
        QCOMPARE(settings.figureOptions().widthMm, FigureOptions{}.widthMm);
    }

    void whatIsSetIsThereAtTheNextStart() {
        {
            Settings settings(file());
            settings.setTheme(Theme::Dark);
            settings.setLanguage("de");
            settings.setArrangement("compare", "docks");
            settings.setCurrentArrangement("compare");
            FigureOptions options;
            options.widthMm = 174;
            settings.setFigureOptions(options);
        }
        Settings settings(file());
        QCOMPARE(settings.theme(), Theme::Dark);
        QCOMPARE(settings.language(), QString("de"));
        QCOMPARE(settings.arrangement("compare"), QByteArray("docks"));
        QCOMPARE(settings.currentArrangement(), QString("compare"));
        QCOMPARE(settings.figureOptions().widthMm, 174.0);
    }

    void recentModelsAreNewestFirstWithoutRepeatsAndAtMostTen() {
        Settings settings(file());
        for (int i = 0; i < 12; ++i) settings.addRecentModel(QString("/models/%1.safetensors").arg(i));
        settings.addRecentModel("/models/5.safetensors");
        const QStringList recent = settings.recentModels();
        QCOMPARE(recent.size(), 10);
        QCOMPARE(recent.front(), QString("/models/5.safetensors"));
        QCOMPARE(recent.count("/models/5.safetensors"), 1);
        QVERIFY(!recent.contains("/models/0.safetensors"));
    }

    void recentDataIsAListOfItsOwnAndClearingForgetsBoth() {
        Settings settings(file());
        settings.addRecentModel("/models/a.pkl");
        settings.addRecentData("/data/b.zip");
        QCOMPARE(settings.recentModels(), QStringList("/models/a.pkl"));
        QCOMPARE(settings.recentData(), QStringList("/data/b.zip"));
        settings.clearRecent();
        QVERIFY(settings.recentModels().isEmpty() && settings.recentData().isEmpty());
    }

    void forgettingTheLayoutKeepsEverythingElse() {
        Settings settings(file());
        settings.setArrangement("train", "docks");
        settings.setGeometry("window");
        settings.setTheme(Theme::Light);
        settings.forgetLayout();
        QVERIFY(settings.arrangement("train").isEmpty());
        QVERIFY(settings.geometry().isEmpty());
        QCOMPARE(settings.theme(), Theme::Light);
    }

    void unreadableValuesAreTakenAsDefaults() {
        QFile ini(file());
        QVERIFY(ini.open(QIODevice::WriteOnly));
        ini.write("[window]\ntheme=purple\n[figure]\nwidth_mm=wide\ndpi=-5\nfont_pt=1e9\n");
        ini.close();
        Settings settings(file());
        QCOMPARE(settings.theme(), Theme::System);
        QCOMPARE(settings.figureOptions().widthMm, FigureOptions{}.widthMm);
        QCOMPARE(settings.figureOptions().dpi, FigureOptions{}.dpi);
        QCOMPARE(settings.figureOptions().fontPt, FigureOptions{}.fontPt);
    }

private:
    QString file() const { return folder_->filePath("thaw.ini"); }
    std::unique_ptr<QTemporaryDir> folder_;
};

THAW_TEST(SettingsTest);
#include "settings_test.moc"
