// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_kinds.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kTeacherSteps[] = {2, 4, 6, 8, 10, 18};
// PD's ladder is a power of two, and a ladder has 4 rungs at least.
constexpr int kLadders[] = {4, 8, 16};

SamplerConfig heun(int steps) {
    SamplerConfig sampler;
    sampler.steps = steps;
    return sampler;
}

struct Student {
    std::string name;
    FinetuneConfig config;
    int teacherSteps;
};

std::vector<Student> students() {
    std::vector<Student> all;
    for (const int steps : kTeacherSteps) {
        auto config = comparedSettings("regression");
        config.distill.teacherSteps = steps;
        all.push_back({"regression-" + std::to_string(steps), config, steps});
    }
    for (const char* objective : {"pd", "cd"})
        for (const int levels : kLadders) {
            auto config = comparedSettings(objective);
            config.distill.timesteps = levels;
            all.push_back({std::string(objective) + "-" + std::to_string(levels), config, levels});
        }
    return all;
}

std::vector<std::string> studentNames(const StudyRequest&) {
    std::vector<std::string> names;
    for (const auto& student : students()) names.push_back(student.name);
    return names;
}

std::string teacherName(int steps) { return "teacher-" + std::to_string(steps); }

std::vector<int> teacherStepsOf(const StudyRequest& request) {
    std::vector<int> steps;
    for (const auto& student : students())
        if (request.wants(student.name) && std::find(steps.begin(), steps.end(), student.teacherSteps) == steps.end())
            steps.push_back(student.teacherSteps);
    return steps;
}

std::vector<StudyJob> localMinimaJobs(const StudyState& state) {
    const auto& request = state.request;
    std::vector<StudyJob> jobs{{"teacher-1", DistanceJob{{}, {}, request.scale.images}}};
    for (const int steps : teacherStepsOf(request))
        jobs.push_back({teacherName(steps), DistanceJob{{{}, heun(steps)}, {}, request.scale.images}});
    for (int seed = 1; seed <= request.scale.seeds; ++seed)
        for (const auto& student : students()) {
            if (!request.wants(student.name)) continue;
            const auto name = seedName(student.name, seed);
            const StudyGenerator teacher{{}, heun(student.teacherSteps)};
            jobs.push_back({name, jobOfLength(student.config, request.scale, seed, request.precision)});
            jobs.push_back({"to-teacher-" + name, DistanceJob{{name}, teacher, request.scale.images}});
            jobs.push_back({"pairing-" + name, PairingJob{{name}, teacher, std::min(request.scale.images, 1000)}});
        }
    return jobs;
}

std::vector<double> toTeacher(const StudyState& state, const std::string& student) {
    std::vector<double> distances;
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
        distances.push_back(distanceNamed(state.results, "to-teacher-" + seedName(student, seed)));
    return distances;
}

Spread sameSeed(const StudyState& state, const std::string& student) {
    std::vector<double> distances;
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
        if (const auto* r = resultOf<PairingResult>(state.results, "pairing-" + seedName(student, seed)))
            distances.push_back(r->pixels.same);
    return spreadOf(distances);
}

StudyReport localMinimaReport(const StudyState& state) {
    StudyReport report;
    report.title = "Do a teacher and its one-step student end in the same minimum?";
    report.paragraphs = {
        "One-step students after " + shortNumber(state.request.scale.kimg) +
        " kimg, each with the model as its teacher in as many Heun steps (regression) or rungs (PD-style, CD-style) as "
        "its name says. The distance to the teacher is that between both sets of samples of the same seeds, and Same "
        "seed "
        "the root mean square between both images of a seed. " +
        measureSentence(state.results)};
    ReportTable table{"local-minima",
                      "Three distances",
                      {"student", "teacher to data", "student to data", "student to teacher", "same seed, pixels"},
                      {}};
    ReportChart chart{
        "by-steps",
        "Distances by the teacher's steps (regression)",
        "steps of the teacher",
        "distance",
        true,
        true,
        {{"teacher to data", {}, {}, {}}, {"student to data", {}, {}, {}}, {"student to teacher", {}, {}, {}}}};
    Spread fewest, most;
    for (const auto& student : students()) {
        const auto data = spreadOf(distancesOf(state, student.name));
        if (data.isEmpty()) continue;
        const auto teacher = spreadOf({distanceNamed(state.results, teacherName(student.teacherSteps))});
        const auto between = spreadOf(toTeacher(state, student.name));
        table.add({student.name, shownSpread(teacher), shownSpread(data), shownSpread(between),
                   shownSpread(sameSeed(state, student.name), 3)},
                  runsOf(state, student.name));
        if (student.config.distill.kind != Distillation::Regression) continue;
        if (fewest.count == 0) fewest = between;
        most = between;
        const Spread* const spreads[] = {&teacher, &data, &between};
        for (std::size_t i = 0; i < 3; ++i) {
            chart.series[i].x.push_back(student.teacherSteps);
            chart.series[i].mean.push_back(spreads[i]->mean);
            chart.series[i].deviation.push_back(spreads[i]->deviation);
            if (i > 0)  // the teacher's own distance comes from no run
                for (const auto& run : runsOf(state, student.name)) chart.series[i].runs.push_back(run);
        }
    }
    report.tables.push_back(std::move(table));
    report.charts.push_back(std::move(chart));
    report.claims = {
        {"The more steps a teacher has, the further its one-step student ends from it (regression, fewest against most "
         "steps).",
         lowerVerdict(fewest, most), comparedText("fewest steps", fewest, "most steps", most)}};
    report.notes = {
        "Teachers of other widths are not part of it: they are other models, and --model takes each of them.",
        "Settings are the best of the search of the study of objectives on an earlier embedded model, of 5 kimg by the "
        "distance "
        "to the training images; they are not tuned for each teacher."};
    return report;
}

}  // namespace

StudyKind localMinimaStudy() {
    return {"local-minima",   "do teachers of few and of many steps and their one-step students end near each other?",
            {1, 1, 500},      {10, 3, 5000},
            studentNames,     localMinimaJobs,
            localMinimaReport};
}

}  // namespace thaw
