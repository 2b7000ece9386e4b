// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTextBrowser;

namespace thaw {

/// The help pages (`help/*.md` in the folder of each view) in a window of their own, in the language of the program where
/// there is a translation (`first-steps.de.md`), else in English.
class HelpWindow : public QDialog {
    Q_OBJECT
public:
    explicit HelpWindow(QWidget* parent = nullptr);

    void showPage(const QString& name);  ///< e.g. "first-steps"
    QTextBrowser* browser() const { return browser_; }

private:
    QTextBrowser* browser_;
};

/// Name, version, what it was built with, licence.
QString aboutText();

}  // namespace thaw
