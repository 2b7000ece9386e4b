// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/error_text.h"
#include "tests/registry.h"

#include <QSet>
#include <QTest>

using namespace thaw;

namespace {

constexpr ErrorCode kCodes[] = {ErrorCode::Usage,       ErrorCode::Configuration, ErrorCode::FileMissing,
                                ErrorCode::FileDamaged, ErrorCode::WrongKind,     ErrorCode::OutOfMemory,
                                ErrorCode::NoDevice,    ErrorCode::Diverged,      ErrorCode::Interrupted};
constexpr Task kTasks[] = {Task::OpenModel, Task::OpenData, Task::Start,    Task::Train,
                           Task::Save,      Task::Sample,   Task::Spectrum, Task::Fid};

}  // namespace

class ErrorTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFailureHasAHeadline() {
        for (const Task task : kTasks) {
            for (const ErrorCode code : kCodes) QVERIFY(!ErrorText::of({task, code, {}, {}}).what.isEmpty());
            QVERIFY(!ErrorText::of({task, std::nullopt, {}, {}}).what.isEmpty());
        }
    }

    void theCoresOwnWordsAreKept() {
        const Failure failure{Task::OpenModel, ErrorCode::WrongKind, "'a.png' is no model file.", "Open another."};
        const ErrorText text = ErrorText::of(failure);
        QCOMPARE(text.why, QString::fromStdString(failure.message));
        QCOMPARE(text.hint, QString::fromStdString(failure.hint));
    }

    void aFailureWithoutAHintStillSaysWhatToDo() {
        for (const ErrorCode code : {ErrorCode::FileMissing, ErrorCode::FileDamaged, ErrorCode::WrongKind,
                                     ErrorCode::OutOfMemory, ErrorCode::Diverged})
            QVERIFY(!ErrorText::of({Task::OpenModel, code, "message", {}}).hint.isEmpty());
        QVERIFY(!ErrorText::of({Task::Save, ErrorCode::Configuration, "message", {}}).hint.isEmpty());
        QVERIFY(!ErrorText::of({Task::Train, std::nullopt, "message", {}}).hint.isEmpty());
    }

    void whatFailedCanBeToldFromTheHeadline() {
        QSet<QString> headlines;
        for (const Task task : kTasks) headlines << ErrorText::of({task, ErrorCode::Configuration, {}, {}}).what;
        QCOMPARE(headlines.size(), qsizetype(std::size(kTasks)));
    }
};

THAW_TEST(ErrorTextTest);
#include "error_text_test.moc"
