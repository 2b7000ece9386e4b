// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/languages.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace thaw {
namespace {

const QString kFolder = QStringLiteral(":/i18n");
const QString kPrefix = QStringLiteral("thaw_");

void install(QCoreApplication& application, const QLocale& locale, const QString& name, const QString& folder) {
    auto* translator = new QTranslator(&application);
    if (translator->load(locale, name, QStringLiteral("_"), folder)) application.installTranslator(translator);
    else delete translator;
}

}  // namespace

QStringList availableLanguages() {
    QStringList codes{QStringLiteral("en")};
    for (const QString& file : QDir(kFolder).entryList({kPrefix + QStringLiteral("*.qm")})) {
        const QString code = file.mid(kPrefix.size()).chopped(3);
        if (!codes.contains(code)) codes << code;
    }
    return codes;
}

QString languageTitle(const QString& code) {
    const QLocale locale(code);
    QString name = locale.nativeLanguageName();
    // "American English" for plain "en" would be a surprise.
    if (locale.language() == QLocale::English) name = QStringLiteral("English");
    if (!name.isEmpty()) name[0] = name[0].toUpper();
    return name;
}

void installLanguage(QCoreApplication& application, const QString& code) {
    // Plural forms are texts too: English comes first and stays below the language asked for.
    install(application, QLocale(QLocale::English), QStringLiteral("thaw"), kFolder);
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale);
    install(application, locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, locale, QStringLiteral("thaw"), kFolder);
}

}  // namespace thaw
