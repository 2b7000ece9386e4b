// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Folders of studies, and programs that stand for thaw-cli, as tests write them.
#include "core/formats/study_files.h"

#include <QDir>
#include <QFile>
#include <QString>

#include <limits>

namespace thaw::test {

inline constexpr int kPatience = 60'000;  ///< ms; another thread reads about every second, on a busy machine later

inline void writeText(const QString& path, const QByteArray& text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

inline QByteArray textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A program of the shell; it finds its own folder in `$here`.
inline QString writeProgram(const QString& path, const QByteArray& lines) {
    writeText(path, "#!/bin/sh\nhere=${0%/*}\n" + lines);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

/// Two charts, and a table whose first row comes from two runs and whose last row from none.
inline StudyReport sampleReport() {
    StudyReport report;
    report.title = "Freezing & more";
    report.paragraphs = {"Of `a<b`."};
    report.claims = {{"It \"holds\".", Verdict::Agrees, "p = 0.01."}};
    ReportTable table{"freezing", "Distance by plan", {"plan", "mean"}, {}};
    table.add({"none", "5"}, {"runs/none-seed1", "runs/none-seed2"});
    table.add({"d2o-f", "2"}, {"runs/d2o-f-seed1"});
    table.add({"original", "9"});
    report.tables = {table};
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    ReportChart images{"by-images", "Distance against images", "kimg", "distance", false, false, {}};
    images.series = {{"none", {0, 10}, {8, 5}, {1, 0.5}, {"runs/none-seed1", "runs/none-seed2"}},
                     {"d2o-f", {10}, {2}, {unknown}, {"runs/d2o-f-seed1"}}};
    ReportChart percent{"by-percent", "Distance against what is frozen", "percent", "distance", false, true, {}};
    percent.series = {{"none", {0}, {5}, {0.5}, {"runs/none-seed1", "runs/none-seed2"}},
                      {"d2o-f", {86}, {2}, {unknown}, {"runs/d2o-f-seed1"}}};
    report.charts = {images, percent};
    report.notes = {"No other notes."};
    return report;
}

inline void writeSampleReport(const QString& folder, const StudyReport& report) {
    QDir().mkpath(folder);
    writeText(folder + QStringLiteral("/report.json"), QByteArray::fromStdString(toJson(report)));
}

/// One job of four is done, half of the second.
inline StudyProgressNote sampleNote(StudyStage stage) {
    StudyProgressNote note;
    note.stage = stage;
    note.job = "none-seed1";
    note.share = 0.5;
    note.done = 1;
    note.jobs = 4;
    note.host = "elsewhere";
    return note;
}

/// As `thaw-cli study` leaves it before there is a report. `arguments` is a list in JSON.
inline void writeStudy(const QString& folder, const StudyProgressNote& note,
                       const QByteArray& arguments = "[\"freezing\", \"--scale\", \"quick\"]") {
    QDir().mkpath(folder);
    writeText(folder + QStringLiteral("/request.json"), "{\"arguments\": " + arguments + "}");
    writeText(folder + QStringLiteral("/progress.json"), QByteArray::fromStdString(toJson(note)));
    writeText(folder + QStringLiteral("/study.json"),
              "{\"study\": \"freezing\", \"kimg\": 20, \"num\": 5000, \"precision\": \"bf16\"}");
}

}  // namespace thaw::test
