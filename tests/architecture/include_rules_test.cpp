// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_rules.h"
#include "tests/registry.h"

#include <QTest>

using thaw::architecture::faults;
using thaw::architecture::kLongestFile;
using thaw::architecture::readTree;
using thaw::architecture::reported;

namespace {

const QString kSpdx = QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later\n");

}  // namespace

class IncludeRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFileKeepsTheRulesOfItsFolder() {
        const auto tree = readTree({"app", "core", "widgets", "tests", "packaging"},
                                   {"*.h", "*.cpp", "*.cmake", "*.sh", "*.py", "CMakeLists.txt"});
        QVERIFY2(tree.contains(QStringLiteral("core/values/error.h")), "the source tree is not at " THAW_ROOT);
        QStringList found;
        for (const auto& [path, text] : tree) found += faults(path, text);
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void aForbiddenIncludeIsFound_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("include");
        const auto row = [](const char* path, const char* include) {
            QTest::addRow("%s in %s", include, path) << QString(path) << QString(include);
        };
        row("core/nn/layers.h", "<QString>");
        row("core/nn/layers.h", "<QtCore/QString>");
        row("core/nn/layers.cpp", "<qglobal.h>");
        row("core/session/session.cpp", "\"app/engine/local_link.h\"");
        row("core/session/session.cpp", "\"widgets/model/block_tree.h\"");
        row("core/values/spectrum.h", "<torch/torch.h>");
        row("core/values/spectrum.cpp", "<ATen/ATen.h>");
        row("core/values/spectrum.h", "\"core/nn/layers.h\"");
        row("core/values/train_config.h", "<nlohmann/json.hpp>");
        row("widgets/curves/curve_plot.cpp", "<torch/types.h>");
        row("widgets/curves/curve_plot.cpp", "<c10/core/Device.h>");
        row("widgets/curves/curve_plot.cpp", "\"core/session/session.h\"");
        row("widgets/curves/curve_plot.cpp", "\"core/spectral/fft.h\"");
        row("widgets/curves/curve_plot.cpp", "\"app/shared/settings.h\"");
        row("widgets/curves/curve_plot.cpp", "<qcustomplot.h>");
        row("widgets/curves/curve_plot.cpp", "\"../core/values/image.h\"");
        row("widgets/curves/curve_plot.cpp", "\"curve_plot.h\"");
        row("app/window/main_window.cpp", "\"core/session/session.h\"");
        row("app/window/main_window.cpp", "\"core/lab/measuring.h\"");
        row("app/window/main_window.cpp", "<torch/torch.h>");
        row("app/window/main_window.cpp", "<qcustomplot.h>");
        row("widgets/curves/curve_plot.cpp", "\"core/formats/config_json.h\"");
        row("core/formats/config_json.cpp", "<torch/torch.h>");
        row("core/wire/frame.cpp", "<torch/torch.h>");
        row("core/wire/frame.cpp", "\"core/session/session.h\"");
        row("core/wire/frame.cpp", "<QByteArray>");
        row("core/engine/view_queue.cpp", "<torch/torch.h>");
        row("core/engine/view_queue.h", "<QString>");
        row("core/engine/view_queue.cpp", "\"core/train/finetuner.h\"");
        row("core/session/session.cpp", "\"core/engine/view_queue.h\"");
        row("app/window/main_window.cpp", "\"core/engine/view_queue.h\"");
        row("app/cli/sample.cpp", "<QCoreApplication>");
        row("app/cli/sample.cpp", "<torch/types.h>");
        row("app/cli/sample.cpp", "\"widgets/base/theme.h\"");
        row("app/cli/sample.cpp", "\"app/shared/settings.h\"");
        row("app/engine/local_link.cpp", "\"core/train/finetuner.h\"");
        row("app/engine/local_link.cpp", "\"core/io/npz.h\"");
        row("app/engine/local_link.cpp", "\"widgets/curves/curve_plot.h\"");
        row("app/engine/local_link.cpp", "\"app/shared/settings.h\"");
        row("app/shared/commands.cpp", "\"app/window/main_window.h\"");
        row("app/samples/compare_page.cpp", "\"app/training/train_page.h\"");
        row("app/main.cpp", "\"core/session/session.h\"");
        row("widgets/curves/curve_plot.cpp", "\"widgets/figure/figure_sheet.h\"");
        row("widgets/base/theme.cpp", "\"widgets/curves/curve_plot.h\"");
        row("core/nn/layers.cpp", "\"core/diffusion/noise.h\"");
        row("core/session/session.cpp", "\"core/lab/measuring.h\"");
        row("app/engine/local_link.cpp", "\"core/session/open_files_impl.h\"");
        row("tests/core/train/finetuner_test.cpp", "\"core/session/open_files_impl.h\"");
        row("app/figure/figure_arrays.cpp", "\"core/io/npz.h\"");
        row("app/window/status_line.cpp", "\"core/device/device_memory.h\"");
        row("core/nn/layers.cpp", "\"tests/core/toy.h\"");
        row("core/attic/old.cpp", "\"core/values/error.h\"");
    }
    void aForbiddenIncludeIsFound() {
        QFETCH(QString, path);
        QFETCH(QString, include);
        const QStringList found = faults(path, kSpdx + "#include <vector>\n# include " + include + "\n");
        QCOMPARE(found.size(), 1);
        QVERIFY2(found.front().startsWith(path + ":3: "), qPrintable(found.front()));
    }

    void anAllowedIncludeIsLeftAlone_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("include");
        const auto row = [](const char* path, const char* include) {
            QTest::addRow("%s in %s", include, path) << QString(path) << QString(include);
        };
        row("core/nn/layers.h", "<torch/torch.h>");
        row("core/nn/layers.cpp", "\"core/values/error.h\"");
        row("core/values/train_config.cpp", "<nlohmann/json.hpp>");
        row("widgets/curves/curve_plot.cpp", "\"widgets/base/qcustomplot.h\"");
        row("widgets/curves/curve_plot.cpp", "\"core/values/spectrum.h\"");
        row("widgets/base/qcustomplot.h", "<qcustomplot.h>");
        row("core/engine/view_queue.h", "\"core/lab/measuring.h\"");
        row("app/engine/local_link.h", "\"core/engine/view_queue.h\"");
        row("app/engine/local_link.h", "\"core/session/session.h\"");
        row("app/cli/sample.cpp", "\"core/io/npy.h\"");
        row("app/engine/local_link.cpp", "\"core/lab/measuring.h\"");
        row("app/shared/commands.cpp", "\"app/engine/compute_thread.h\"");
        row("widgets/figure/figure_sheet.cpp", "\"widgets/curves/curve_plot.h\"");
        row("core/session/session.cpp", "\"core/session/open_files_impl.h\"");
        row("core/lab/measuring.cpp", "\"core/session/open_files_impl.h\"");
        row("tests/core/lab/measuring_test.cpp", "\"core/session/open_files_impl.h\"");
        row("app/engine/device_memory_report.cpp", "\"core/device/device_memory.h\"");
        row("app/window/main_window.cpp", "\"app/engine/local_link.h\"");
        row("app/window/session_file.cpp", "\"core/formats/config_json.h\"");
        row("core/formats/config_json.h", "\"core/values/train_config.h\"");
        row("core/wire/run_fields.h", "\"core/formats/config_fields.h\"");
        row("app/cli/sample.cpp", "\"core/wire/frame.h\"");
        row("tests/core/nn/layers_test.cpp", "<QTest>");
        row("tests/core/nn/layers_test.cpp", "\"layers_test.moc\"");
    }
    void anAllowedIncludeIsLeftAlone() {
        QFETCH(QString, path);
        QFETCH(QString, include);
        QCOMPARE(faults(path, kSpdx + "#include " + include + "\n"), QStringList());
    }

    // Two rows for one folder, or a folder that sees itself, would say less than they seem to.
    void theTableOfFoldersNamesEachOnce() {
        QStringList names;
        for (const auto& folder : thaw::architecture::folders()) {
            QVERIFY2(!names.contains(folder.path), qPrintable(folder.path));
            names << folder.path;
            QVERIFY2(!folder.sees.contains(folder.path), qPrintable(folder.path));
        }
        for (const auto& folder : thaw::architecture::folders())
            for (const QString& seen : folder.sees)
                QVERIFY2(names.contains(seen) || !seen.contains('/'), qPrintable(folder.path + " sees " + seen));
    }

    void aThreadInTheWidgetsIsFound() {
        for (const char* code : {"QThread thread;", "std::thread worker(f);", "auto r = QtConcurrent::run(f);"}) {
            QCOMPARE(faults("widgets/a.cpp", kSpdx + code + "\n").size(), 1);
            QCOMPARE(faults("app/engine/a.cpp", kSpdx + code + "\n"), QStringList());
        }
    }

    void aComparisonInProseBreaksNoRule() {
        const QString prose = kSpdx + "// unlike QThread\n/* #include <QString>\n#include <torch/torch.h> */\n" +
                              "const char* url = \"http://x\"; // std::thread\n";
        QCOMPARE(faults("widgets/a.cpp", prose), QStringList());
        QCOMPARE(faults("widgets/a.cpp", prose + "QThread t;\n").size(), 1);
    }

    void aFileBeyondTheLongestIsFound() {
        QCOMPARE(faults("core/a.cpp", kSpdx + QString(kLongestFile - 1, '\n')), QStringList());
        QCOMPARE(faults("core/a.cpp", kSpdx + QString(kLongestFile, '\n')).size(), 1);
    }

    void aFileWithoutALicenceLineIsFound() {
        QCOMPARE(faults("core/a.cpp", "int a;\n").size(), 1);
        QCOMPARE(faults("core/CMakeLists.txt", "add_library(a)\n").size(), 1);
        QCOMPARE(faults("packaging/run.sh", "#!/usr/bin/env bash\n# SPDX-License-Identifier: GPL-3.0-or-later\n"),
                 QStringList());
    }
};

THAW_TEST(IncludeRulesTest);
#include "include_rules_test.moc"
