// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_walk.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace thaw;

class FolderWalkTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    using Names = std::vector<std::string>;

    std::string at(const QString& name) const { return folder_.filePath(name).toStdString(); }
    void put(const QString& name) const {
        QDir().mkpath(QFileInfo(folder_.filePath(name)).path());
        writeBytes(folder_.filePath(name), "x");
    }
    void link(const QString& target, const QString& name) const {
        QDir().mkpath(QFileInfo(folder_.filePath(name)).path());
        std::filesystem::create_symlink(target.toStdString(), at(name));
    }

private Q_SLOTS:
    void linkedClassFoldersAndFilesAreRead() {
        put("store/cats/1.png");
        put("store/cats/deep/2.png");
        put("one.png");
        link(folder_.filePath("store/cats"), "linked/cat");
        link("../one.png", "linked/dog.png");
        const auto listing = filesBelow(at("linked"));
        QCOMPARE(listing.names, (Names{"cat/1.png", "cat/deep/2.png", "dog.png"}));
        QVERIFY(listing.notes.empty());
        // The folder named may itself be a link.
        link("linked", "again");
        QCOMPARE(filesBelow(at("again")).names, listing.names);
    }

    void linksThatLeadBackEndAndAreCounted() {
        put("loops/a/1.png");
        put("loops/b/2.png");
        link("..", "loops/a/up");
        link(".", "loops/a/self");
        link(folder_.path(), "loops/b/above");
        link("../a", "loops/b/other");
        const auto listing = filesBelow(at("loops"));
        QCOMPARE(listing.names, (Names{"a/1.png", "b/2.png"}));
        QCOMPARE(listing.notes,
                 (Names{"4 linked folders lead to a folder that is read already and are left out: a/self, "
                        "a/up, b/above, b/other."}));
    }

    // Its own name, not that of the link, which sorts before: dataset.json names it so.
    void aFolderBelowKeepsItsNameBesideALinkToIt() {
        put("named/z/1.png");
        link("z", "named/a");
        QCOMPARE(filesBelow(at("named")).names, (Names{"z/1.png"}));
    }

    void noFolderOutsideIsReadTwice() {
        put("outer/inner/1.png");
        link(folder_.filePath("outer/inner"), "twice/a");
        link(folder_.filePath("outer"), "twice/b");
        link(folder_.filePath("outer/inner"), "twice/c");
        const auto listing = filesBelow(at("twice"));
        QCOMPARE(listing.names, (Names{"a/1.png"}));
        QCOMPARE(listing.notes.size(), std::size_t(1));
        QVERIFY(listing.notes[0].starts_with("2 linked folders"));
    }

    void linksThatLeadNowhereAreCountedUnlessHidden() {
        put("broken/1.png");
        link("gone.png", "broken/2.png");
        link("gone", "broken/.lock");
        const auto listing = filesBelow(at("broken"));
        QCOMPARE(listing.names, (Names{"1.png"}));
        QCOMPARE(listing.notes, (Names{"1 link leads nowhere and is left out: 2.png."}));
    }

    void aFolderThatIsNotThereIsMissing() {
        QVERIFY(faultOf([&] { filesBelow(at("none")); }).startsWith("FileMissing"));
    }
};

THAW_TEST(FolderWalkTest);
#include "folder_walk_test.moc"
