// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/mount_type.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <sstream>

using namespace thaw;

class MountTypeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Lines of mountinfo have any number of fields before the dash.
    void theTypeOfADeviceIsFoundPastFieldsOfAnyNumber() {
        const auto type = [](const char* device) {
            std::istringstream text(
                "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
                "31 22 0:27 / /home/me/far\\040away rw,nosuid shared:5 master:2 - fuse.sshfs me@far:/runs rw\n"
                "\n"
                "short\n"
                "40 22 0:30 / /mnt rw - nfs4 server:/runs rw\n");
            return mountType(text, device);
        };
        QCOMPARE(type("8:1"), std::string("ext4"));
        QCOMPARE(type("0:27"), std::string("fuse.sshfs"));
        QCOMPARE(type("0:30"), std::string("nfs4"));
        QCOMPARE(type("0:3"), std::string());
    }
};

THAW_TEST(MountTypeTest);
#include "mount_type_test.moc"
