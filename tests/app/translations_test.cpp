// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/languages.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QFile>
#include <QLocale>
#include <QMenuBar>
#include <QXmlStreamReader>

using namespace thaw;

class TranslationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void germanIsOfferedByItsOwnName() {
        QVERIFY(availableLanguages().contains("de"));
        QCOMPARE(languageTitle("de"), QString("Deutsch"));
        QCOMPARE(languageTitle("en"), QString("English"));
    }

    void noTextIsUnfinished_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("atLeast");
        QTest::newRow("German") << "de" << 200;
        QTest::newRow("English plurals") << "en" << 3;
    }
    void noTextIsUnfinished() {
        QFETCH(const QString, language);
        QFETCH(const int, atLeast);
        QFile file(QStringLiteral(THAW_ROOT "/translations/thaw_%1.ts").arg(language));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        int messages = 0;
        QString source;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement()) continue;
            if (xml.name() == u"source") source = xml.readElementText();
            else if (xml.name() == u"translation") {
                ++messages;
                QVERIFY2(!xml.attributes().hasAttribute("type"), qPrintable(source));
                QVERIFY2(!xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed().isEmpty(),
                         qPrintable(source));
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY2(messages >= atLeast, qPrintable(QString::number(messages)));
    }

    void englishSaysOneImageAndTwoImages() {
        installLanguage(*qApp, "en");
        QCOMPARE(QCoreApplication::translate("thaw::ComparePage", "%n image(s)", nullptr, 1), QString("1 image"));
        QCOMPARE(QCoreApplication::translate("thaw::ComparePage", "%n image(s)", nullptr, 2), QString("2 images"));
    }

    void theWindowSpeaksGerman() {
        installLanguage(*qApp, "de");
        WindowFixture fixture;
        fixture.open();
        QCOMPARE(QLocale().language(), QLocale::German);
        QCOMPARE(fixture.window->menuBar()->actions().front()->text(), QString("&Datei"));
        QCOMPARE(fixture.window->toolBar()->startButton()->text(), QString("Starten"));
        QCOMPARE(QCoreApplication::translate("thaw::ComparePage", "%n image(s)", nullptr, 16), QString("16 Bilder"));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        QVERIFY(fixture.window->statusLine()->runText().startsWith("Bereit"));
        QVERIFY(fixture.window->close());
    }
};

THAW_TEST(TranslationsTest);
#include "translations_test.moc"
