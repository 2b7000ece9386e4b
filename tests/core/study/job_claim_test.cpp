// SPDX-License-Identifier: GPL-3.0-or-later
// A job of a study belongs to one process at a time.
#include "core/study/job_claim.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

class JobClaimTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneHasItUntilItLetsGo() {
        QTemporaryDir folder;
        const auto file = folder.filePath("gan-seed1.claim");
        auto first = JobClaim::take(file.toStdString());
        QVERIFY(first.has_value());
        QVERIFY(QFile::exists(file));
        QVERIFY(!JobClaim::take(file.toStdString()));  // another descriptor, as of another process
        QVERIFY(QFile::exists(file));
        const auto moved = std::make_unique<JobClaim>(std::move(*first));
        first.reset();
        QVERIFY(!JobClaim::take(file.toStdString()));
    }

    void afterItTheFileIsGoneAndTheJobIsFree() {
        QTemporaryDir folder;
        const auto file = folder.filePath("gan-seed1.claim");
        { const auto claim = JobClaim::take(file.toStdString()); }
        QVERIFY(!QFile::exists(file));
        QVERIFY(JobClaim::take(file.toStdString()).has_value());
    }

    void aFileThatCannotBeWrittenIsNamed() {
        QTemporaryDir folder;
        const auto file = folder.filePath("gone/gan-seed1.claim").toStdString();
        try {
            JobClaim::take(file);
            QFAIL("taken");
        } catch (const Error& error) {
            QCOMPARE(int(error.code()), int(ErrorCode::FileMissing));
            QVERIFY(std::string(error.what()).find(file) != std::string::npos);
        }
    }

    void aLinkIsNotFollowed() {
        QTemporaryDir folder;
        const auto file = folder.filePath("gan-seed1.claim");
        QVERIFY(QFile::link(folder.filePath("elsewhere"), file));
        QVERIFY_THROWS_EXCEPTION(Error, JobClaim::take(file.toStdString()));
        QVERIFY(!QFile::exists(folder.filePath("elsewhere")));
    }
};

THAW_TEST(JobClaimTest);

#include "job_claim_test.moc"
