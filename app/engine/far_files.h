// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/file_question.h"

#include <QObject>
#include <QPointer>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace thaw {

class RemoteLine;

/// The files of another machine, asked over the line to it. Answers come later, on the window's thread.
class FarFiles : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    bool isReady() const { return line_ != nullptr; }
    /// Runs there can be asked for something (question::Steer), too.
    bool maySteer() const { return line_ && steers_; }
    /// How many lines there were: another number says that one broke in between.
    int lines() const { return lines_; }
    /// `take` is called once, later, if `receiver` still lives: with answer::Failed where the line is broken, or breaks
    /// before there is an answer.
    void ask(QObject* receiver, const FileQuestion& question, std::function<void(const FileAnswer&)> take);
    /// The same, where one kind of answer is of use; any other is taken as `Answer{}`.
    template <class Answer, class Take>
    void askFor(QObject* receiver, const FileQuestion& question, Take take) {
        ask(receiver, question, [take = std::move(take)](const FileAnswer& answer) {
            const auto* wanted = std::get_if<Answer>(&answer);
            take(wanted ? *wanted : Answer{});
        });
    }

    // For who has the line:

    /// Null: it is broken, and nothing that was asked is answered any more.
    void setLine(RemoteLine* line);
    void take(const FileReply& reply);

Q_SIGNALS:
    void ready();  ///< there is a line, the first one or another

private:
    struct Waiting {
        QPointer<QObject> receiver;
        std::function<void(const FileAnswer&)> take;
    };
    void fail(Waiting waiting);

    RemoteLine* line_ = nullptr;
    bool steers_ = false;
    int lines_ = 0;
    std::uint64_t number_ = 0;
    std::map<std::uint64_t, Waiting> waiting_;
};

}  // namespace thaw
