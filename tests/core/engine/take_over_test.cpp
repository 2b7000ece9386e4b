// SPDX-License-Identifier: GPL-3.0-or-later
// Of a run that no other living process has; tests/cli/serve_test.cpp takes one from a process that trains.
#include "core/engine/take_over.h"

#include "core/formats/running_mark.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

class TakeOverTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    std::string run() const { return folder_.path().toStdString(); }
    void mark(const QByteArray& text) const {
        QFile file(folder_.filePath("running"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

private Q_SLOTS:
    void aFolderThatNobodyHoldsIsTakenAtOnce() {
        const auto never = [](double) -> bool { throw std::logic_error("nothing is waited for"); };
        takeRunOver(run(), never, 1e9);
        mark("suspended\n");
        takeRunOver(run(), never, 1e9);
        const RunLock own(run());
        takeRunOver(run(), never, 1e9);  // its own is not asked to leave
        QVERIFY(isRunning(run()));
    }

    // A process of a machine that cannot be looked at: it is asked in the folder, which takes no requests here.
    void whoCannotBeAskedIsNamedAndNotWaitedFor() {
        mark("12345 elsewhere\n");
        QVERIFY_EXCEPTION_THROWN(takeRunOver(run(), {}, 1e9), Error);
    }

    void whoDoesNotLeaveIsNamed() {
        mark("12345 elsewhere\n");
        QVERIFY(QDir(folder_.path()).mkpath("control"));
        QFile::setPermissions(folder_.filePath("control"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        try {
            takeRunOver(run(), {}, 0);
            QFAIL("it was taken over");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::Configuration);
            QVERIFY2(error.message().find("12345 on 'elsewhere'") != std::string::npos, error.what());
        }
        QCOMPARE(QDir(folder_.filePath("control")).entryList({"*.json"}).size(), 1);  // it was asked once
        bool asked = false;
        const auto givesUp = [&](double) {
            asked = true;
            return false;
        };
        QVERIFY_EXCEPTION_THROWN(takeRunOver(run(), givesUp, 1e9), Error);
        QVERIFY(asked);
    }

    void init() { QFile::remove(folder_.filePath("running")); }
};

THAW_TEST(TakeOverTest);
#include "take_over_test.moc"
