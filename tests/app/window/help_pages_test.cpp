// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/languages.h"
#include "tests/registry.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace thaw;

// The help pages of all folders as the program finds them.
class HelpPagesTest : public QObject {
    Q_OBJECT

    static QStringList pages() { return QDir(QStringLiteral(":/help")).entryList({QStringLiteral("*.md")}); }

private Q_SLOTS:
    void everyPageStandsInEveryLanguage() {
        QStringList names;
        for (const QString& page : pages())
            // Reports of studies are in English, as every report is.
            if (page.count('.') == 1 && !page.startsWith(QLatin1String("study-"))) names << page.section('.', 0, 0);
        QVERIFY(names.size() >= 10);
        for (const QString& name : names)
            for (const QString& language : availableLanguages()) {
                const QString file = language == QLatin1String("en") ? name + ".md" : name + '.' + language + ".md";
                QVERIFY2(QFile::exists(":/help/" + file), qPrintable(file));
            }
        const auto reports = pages().filter(QRegularExpression(QStringLiteral("^study-"))).size();
        QCOMPARE(pages().size() - reports, names.size() * availableLanguages().size());
    }

    void everyPageHasATitleAndNoLinkOrPictureIsMissing() {
        static const QRegularExpression link(QStringLiteral("\\]\\(([^)]+)\\)"));
        for (const QString& page : pages()) {
            QFile file(":/help/" + page);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            QVERIFY2(text.startsWith(QLatin1String("# ")), qPrintable(page));
            for (auto it = link.globalMatch(text); it.hasNext();) {
                const QString target = it.next().captured(1);
                if (target.startsWith(QLatin1String("http"))) continue;
                const bool picture = target.startsWith(QLatin1String("qrc:"));
                const QString path = picture ? target.mid(3) : ":/help/" + target.section('.', 0, 0) + ".md";
                QVERIFY2(QFile::exists(path), qPrintable(page + ": " + target));
            }
        }
    }
};

THAW_TEST(HelpPagesTest);
#include "help_pages_test.moc"
