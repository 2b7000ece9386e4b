// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/commands.h"
#include "tests/registry.h"

#include <QTest>
#include <QUndoStack>

using namespace thaw;

namespace {

ModelSummary tinyModel() {
    ModelSummary model;
    BlockInfo block;
    block.name = "enc.28x28_block0";
    for (const char* tensor : {"conv0.weight", "conv1.weight", "norm0.weight"})
        block.parameters.push_back({block.name + "." + tensor, {4}, 4});
    model.blocks = {block};
    return model;
}

}  // namespace

class CommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void undoAndRedoRestoreThePlans() {
        QUndoStack stack;
        FreezePlan shown;
        const FreezePlan before = parseFreezePlan("none"), after = parseFreezePlan("d2o-f");
        stack.push(new FreezeCommand(tinyModel(), before, after, [&](const FreezePlan& plan) { shown = plan; }));
        QCOMPARE(shown, after);
        stack.undo();
        QCOMPARE(shown, before);
        stack.redo();
        QCOMPARE(shown, after);
    }

    void theTextSaysWhatChanges() {
        const auto text = [](const char* before, const char* after) {
            return FreezeCommand(tinyModel(), parseFreezePlan(before), parseFreezePlan(after), [](const FreezePlan&) {})
                .text();
        };
        QVERIFY(text("none", "*.norm0").contains('1'));
        QVERIFY(text("*", "*,!*.conv0,!*.conv1").contains('2'));
        QVERIFY(text("none", "d2o-f").contains("D2O-F"));
        QVERIFY(text("none", "*.norm0") != text("*", "*,!*.norm0"));
    }
};

THAW_TEST(CommandsTest);
#include "commands_test.moc"
