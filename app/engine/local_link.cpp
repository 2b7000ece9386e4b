// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/local_link.h"

#include "app/engine/engine_facts.h"
#include "core/engine/engine_core.h"
#include "core/session/steering_port.h"

#include <QMetaObject>
#include <QTimer>

#include <utility>

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace thaw {

namespace {
// On Linux a nice value belongs to one thread; the pool's threads are made from this one and inherit it.
void lowerPriority() {
#ifdef __linux__
    setpriority(PRIO_PROCESS, 0, 5);
#endif
}
}  // namespace

/// Drives the engine by the events of the compute thread, one piece a posted event, so that commands fall between two.
class LocalEngine : public QObject {
public:
    LocalEngine(ComputeOptions options, FactSink sink)
        : core_(std::move(options), std::move(sink)), lookAtRequests_(new QTimer(this)) {
        lookAtRequests_->setInterval(SteeringPort::kLookEvery);
        connect(lookAtRequests_, &QTimer::timeout, this, &LocalEngine::advance);
    }

    EngineCore& core() { return core_; }
    void obey(const EngineCommand& command) {
        core_.obey(command);
        schedule();
    }

private:
    // A run that rests has no pieces, and is steered all the same.
    void schedule() {
        if (core_.hasWork() && !std::exchange(advancing_, true))
            QMetaObject::invokeMethod(
                this,
                [this] {
                    advancing_ = false;
                    advance();
                },
                Qt::QueuedConnection);
        if (core_.isSteered() == lookAtRequests_->isActive()) return;
        if (core_.isSteered()) lookAtRequests_->start();
        else lookAtRequests_->stop();
    }
    void advance() {
        core_.advance();
        schedule();
    }

    EngineCore core_;
    QTimer* lookAtRequests_;
    bool advancing_ = false;  // an advance() is posted
};

LocalLink::LocalLink(ComputeOptions options, EngineFacts& facts)
    : engine_(new LocalEngine(std::move(options), [&facts](EngineFact&& fact) {
          QMetaObject::invokeMethod(
              &facts, [&facts, fact = std::move(fact)] { facts.emitFact(fact); }, Qt::QueuedConnection);
      })) {
    thread_.setObjectName(QStringLiteral("compute"));
    engine_->moveToThread(&thread_);
    QObject::connect(&thread_, &QThread::finished, engine_, &QObject::deleteLater);
    thread_.start(QThread::LowPriority);
    QMetaObject::invokeMethod(engine_, lowerPriority, Qt::QueuedConnection);
}

LocalLink::~LocalLink() {
    engine_->core().announceEnd();
    thread_.quit();
    thread_.wait();
}

void LocalLink::post(const EngineCommand& command) {
    engine_->core().announce(command);
    QMetaObject::invokeMethod(
        engine_, [engine = engine_, command] { engine->obey(command); }, Qt::QueuedConnection);
}

}  // namespace thaw
