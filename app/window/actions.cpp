// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/actions.h"

#include "app/frequency/frequency_page.h"
#include "app/shared/action_icons.h"
#include "app/shared/languages.h"
#include "widgets/base/theme.h"
#include "widgets/model/block_tree.h"

#include <QWhatsThis>
#include <QWidget>

namespace thaw {

Actions::Actions(QWidget* parent) : QObject(parent) {
    makeFile();
    makeView();
    makeTraining();

    findBlock = make(tr("&Find block"), tr("Filter the tree of blocks"), QKeySequence::Find);
    showCard = make(tr("Model &card"), tr("What the model is made of, where it comes from, its licence"),
                    Qt::CTRL | Qt::Key_I);
    presets = new QActionGroup(this);
    for (const auto& preset : freezePresets()) {
        QAction* action = make(freezePresetTitle(preset.key));
        action->setData(QString::fromStdString(preset.key));
        action->setCheckable(true);
        presets->addAction(action);
    }
    QList<std::pair<QString, QVariant>> views;
    for (const PanelKind view : FrequencyPage::views()) views.append({FrequencyPage::viewName(view), int(view)});
    frequencyViews = group(views);
    frequencySources = group({{tr("B&efore"), FrequencyPage::Original},
                              {tr("&After"), FrequencyPage::Tuned},
                              {tr("&Change, after minus before"), FrequencyPage::Difference}});
    objectives = make(tr("&Objectives and runs"), tr("What each objective trains, and what a run folder holds"));
    helpHere = make(tr("&Help on this view"), tr("Explain the view that has the focus"), QKeySequence::HelpContents);
    tour = make(tr("Guided &tour"), tr("Three minutes through the window"));
    firstSteps = make(tr("&First steps"));
    shortcuts = make(tr("&Keys and mouse"));
    whatsThis = QWhatsThis::createAction(this);
    about = make(tr("&About Thaw"));
}

void Actions::makeFile() {
    openModel = make(tr("&Open model…"), tr("Open a checkpoint: .safetensors, .pkl, .pt or .pth"), QKeySequence::Open);
    openModel->setIconText(tr("Model…"));
    openRun = make(tr("Open r&un folder…"), tr("Open the newest generator of a run as the model"));
    openBuiltin = make(tr("&Built-in model"), tr("Back to the embedded Fashion-MNIST model"));
    openData = make(tr("Open &data set…"), tr("Open a zip of images, .npz, .npy, an IDX or a CIFAR file"),
                    Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    openData->setIconText(tr("Data…"));
    openDataFolder = make(tr("Open data &folder…"), tr("Open a folder of images, IDX files or CIFAR batches"));
    continueRun = make(tr("&Continue run…"), tr("Go on with a run from its newest snapshot"));
    openSession = make(tr("Open s&ession…"), tr("Bring back a desk: files, selection, settings, layout"));
    saveSession = make(tr("Save sess&ion…"), tr("Keep the desk as it is in a file: files, selection, settings, layout"),
                       Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    newFigure = make(tr("&New figure…"), tr("Compose a figure of several panels"), Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    openFigure = make(tr("Open fi&gure…"), tr("Make a figure that Thaw exported again: its view comes back"));
    saveSnapshot =
        make(tr("&Save snapshot"), tr("Save the run now, so that it can be continued from here"), QKeySequence::Save);
    exportSamples = make(tr("&Samples…"));
    exportLosses = make(tr("&Loss curves…"));
    exportFid = make(tr("&Fréchet distance…"));
    exportFrequency = make(tr("F&requency figure…"), {}, Qt::CTRL | Qt::Key_E);
    quit = make(tr("&Quit"), tr("A run that is going is saved first"), QKeySequence::Quit);
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::makeView() {
    arrangements = group({{tr("&Train"), QStringLiteral("train")},
                          {tr("&Compare"), QStringLiteral("compare")},
                          {tr("&Frequency"), QStringLiteral("frequency")}});
    int key = 0;
    for (QAction* action : arrangements->actions())
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + key++)));
    resetLayout = make(tr("&Reset layout"));
    fullScreen = make(tr("F&ull screen"), {}, Qt::Key_F11);
    fullScreen->setCheckable(true);
    themes = group({{tr("As the &desktop"), int(Theme::System)},
                    {tr("&Light"), int(Theme::Light)},
                    {tr("&Dark"), int(Theme::Dark)}});
    languages = group({{tr("As the &desktop"), QString()}});
    for (const QString& code : availableLanguages()) {
        QAction* action = make(languageTitle(code));
        action->setData(code);
        action->setCheckable(true);
        languages->addAction(action);
    }
}

void Actions::makeTraining() {
    start = make(tr("&Start"), tr("Start a run with these settings, in a folder of its own"), Qt::Key_F5);
    pause = make(tr("&Pause"), {}, Qt::Key_F6);
    stop = make(tr("S&top and save"), tr("End the run and save it; it can be continued later"), Qt::SHIFT | Qt::Key_F5);
    stop->setIconText(tr("Stop"));
    step = make(tr("&One step"), tr("One step of a paused run: generator, then discriminator"), Qt::Key_F10);
    stepG =
        make(tr("Step &G alone"), tr("One step of a paused run for the generator G alone"), Qt::SHIFT | Qt::Key_F10);
    stepD =
        make(tr("Step &D alone"), tr("One step of a paused run for the discriminator D alone"), Qt::CTRL | Qt::Key_F10);
    stepG->setIconText(tr("G"));
    stepD->setIconText(tr("D"));
    measureFid = make(tr("&Measure FID now"), tr("Fréchet distance of the one-step generator as it is now"));
    releaseMemory = make(tr("Release &memory"), tr("Give memory that is only kept for speed back to the system"));
    openRunsFolder = make(tr("Open &runs folder"));
}

QAction* Actions::make(const QString& text, const QString& toolTip, const QKeySequence& shortcut) {
    auto* action = new QAction(text, this);
    if (!toolTip.isEmpty()) {
        action->setToolTip(toolTip);
        action->setStatusTip(toolTip);
        action->setWhatsThis(toolTip);
    }
    action->setShortcut(shortcut);
    return action;
}

QActionGroup* Actions::group(const QList<std::pair<QString, QVariant>>& entries) {
    auto* group = new QActionGroup(this);
    for (const auto& [text, data] : entries) {
        QAction* action = make(text);
        action->setData(data);
        action->setCheckable(true);
        group->addAction(action);
    }
    return group;
}

void Actions::showState(RunState state, const QString& obstacle) {
    const auto allows = [&](Command command) { return isAllowed(state, command); };
    const bool paused = allows(Command::Resume);
    state_ = state;
    for (QAction* action : {openModel, openBuiltin, openRun}) action->setEnabled(allows(Command::OpenModel));
    for (QAction* action : {openData, openDataFolder}) action->setEnabled(allows(Command::OpenData));
    openSession->setEnabled(allows(Command::OpenModel));
    releaseMemory->setEnabled(state != RunState::Running && state != RunState::Pausing);
    continueRun->setEnabled(allows(Command::Start));
    saveSnapshot->setEnabled(allows(Command::SaveSnapshot));
    presets->setEnabled(allows(Command::SetFreeze));
    start->setEnabled(allows(Command::Start) && obstacle.isEmpty());
    start->setToolTip(obstacle.isEmpty() ? start->statusTip() : obstacle);
    pause->setEnabled(allows(Command::Pause) || paused);
    pause->setText(paused ? tr("&Resume") : tr("&Pause"));
    pause->setToolTip(paused ? tr("Go on with the run") : tr("Hold the run after the step in progress"));
    stop->setEnabled(allows(Command::Stop));
    for (QAction* action : {step, stepG, stepD}) action->setEnabled(allows(Command::Step));
    measureFid->setEnabled(allows(Command::MeasureFid));
    showPauseIcon();
}

void Actions::retint(const QPalette& palette) {
    ink_ = palette.color(QPalette::WindowText);
    const std::pair<QAction*, const char*> icons[] = {
        {openModel, "open"},         {openData, "data"},          {start, "start"},   {stop, "stop"}, {step, "step-d"},
        {saveSnapshot, "snowflake"}, {exportFrequency, "export"}, {helpHere, "help"}, {about, "info"}};
    for (const auto& [action, name] : icons) action->setIcon(actionIcon(QLatin1String(name), ink_));
    showPauseIcon();
}

void Actions::showPauseIcon() {
    const bool paused = isAllowed(state_, Command::Resume);
    pause->setIcon(actionIcon(paused ? QStringLiteral("start") : QStringLiteral("pause"), ink_));
}

}  // namespace thaw
