// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/file_drop.h"

#include "app/shared/open_target.h"
#include "widgets/base/drop_hint.h"

#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace thaw {
namespace {

QStringList localFiles(const QMimeData* mime) {
    QStringList paths;
    for (const QUrl& url : mime->urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    return paths;
}

QString nameOf(const QString& path) {
    const QFileInfo info(path);
    return info.fileName().isEmpty() ? info.dir().dirName() : info.fileName();
}

}  // namespace

FileDrop::FileDrop(QWidget* window, std::function<QString()> refusal)
    : QObject(window), window_(window), hint_(new DropHint(window)), refusal_(std::move(refusal)) {
    window->setAcceptDrops(true);
    for (auto* dock : window->findChildren<QDockWidget*>()) dock->setAcceptDrops(true);
    qApp->installEventFilter(this);
}

bool FileDrop::isOurs(const QObject* watched) const {
    const auto* widget = qobject_cast<const QWidget*>(watched);
    if (!widget) return false;
    const QWidget* top = widget->window();
    return top == window_ || (qobject_cast<const QDockWidget*>(top) && window_->findChildren<QWidget*>().contains(top));
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event) {
    const QEvent::Type type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::DragLeave && type != QEvent::Drop)
        return false;
    if (!isOurs(watched)) return false;
    if (type == QEvent::DragLeave) {
        hint_->hide();
        return false;
    }
    auto* drag = static_cast<QDropEvent*>(event);
    const QStringList paths = localFiles(drag->mimeData());
    if (paths.isEmpty()) return false;
    if (type == QEvent::DragEnter) consider(paths);
    // The refusal is accepted as a drag without an action, so that move and leave events still come.
    if (hint_->isRefusal()) drag->setDropAction(Qt::IgnoreAction);
    else drag->setDropAction(Qt::CopyAction);
    drag->accept();
    if (type == QEvent::Drop) {
        hint_->hide();
        if (!hint_->isRefusal()) Q_EMIT dropped(paths);
    }
    return true;
}

void FileDrop::consider(const QStringList& paths) {
    const QString refusal = refusal_();
    if (!refusal.isEmpty()) return hint_->showRefusal(tr("Not now"), refusal);
    QString model, data, run, session, figure, curves;
    for (const QString& path : paths) {
        switch (openTarget(path)) {
        case OpenTarget::Model:
            if (model.isEmpty()) model = path;
            break;
        case OpenTarget::Run:
            if (model.isEmpty()) run = model = path;
            break;
        case OpenTarget::Session:
            if (session.isEmpty()) session = path;
            break;
        case OpenTarget::DataSet:
            if (data.isEmpty()) data = path;
            break;
        case OpenTarget::Figure:
            if (figure.isEmpty()) figure = path;
            break;
        case OpenTarget::Curves:
            if (curves.isEmpty()) curves = path;
            break;
        case OpenTarget::Nothing: break;
        }
    }
    if (!session.isEmpty()) hint_->showWelcome(tr("Open this session"), nameOf(session));
    else if (!model.isEmpty() && !data.isEmpty())
        hint_->showWelcome(tr("Open model and data set"), tr("%1 and %2").arg(nameOf(model), nameOf(data)));
    else if (!run.isEmpty()) hint_->showWelcome(tr("Open the newest generator of this run"), nameOf(run));
    else if (!model.isEmpty()) hint_->showWelcome(tr("Open as model"), nameOf(model));
    else if (!data.isEmpty()) hint_->showWelcome(tr("Open as data set"), nameOf(data));
    else if (!curves.isEmpty()) hint_->showWelcome(tr("Draw the curves of this run beside others"), nameOf(curves));
    else if (!figure.isEmpty()) hint_->showWelcome(tr("Open this figure"), nameOf(figure));
    else
        hint_->showRefusal(tr("Neither a model nor a data set"),
                           tr("%1\n\nModels: .safetensors, .pkl, .pt, a run folder\n"
                              "Data sets: .zip, .npz, .npy, IDX, CIFAR, a folder of images")
                               .arg(nameOf(paths.front())));
}

}  // namespace thaw
