// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/include_graph.h"
#include "tests/registry.h"

#include <QTest>

using thaw::architecture::folderCycles;
using thaw::architecture::jsonFaults;
using thaw::architecture::readProgram;
using thaw::architecture::reported;
using thaw::architecture::SourceTree;
using thaw::architecture::torchFaults;

class IncludeGraphTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noFoldersIncludeOneAnother() {
        const QStringList found = folderCycles(readProgram());
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void aCycleOfTwoFoldersIsFoundWithItsIncludes() {
        const QStringList found = folderCycles({{"core/a/a.h", "#include \"core/b/b.h\"\n"},
                                                {"core/b/b.h", ""},
                                                {"core/b/c.cpp", "\n#include \"core/a/a.h\"\n"}});
        QCOMPARE(found.size(), 2);
        QVERIFY2(found[0].contains("core/a/a.h:1: 'core/b/b.h'"), qPrintable(found[0]));
        QVERIFY2(found[1].contains("core/b/c.cpp:2: 'core/a/a.h'"), qPrintable(found[1]));
    }

    void aCycleByWayOfAThirdFolderIsFound() {
        SourceTree tree{{"core/a/a.h", "#include \"core/b/b.h\"\n"},
                        {"core/b/b.h", "#include \"core/c/c.h\"\n"},
                        {"core/c/c.h", ""}};
        QCOMPARE(folderCycles(tree), QStringList());
        tree["core/c/d.cpp"] = "#include \"core/a/a.h\"\n";
        QCOMPARE(folderCycles(tree).size(), 3);
    }

    void includesWithinAFolderAndInCommentsAreNoCycle() {
        QCOMPARE(folderCycles({{"core/a/a.h", "#include \"core/a/b.h\"\n#include \"core/b/b.h\"\n"},
                               {"core/a/b.h", "#include \"core/a/a.h\"\n"},
                               {"core/b/b.h", "// #include \"core/a/a.h\"\n"}}),
                 QStringList());
    }

    void nothingThatCompilesWithoutTorchIncludesIt() {
        const QStringList found = torchFaults(readProgram());
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void torchBehindHeadersOfOurOwnIsFoundWithTheWay() {
        SourceTree tree{{"core/io/tensor_reader.h", "#include <torch/types.h>\n"},
                        {"core/io/model_file.h", "#include <vector>\n#include \"core/io/tensor_reader.h\"\n"},
                        {"core/io/model_file.cpp", "#include \"core/io/model_file.h\"\n"},
                        {"app/cli/info.cpp", "#include <vector>\n\n#include \"core/io/model_file.h\"\n"}};
        QCOMPARE(torchFaults(tree),
                 QStringList("app/cli/info.cpp:3: includes LibTorch: core/io/model_file.h > core/io/tensor_reader.h > "
                             "torch/types.h"));
        tree["core/io/model_file.h"] = "#include <vector>\n";
        QCOMPARE(torchFaults(tree), QStringList());
    }

    void torchIsForbiddenInTheDoorsOfTheCoreButNotBehindThem() {
        const QString torch = QStringLiteral("#include <torch/types.h>\n");
        for (const char* path :
             {"core/session/session.h", "core/session/open_files.h", "core/session/training_run.h",
              "core/lab/measuring.h", "core/values/image.h", "core/values/image.cpp", "core/formats/config_json.cpp",
              "core/wire/frame.cpp", "widgets/base/theme.h", "core/engine/view_queue.cpp", "app/cli/sample.cpp",
              "app/engine/local_link.cpp", "app/main.cpp"})
            QCOMPARE(torchFaults({{path, torch}}).size(), 1);
        for (const char* path : {"core/session/session.cpp", "core/session/open_files_impl.h", "core/lab/measuring.cpp",
                                 "core/nn/layers.h", "core/io/safetensors.h"})
            QCOMPARE(torchFaults({{path, torch}}), QStringList());
    }

    void theWindowLeavesJsonToTheReaders() {
        const QStringList found = jsonFaults(readProgram());
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void jsonBehindAReaderIsFoundInTheWindowAlone() {
        const SourceTree tree{{"core/formats/json_fields.h", "#include <nlohmann/json.hpp>\n"},
                              {"core/formats/config_json.h", "#include <string>\n"},
                              {"core/nn/network_config.cpp", "#include \"core/formats/json_fields.h\"\n"},
                              {"app/cli/info.cpp", "#include <nlohmann/json.hpp>\n"},
                              {"app/shared/settings.cpp", "#include \"core/formats/config_json.h\"\n"},
                              {"app/window/session_file.cpp", "\n#include \"core/formats/json_fields.h\"\n"}};
        QCOMPARE(jsonFaults(tree),
                 QStringList("app/window/session_file.cpp:2: includes the JSON parser: core/formats/json_fields.h > "
                             "nlohmann/json.hpp"));
    }

    // Two headers that include one another must not keep the search from ending.
    void headersThatIncludeOneAnotherEnd() {
        QCOMPARE(torchFaults({{"core/values/a.h", "#include \"core/values/b.h\"\n"},
                              {"core/values/b.h", "#include \"core/values/a.h\"\n"}}),
                 QStringList());
    }
};

THAW_TEST(IncludeGraphTest);
#include "include_graph_test.moc"
