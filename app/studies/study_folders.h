// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/study_files.h"

#include <QObject>
#include <QStringList>

#include <optional>
#include <vector>

class QTimer;

namespace thaw {

/// The studies of a folder and what each of them does, whoever runs it, read on another thread about every second while
/// somebody looks.
class StudyFolders : public QObject {
    Q_OBJECT
public:
    explicit StudyFolders(const QString& folder, QObject* parent = nullptr);

    const QString& folder() const { return folder_; }
    void setWatching(bool on);
    void refresh();
    /// A study elsewhere joins those of the folder.
    void add(const QString& study);
    /// Those being worked at first, then by name.
    const std::vector<StudyFolderState>& states() const { return states_; }
    const StudyFolderState* find(const QString& folder) const;
    /// Where a study of that name has room: `freezing-quick`, `freezing-quick-2`, ...
    QString freeFolder(const QString& stem) const;

Q_SIGNALS:
    void changed();  ///< something in `states` has

private:
    void take(const std::vector<StudyFolderState>& states);

    QString folder_;
    QStringList others_;
    std::vector<StudyFolderState> states_;
    QTimer* timer_;
    bool reading_ = false;
};

}  // namespace thaw
