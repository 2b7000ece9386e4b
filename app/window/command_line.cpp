// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/command_line.h"

#include "app/shared/open_target.h"
#include "core/values/near_word.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

#include <string>
#include <utility>
#include <vector>

namespace thaw {
namespace {

QString text(const char* source) { return QCoreApplication::translate("thaw::CommandLine", source); }

QString unknownOption(const QString& word, const std::vector<std::string>& known) {
    const QString problem = text(QT_TRANSLATE_NOOP("thaw::CommandLine", "there is no option '--%1'")).arg(word);
    const auto near = nearestWord(word.toStdString(), known);
    return near ? problem + text(QT_TRANSLATE_NOOP("thaw::CommandLine", "; did you mean '--%1'?"))
                                .arg(QString::fromStdString(*near))
                : problem;
}

}  // namespace

CommandLine parseCommandLine(const QStringList& arguments) {
    CommandLine line;
    QCommandLineParser parser;
    parser.setApplicationDescription(
        text(QT_TRANSLATE_NOOP("thaw::CommandLine", "Unlock one-step generation in diffusion models.")));
    parser.addPositionalArgument(
        QStringLiteral("model"),
        text(QT_TRANSLATE_NOOP(
            "thaw::CommandLine",
            "Checkpoint, run folder, session (.thaw) or 'builtin' (default); a data set opens as --data.")),
        QStringLiteral("[MODEL]"));
    std::vector<std::string> known{"help", "version"};
    const auto option = [&](const char* name, const QString& description, const char* value = nullptr) {
        known.emplace_back(name);
        QCommandLineOption option(QString::fromLatin1(name), description);
        if (value) option.setValueName(QString::fromLatin1(value));
        parser.addOption(option);
    };
    option("data",
           text(QT_TRANSLATE_NOOP("thaw::CommandLine",
                                  "Zip or folder of images, .npz, .npy, IDX or CIFAR files, or 'builtin' (default).")),
           "DATA");
    option("runs", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "Folder for runs.")), "DIR");
    option("device", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "auto (default), cpu, cuda or cuda:N.")), "DEVICE");
    option("theme", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "light, dark or system.")), "THEME");
    option("language", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "Language code, for example de.")), "CODE");
    option("start", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "Start a run as soon as everything is loaded.")));
    option("screenshot", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "Save a picture of the loaded window and quit.")),
           "FILE.png");
    option("size", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "Size of that picture's window (default: 1440x900).")),
           "WIDTHxHEIGHT");
    option("after", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "Milliseconds to wait before the picture.")), "MS");
    option("figure",
           text(QT_TRANSLATE_NOOP(
               "thaw::CommandLine",
               "Make a figure again from its recipe, or from a figure that holds one, and quit; needs --out.")),
           "RECIPE");
    option(
        "out",
        text(QT_TRANSLATE_NOOP("thaw::CommandLine", "File to write that figure to: .pdf, .svg, .png, .csv or .npz.")),
        "FILE");
    option("report",
           text(QT_TRANSLATE_NOOP("thaw::CommandLine",
                                  "Draw the figures and pages of the report in a study's folder, and quit.")),
           "FOLDER");
    option("force", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "Replace a figure that is there already.")));
    option("quiet", text(QT_TRANSLATE_NOOP("thaw::CommandLine", "No progress.")));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

    const auto refuse = [&](const QString& problem) {
        line.exitCode = 2;
        line.output = text(QT_TRANSLATE_NOOP("thaw::CommandLine", "thaw: %1 (see thaw --help)")).arg(problem);
        return line;
    };
    if (!parser.parse(arguments)) {
        const QStringList unknown = parser.unknownOptionNames();
        return refuse(unknown.isEmpty() ? parser.errorText() : unknownOption(unknown.front(), known));
    }
    if (parser.isSet(help)) {
        line.exitCode = 0;
        line.output = parser.helpText();
        return line;
    }
    if (parser.isSet(version)) {
        line.exitCode = 0;
        line.output = QStringLiteral("thaw " THAW_VERSION);
        return line;
    }

    const QStringList models = parser.positionalArguments();
    if (models.size() > 1)
        return refuse(text(QT_TRANSLATE_NOOP("thaw::CommandLine", "one model at a time, not %1")).arg(models.size()));
    if (!models.isEmpty()) line.model = models.front();
    const auto value = [&](const char* name) { return parser.value(QString::fromLatin1(name)); };
    const auto isSet = [&](const char* name) { return parser.isSet(QString::fromLatin1(name)); };
    line.nothingNamed = models.isEmpty() && !isSet("data");
    if (openTarget(line.model) == OpenTarget::Session)
        line.session = std::exchange(line.model, QStringLiteral("builtin"));
    if (isSet("data")) line.data = value("data");
    else if (openTarget(line.model) == OpenTarget::DataSet)
        line.data = std::exchange(line.model, QStringLiteral("builtin"));
    if (isSet("device")) line.device = value("device");
    line.runs = value("runs");
    line.figure = value("figure");
    line.report = value("report");
    line.out = value("out");
    line.force = isSet("force");
    line.quiet = isSet("quiet");
    if (line.figure.isEmpty() != line.out.isEmpty())
        return refuse(text(QT_TRANSLATE_NOOP("thaw::CommandLine",
                                             "--figure and --out belong together: a recipe and the file to write")));
    line.start = isSet("start");
    line.screenshot = value("screenshot");
    if (isSet("language")) line.language = value("language");
    if (isSet("theme")) {
        const QString theme = value("theme");
        if (theme == QLatin1String("light")) line.theme = Theme::Light;
        else if (theme == QLatin1String("dark")) line.theme = Theme::Dark;
        else if (theme == QLatin1String("system")) line.theme = Theme::System;
        else
            return refuse(text(QT_TRANSLATE_NOOP("thaw::CommandLine", "the theme is light, dark or system, not '%1'"))
                              .arg(theme));
    }
    if (isSet("size")) {
        static const QRegularExpression pattern(QStringLiteral("^([1-9]\\d{1,4})x([1-9]\\d{1,4})$"));
        const auto match = pattern.match(value("size"));
        if (!match.hasMatch())
            return refuse(text(QT_TRANSLATE_NOOP("thaw::CommandLine", "--size takes a size such as 1440x900, not '%1'"))
                              .arg(value("size")));
        line.size = {match.captured(1).toInt(), match.captured(2).toInt()};
    }
    if (isSet("after")) {
        bool isNumber = false;
        line.afterMs = value("after").toInt(&isNumber);
        if (!isNumber || line.afterMs < 0)
            return refuse(text(QT_TRANSLATE_NOOP("thaw::CommandLine", "--after takes milliseconds, not '%1'"))
                              .arg(value("after")));
    }
    return line;
}

}  // namespace thaw
