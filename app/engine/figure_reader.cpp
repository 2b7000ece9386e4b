// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/figure_reader.h"

#include "app/engine/panel_measuring.h"
#include "core/io/figure_sources.h"
#include "core/values/torch_fault.h"

#include <QCoreApplication>

#include <new>

namespace thaw {
namespace {

FigureReader::Answer refused(FigureReader::Answer answer, ErrorCode code, const QString& message, const QString& hint) {
    answer.panels.clear();
    answer.error = code;
    answer.message = message;
    answer.hint = hint;
    return answer;
}

QString text(const char* source) { return QCoreApplication::translate("thaw::FigureReader", source); }

}  // namespace

FigureReader::Answer answerOf(const FigureRecipe& recipe, const std::function<std::vector<PanelData>()>& work) {
    FigureReader::Answer answer{recipe, {}, {}, {}, {}};
    const auto noMemory = [&] {
        return refused(answer, ErrorCode::OutOfMemory,
                       text(QT_TRANSLATE_NOOP("thaw::FigureReader", "There is not enough memory for this figure.")),
                       text(QT_TRANSLATE_NOOP("thaw::FigureReader", "Ask for fewer images in its recipe.")));
    };
    try {
        answer.panels = work();
        return answer;
    } catch (const Error& e) {
        return refused(answer, e.code(), QString::fromStdString(e.message()), QString::fromStdString(e.hint()));
    } catch (const std::bad_alloc&) {
        return noMemory();
    } catch (const std::exception& e) {
        if (meansOutOfMemory(e.what())) return noMemory();
        return refused(answer, ErrorCode::Configuration, QString::fromStdString(withoutStackTrace(e.what())), {});
    }
}

FigureReader::FigureReader(ComputeOptions compute, QObject* parent)
    : QObject(parent), compute_(std::move(compute)), worker_(new QObject) {
    worker_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
    thread_.setObjectName(QStringLiteral("figure"));
    thread_.start();
}

FigureReader::~FigureReader() {
    cancel();
    thread_.quit();
    thread_.wait();
}

void FigureReader::cancel() {
    ++wanted_;
    busy_ = false;
}

void FigureReader::read(const FigureRecipe& recipe) {
    cancel();
    busy_ = true;
    const quint64 mine = wanted_;
    const auto here = [this, mine](auto&& act) {
        QMetaObject::invokeMethod(
            this,
            [this, mine, act] {
                if (wanted_ == mine) act();
            },
            Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(worker_, [this, recipe, mine, here] {
        if (wanted_ != mine) return;
        FigureRecipe complete = recipe;
        Answer answer = answerOf(recipe, [&] {
            Session session(compute_);
            auto panels = measureFigure(session, recipe, [&](double share) {
                here([this, share] { Q_EMIT progressed(share); });
                return wanted_ == mine;
            });
            complete = withChecksums(recipe);
            if (complete.version.empty()) complete.version = THAW_VERSION;
            return panels;
        });
        answer.recipe = complete;
        here([this, answer = std::move(answer)] {
            busy_ = false;
            Q_EMIT answered(answer);
        });
    });
}

}  // namespace thaw
