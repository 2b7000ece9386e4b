// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/actions.h"

#include "app/shared/action_icons.h"
#include "app/shared/languages.h"
#include "app/shared/make_action.h"
#include "widgets/base/theme.h"

#include <QWhatsThis>
#include <QWidget>

namespace thaw {

Actions::Actions(QWidget* window) : QObject(window) {
    makeFile();
    makeView();
    makeHelp();
    releaseMemory =
        makeAction(this, tr("Release &memory"), tr("Give memory that is only kept for speed back to the system"));
    const std::pair<QAction*, const char*> icons[] = {
        {openModel, "open"}, {openData, "data"}, {helpHere, "help"}, {about, "info"}};
    for (const auto& [action, name] : icons) setActionIcon(action, QLatin1String(name), window);
}

void Actions::makeFile() {
    openModel = makeAction(this, tr("&Open model…"), tr("Open a checkpoint: .safetensors, .pkl, .pt or .pth"),
                           QKeySequence::Open);
    openModel->setIconText(tr("Model…"));
    openRun = makeAction(this, tr("Open r&un folder…"), tr("Open the newest generator of a run as the model"));
    openBuiltin = makeAction(this, tr("&Built-in model"), tr("Back to the embedded Fashion-MNIST model"));
    openBuiltinColour = makeAction(this, tr("Built-in co&lour model"),
                                   tr("The embedded model of emoji, 32×32 in colour, with classes"));
    openElsewhere = makeAction(this, tr("Open on another &machine…"),
                               tr("Let another machine compute, over ssh; this window shows what it does"));
    backHere = makeAction(this, tr("B&ack to this machine"), tr("Let this machine compute again"));
    openData = makeAction(this, tr("Open &data set…"), tr("Open a zip of images, .npz, .npy, an IDX or a CIFAR file"),
                          Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    openData->setIconText(tr("Data…"));
    openDataFolder =
        makeAction(this, tr("Open data &folder…"), tr("Open a folder of images, IDX files or CIFAR batches"));
    continueRun = makeAction(this, tr("&Continue run…"), tr("Go on with a run from its newest snapshot"));
    openSession = makeAction(this, tr("Open s&ession…"),
                             tr("Bring back what a window showed: files, selection, settings, layout"));
    saveSession = makeAction(this, tr("Save sess&ion…"),
                             tr("Keep what the window shows in a file: files, selection, settings, layout"),
                             Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    newFigure = makeAction(this, tr("&New figure…"), tr("Compose a figure of several panels"),
                           Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    openFigure =
        makeAction(this, tr("Open fi&gure…"), tr("Make a figure that Thaw exported again: its view comes back"));
    quit = makeAction(this, tr("&Quit"), tr("A run that is going is saved first"), QKeySequence::Quit);
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::makeView() {
    arrangements = makeActionGroup(this, {{tr("&Train"), QStringLiteral("train")},
                                          {tr("&Compare"), QStringLiteral("compare")},
                                          {tr("&Frequency"), QStringLiteral("frequency")},
                                          {tr("&Studies"), QStringLiteral("studies")}});
    int key = 0;
    for (QAction* action : arrangements->actions())
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + key++)));
    resetLayout = makeAction(this, tr("&Reset layout"));
    fullScreen = makeAction(this, tr("F&ull screen"), {}, Qt::Key_F11);
    fullScreen->setCheckable(true);
    themes = makeActionGroup(this, {{tr("As the &desktop"), int(Theme::System)},
                                    {tr("&Light"), int(Theme::Light)},
                                    {tr("&Dark"), int(Theme::Dark)}});
    QList<std::pair<QString, QVariant>> known{{tr("As the &desktop"), QString()}};
    for (const QString& code : availableLanguages()) known.append({languageTitle(code), code});
    languages = makeActionGroup(this, known);
}

void Actions::makeHelp() {
    objectives =
        makeAction(this, tr("&Objectives and runs"), tr("What each objective trains, and what a run folder holds"));
    helpHere = makeAction(this, tr("&Help on this view"), tr("Explain the view that has the focus"),
                          QKeySequence::HelpContents);
    tour = makeAction(this, tr("Guided &tour"), tr("Three minutes through the window"));
    firstSteps = makeAction(this, tr("&First steps"));
    shortcuts = makeAction(this, tr("&Keys and mouse"));
    whatsThis = QWhatsThis::createAction(this);
    about = makeAction(this, tr("&About Thaw"));
}

void Actions::showState(RunState state) {
    const auto allows = [&](Command command) { return isAllowed(state, command); };
    for (QAction* action : {openModel, openBuiltin, openBuiltinColour, openRun, openSession})
        action->setEnabled(allows(Command::OpenModel));
    for (QAction* action : {openData, openDataFolder}) action->setEnabled(allows(Command::OpenData));
    continueRun->setEnabled(allows(Command::Start));
    releaseMemory->setEnabled(state != RunState::Running && state != RunState::Pausing &&
                              state != RunState::Disconnected);
}

}  // namespace thaw
