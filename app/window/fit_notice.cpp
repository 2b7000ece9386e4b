// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/fit_notice.h"

#include "widgets/base/message_strip.h"

#include <algorithm>

namespace thaw {
namespace {

// Fashion-MNIST, without a look at the disk: is it worth offering?
const DataShape kBuiltinData{60000, 1, 28, 10, false};

}  // namespace

FitNotice::FitNotice(MessageStrip& strip, QObject* parent) : QObject(parent), strip_(strip) {
    connect(&strip_, &MessageStrip::actionTriggered, this, [this] {
        if (builtinDataWouldFit()) Q_EMIT openBuiltinDataRequested();
        else Q_EMIT openDataRequested();
    });
}

void FitNotice::setModel(const ModelSummary& model) {
    model_ = model;
    judge();
}

void FitNotice::setData(const DataSummary& data) {
    data_ = data;
    judge();
}

bool FitNotice::builtinDataWouldFit() const {
    return data_->path != "builtin" &&
           !hasErrors(fitOf({model_->imgChannels, model_->imgResolution, model_->labelDim}, kBuiltinData));
}

void FitNotice::judge() {
    obstacle_.clear();
    if (!model_ || !data_) return;
    QStringList errors, warnings, hints, allHints;
    for (const FitProblem& problem : fitOf(*model_, *data_)) {
        const bool error = problem.severity == FitSeverity::Error;
        (error ? errors : warnings) << QString::fromStdString(problem.text);
        allHints << QString::fromStdString(problem.hint);
        if (error) hints << allHints.back();
    }
    const QString model = QString::fromStdString(model_->title), data = QString::fromStdString(data_->title);
    if (!errors.isEmpty()) {
        obstacle_ = errors.join(QLatin1Char(' '));
        strip_.showMessage(MessageStrip::Severity::Warning,
                           tr("The model %1 and the data set %2 do not fit together").arg(model, data), obstacle_,
                           hints.join(QLatin1Char(' ')),
                           builtinDataWouldFit() ? tr("Use the built-in data") : tr("Open other data…"));
    } else if (!warnings.isEmpty()) {
        strip_.showMessage(MessageStrip::Severity::Info, warnings.join(QLatin1Char(' ')), {},
                           allHints.join(QLatin1Char(' ')));
    } else {
        strip_.clear();
    }
    Q_EMIT changed();  // NOLINT(readability-misleading-indentation): the macro is empty
}

}  // namespace thaw
