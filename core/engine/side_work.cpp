// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/side_work.h"

#include <algorithm>
#include <utility>

namespace thaw {
namespace {

constexpr double kTellEverySeconds = 0.1;
// A network above this takes a second for a few images on a CPU: its columns come in smaller pieces.
constexpr std::int64_t kLargeNetwork = 20'000'000;  // parameters
constexpr std::size_t kOfOneStep = 4, kOfManySteps = 1;

}  // namespace

SideWork::SideWork(std::function<Session&()> session, std::function<bool()> goOn, FactSink sink)
    : session_(std::move(session)), goOn_(std::move(goOn)), sink_(std::move(sink)) {}

WorkResult SideWork::attempt(Task task, const std::function<void()>& work) {
    Failure failure;
    failure.task = task;
    const WorkResult result = attemptWork(work, failure);
    if (result == WorkResult::Failed) sink_(fact::Failed{failure});
    return result;
}

void SideWork::setOpen(bool model, bool data) {
    hasModel_ = model;
    hasData_ = data;
    const auto dropped = views_.generations();
    views_.clear();
    originalBegun_ = false;
    if (!dropped.empty()) sink_(fact::GivenUp{dropped});
    report();
}

void SideWork::put(const SampleRequest& request, std::uint64_t generation, int slot) {
    views_.put(request, generation, slot);
    report();
}
void SideWork::put(const TrajectoryRequest& request, std::uint64_t generation) {
    views_.put(request, generation);
    report();
}
void SideWork::put(const MeasurementJob& job, std::uint64_t generation, int slot) {
    views_.put(job, generation, slot);
    report();
}
void SideWork::put(const FigureRecipe& recipe, std::uint64_t generation) {
    figures_.put(recipe, generation);
    report();
}
void SideWork::putOriginalFid(int images) {
    views_.originalFid = images;
    originalBegun_ = false;
    report();
}

void SideWork::forgetSamples(int slot) {
    views_.dropColumn(slot);
    report();
}
void SideWork::forgetMeasurement(int slot) {
    views_.dropJob(slot);
    report();
}
void SideWork::forgetFigure(std::uint64_t generation) {
    figures_.drop(generation);
    report();
}

void SideWork::giveUp() {
    auto dropped = views_.generations();
    views_.clear();
    originalBegun_ = false;
    if (!dropped.empty()) sink_(fact::GivenUp{dropped});
    for (const auto& [generation, recipe] : figures_.takeAll())
        sink_(fact::FigureMade{generation, {recipe, {}, ErrorCode::Interrupted, {}, {}}});
    report();
}

void SideWork::viewPiece() {
    if (auto* column = views_.nextColumn()) samplePiece(*column);
    else if (views_.trajectory) trajectoryPiece();
    else if (auto* job = views_.nextJob()) measurementPiece(*job);
    else originalPiece();
    share_ = 0;
    report();
}

// Half-done work that a command interrupted stays in the queue and is taken up again after the command.
Progress SideWork::following(double done, double part) {
    return [this, done, part](double share) {
        share_ = done + part * share;
        report();
        return goOn_();
    };
}

void SideWork::samplePiece(ViewQueue::Column& column) {
    const int slot = column.slot;
    const std::uint64_t generation = column.generation;
    const bool tuned = column.request.source == SampleSource::TunedOneStep,
               real = column.request.source == SampleSource::RealData,
               beside = column.request.source == SampleSource::OtherModel;
    if ((tuned && !session_().run().hasTuned()) || (real && !hasData_)) {
        views_.dropColumn(slot);
        return sink_(fact::GivenUp{{generation}});
    }
    const bool large = session_().files().model().parameters > kLargeNetwork && session_().computing().device == "cpu";
    const std::size_t most = !large || real ? 0 : column.request.takesManySteps() ? kOfManySteps : kOfOneStep;
    const std::size_t before = column.done.seeds.size();
    const SampleRequest piece = column.request.piece(before, most);
    const double all = double(column.request.seeds.size()), count = double(piece.seeds.size());
    const WorkResult result = attempt(Task::Sample, [&] {
        auto made = session_().files().sample(piece, following(double(before) / all, count / all));
        // A run that goes on beside has another newest snapshot by now: all images of a column are to come from one.
        if (beside && before > 0 && made.kimg != column.done.kimg) return void(column.done = {});
        append(column.done, std::move(made));
        sink_(fact::SamplesReady{generation, column.done});
    });
    if (result == WorkResult::Failed || (result == WorkResult::Done && column.complete())) views_.dropColumn(slot);
    if (result == WorkResult::Failed) sink_(fact::GivenUp{{generation}});
}

void SideWork::trajectoryPiece() {
    const auto wanted = *views_.trajectory;
    const WorkResult result = attempt(Task::Sample, [&] {
        sink_(fact::TrajectoryReady{wanted.generation, session_().files().trajectory(wanted.request, following(0, 1))});
    });
    if (result != WorkResult::Interrupted) views_.trajectory.reset();
    if (result == WorkResult::Failed) sink_(fact::GivenUp{{wanted.generation}});
}

void SideWork::measurementPiece(ViewQueue::Job& job) {
    constexpr double kShowEverySeconds = 0.12;
    const int slot = job.slot;
    const std::uint64_t generation = job.generation;
    if (needsTuned(job.job) && !session_().run().hasTuned()) {
        views_.dropJob(slot);
        return sink_(fact::GivenUp{{generation}});
    }
    bool more = true;
    const WorkResult result = attempt(Task::Spectrum, [&] {
        const bool first = !job.running;
        if (first) {
            job.running = beginJob(session_(), job.job, [this](double) { return goOn_(); });
            if (needsTuned(job.job)) job.kimg = session_().run().tunedKimg();
        }
        const double done = job.running->share();
        more = job.running->advance(following(done, 1 - done));
        share_ = job.running->share();
        if (more && !first && sinceMeasured_.seconds() < kShowEverySeconds) return;
        Measured value = job.running->value();
        value.kimg = job.kimg;
        sink_(fact::MeasurementReady{generation, std::move(value)});
        sinceMeasured_.start();
    });
    if (result == WorkResult::Failed || (result == WorkResult::Done && !more)) views_.dropJob(slot);
    if (result == WorkResult::Failed) sink_(fact::GivenUp{{generation}});
}

void SideWork::originalPiece() {
    TrainingRun& run = session_().run();
    bool more = true;
    const WorkResult result = attempt(Task::Fid, [&] {
        if (!hasData_ || !run.fidWorks()) {
            more = false;
            return;
        }
        if (!std::exchange(originalBegun_, true)) run.beginOriginalFid(*views_.originalFid);
        const auto point = run.continueOriginalFid();
        if (!point) return;
        more = false;
        sink_(fact::OriginalFidMeasured{*point});
    });
    if (result != WorkResult::Failed && more) return;
    views_.originalFid.reset();
    originalBegun_ = false;
}

void SideWork::figurePiece() {
    const auto advanced =
        figures_.advance([this]() -> const Session& { return session_(); }, following(figureShare_, 0));
    share_ = 0;
    figureShare_ = advanced.answer ? 0 : advanced.share;
    if (advanced.answer) sink_(fact::FigureMade{advanced.generation, *advanced.answer});
    else sink_(fact::FigureProgressed{advanced.generation, advanced.share});
    report();
}

void SideWork::noteDistance(std::optional<double> share) {
    distance_ = share;
    report();
}

ComputeWork SideWork::current() {
    using Kind = ComputeWork::Kind;
    const int all = (hasModel_ ? views_.count() : 0) + figures_.count() + (distance_ ? 1 : 0);
    if (all == 0) return {};
    if (viewsWait()) {
        if (const auto* column = views_.nextColumn())
            return {Kind::Samples, std::max(column->share(), share_), all - 1};
        if (views_.trajectory) return {Kind::Trajectory, share_, all - 1};
        if (const auto* job = views_.nextJob())
            return {Kind::Measurement, job->running ? job->running->share() : 0, all - 1};
        return {Kind::OriginalDistance, originalBegun_ ? session_().run().originalFidShare() : 0, all - 1};
    }
    if (distance_) return {Kind::Distance, *distance_, all - 1};
    return {Kind::Figure, figureShare_, all - 1};
}

void SideWork::report() {
    const ComputeWork now = current();
    const bool other = now.kind != told_.kind || now.waiting != told_.waiting;
    if (now == told_ || (!other && sinceTold_.seconds() < kTellEverySeconds)) return;
    told_ = now;
    sinceTold_.start();
    sink_(fact::WorkChanged{now});
}

}  // namespace thaw
