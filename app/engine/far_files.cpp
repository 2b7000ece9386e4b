// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/far_files.h"

#include "app/engine/remote_line.h"
#include "core/wire/file_codec.h"

namespace thaw {

void FarFiles::ask(QObject* receiver, const FileQuestion& question, std::function<void(const FileAnswer&)> take) {
    Waiting waiting{receiver, std::move(take)};
    if (!line_) return fail(std::move(waiting));
    waiting_.emplace(++number_, std::move(waiting));
    line_->send(wire::FrameKind::Ask, wire::payloadOf(FileAsk{number_, question}));
}

void FarFiles::fail(Waiting waiting) {
    const answer::Failed failed{tr("The line to the other machine is broken.").toStdString(), {}};
    QMetaObject::invokeMethod(
        this,
        [waiting = std::move(waiting), failed] {
            if (waiting.receiver) waiting.take(failed);
        },
        Qt::QueuedConnection);
}

void FarFiles::setLine(RemoteLine* line) {
    line_ = line && line->greeting().has(wire::kFilesFeature) ? line : nullptr;
    steers_ = line_ && line->greeting().has(wire::kSteeringFeature);
    if (line_) ++lines_;
    for (auto& [number, waiting] : std::exchange(waiting_, {})) fail(std::move(waiting));
    if (line_) Q_EMIT ready();
}

void FarFiles::take(const FileReply& reply) {
    const auto found = waiting_.find(reply.number);
    if (found == waiting_.end()) return;
    const Waiting waiting = std::move(found->second);
    waiting_.erase(found);
    if (waiting.receiver) waiting.take(reply.answer);
}

}  // namespace thaw
