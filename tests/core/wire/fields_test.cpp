// SPDX-License-Identifier: GPL-3.0-or-later
// Every value that goes to another machine and back: the headers core/wire/*_fields.h.
#include "core/wire/figure_fields.h"
#include "core/wire/file_fields.h"
#include "core/wire/image_fields.h"
#include "core/wire/measured_fields.h"
#include "core/wire/model_fields.h"
#include "core/wire/record_reader.h"
#include "core/wire/record_writer.h"
#include "core/wire/request_fields.h"
#include "core/wire/run_fields.h"
#include "core/wire/steering_fields.h"
#include "tests/core/wire/filled_value.h"
#include "tests/core/wire/member_count.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <concepts>
#include <limits>

using namespace thaw;
using thaw::testing::filled;
using thaw::testing::memberCount;
using thaw::testing::namedMembers;

namespace {

template <class... Types>
struct TypeList {};

// Structs whose every member is one field.
using PlainRecords =
    TypeList<LatentShift, SampleColumn, Trajectory, BandFilter, ClassChoice, ModelChoice, SampleRequest,
             TrajectoryRequest, ImageSpectrumRequest, LayerSweepRequest, TransferRequest, BlockSwapRequest, SpectrumJob,
             SweepJob, DifferenceJob, ChannelsJob, TransferJob, ProbeJob, SwapJob, ImagesJob, Spectrum, RadialProfile,
             RelativeLogAmplitude, LayerSpectrum, LayerSweepTable, LayerDifferenceTable, ChannelProfiles,
             TransferFunction, FourierGainMap, BlockSwapTable, ImageSpectrumTable, Measured, ChurnConfig,
             AblationConfig, SamplerConfig, TrainedSampler, ParameterInfo, BlockInfo, ModelSummary, DataSummary,
             ResponseInfo, ModelCard, FreezePlan, RunEnvironment, OpenedRun, BlockGradient, NetworkCalls, StepMetrics,
             FidPoint, RunEvent, RunStats, RunSummary, InterruptedRun, RecipeSource, PanelRecipe, FigureRecipe,
             ReportSeries, ReportLine, ReportChart, PanelData, RunFiles, RunNews, RunsNews, question::List,
             question::Look, question::Stats, question::Interrupted, question::Steer, RunProcess, SteeringRequest,
             SteeringAnswer, RunStatus, WritingProcess, LastWord, AskedRun, answer::Steered, answer::Failed,
             answer::Place, answer::Entry, answer::Listing, answer::News, answer::Stats, answer::Interrupted>;

template <class T>
T roundTrip(const T& value) {
    return wire::valueOf<T>(wire::bytesOf(value), wire::UnknownFields::Refuse, "gpu1");
}

template <class T>
bool comesBack(const T& value) {
    const T back = roundTrip(value);
    if constexpr (wire::Record<T> && std::equality_comparable<T>) {
        if (!(back == value)) return false;
    }
    return wire::bytesOf(back) == wire::bytesOf(value);
}

// What is wrong with the fields of a struct; empty when all is well.
template <class T>
QString recordFault() {
    const auto named = namedMembers<T>();
    const QString type = QString::fromLatin1(typeid(T).name());
    if (named.members() != memberCount<T>())
        return QStringLiteral("%1 has %2 members, %3 are named").arg(type).arg(memberCount<T>()).arg(named.members());
    if (named.names() != named.members()) return type + QStringLiteral(" gives two members one name");
    if (!comesBack(T{})) return type + QStringLiteral(" changes at its defaults");
    if (!comesBack(filled<T>())) return type + QStringLiteral(" changes on its way");
    if (wire::bytesOf(filled<T>()) == wire::bytesOf(T{})) return type + QStringLiteral(" was not filled");
    return {};
}

template <class... Types>
QStringList recordFaults(TypeList<Types...>) {
    QStringList faults{recordFault<Types>()...};
    faults.removeAll(QString());
    return faults;
}

template <class Enum>
bool everyWordComesBack() {
    for (const auto& [value, word] : EnumWords<Enum>::all)
        if (roundTrip(value) != value) return false;
    return true;
}

template <class Enum>
bool everyNameComesBack(const std::map<std::string, Enum>& names) {
    for (const auto& [word, value] : names)
        if (roundTrip(value) != value) return false;
    return true;
}

// Each kind in turn, filled.
template <class Variant, std::size_t... I>
bool everyKindComesBack(std::index_sequence<I...>) {
    const auto one = [](auto index) {
        const Variant value = filled(Variant(std::in_place_index<decltype(index)::value>));
        return roundTrip(value).index() == value.index() && comesBack(value);
    };
    return (one(std::integral_constant<std::size_t, I>{}) && ...);
}

}  // namespace

class WireFieldsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMemberIsNamedOnceAndComesBack() {
        const QStringList faults = recordFaults(PlainRecords{});
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }

    void membersAreCounted() {
        struct Three {
            int a = 1;
            std::optional<double> b{};
            std::vector<std::string> c{};
        };
        QCOMPARE(memberCount<Three>(), std::size_t(3));
        QCOMPARE(memberCount<LatentShift>(), std::size_t(2));
    }

    // Its groups are flat: `generator.beta1`.
    void aConfigurationHasAFieldForEveryMemberOfItsGroups() {
        const std::size_t groups = 8;
        const std::size_t inside = 2 * memberCount<AdamConfig>() + memberCount<EmaConfig>() + memberCount<R1Config>() +
                                   memberCount<AugmentConfig>() + memberCount<DistillConfig>() +
                                   memberCount<MeasureChoice>() + 1;  // the freeze plan is one field
        const auto named = namedMembers<FinetuneConfig>();
        QCOMPARE(named.members(), memberCount<FinetuneConfig>() - groups + inside);
        QCOMPARE(named.names(), named.members());
        QVERIFY(comesBack(FinetuneConfig{}));
        QVERIFY(comesBack(filled<FinetuneConfig>()));
        QVERIFY(!(filled<FinetuneConfig>() == FinetuneConfig{}));
    }

    // Settings that a run would refuse are the run's business: they have to arrive for it to say so.
    void impossibleSettingsArriveAsTheyAre() {
        FinetuneConfig config;
        config.kimg = -std::numeric_limits<double>::infinity();
        config.batch = 0;
        config.freeze.patterns = {"", "a,b", "!*"};
        QVERIFY(roundTrip(config) == config);
        FigureRecipe recipe;
        recipe.panels.resize(1);
        recipe.panels.front().sigma = -1;
        recipe.panels.front().columns = {{SampleSource::OtherModel, 3}};
        QVERIFY(roundTrip(recipe) == recipe);
    }

    void everyKindOfMeasurementComesBack() {
        const auto jobs = std::make_index_sequence<std::variant_size_v<MeasurementJob>>{};
        QVERIFY((everyKindComesBack<MeasurementJob>(jobs)));
        const auto values = std::make_index_sequence<std::variant_size_v<MeasuredValue>>{};
        QVERIFY((everyKindComesBack<MeasuredValue>(values)));
    }

    void everyWordOfEveryEnumerationComesBack() {
        QVERIFY(everyWordComesBack<SampleSource>());
        QVERIFY(everyWordComesBack<ClassChoice::Kind>());
        QVERIFY(everyWordComesBack<ModelChoice::Kind>());
        QVERIFY(everyWordComesBack<ModelFormat>());
        QVERIFY(everyWordComesBack<WeightsLicence>());
        QVERIFY(everyWordComesBack<TeacherState>());
        QVERIFY(everyWordComesBack<StepPart>());
        QVERIFY(everyWordComesBack<MeasureKind>());
        QVERIFY(everyWordComesBack<RunOutcome>());
        QVERIFY(everyWordComesBack<PanelSide>());
        QVERIFY(everyWordComesBack<RunState>());
        QVERIFY(everyWordComesBack<SteeringVerb>() && everyWordComesBack<AskingStep>());
        QVERIFY(everyWordComesBack<Precision>() && everyWordComesBack<Distillation>());
        QVERIFY(everyNameComesBack(samplerNames()) && everyNameComesBack(discretizationNames()));
        QVERIFY(everyNameComesBack(scheduleNames()) && everyNameComesBack(scalingNames()));
        QVERIFY(everyNameComesBack(solverNames()));
        for (const PanelKindEntry& entry : panelKinds()) QCOMPARE(roundTrip(entry.kind), entry.kind);
    }
};

THAW_TEST(WireFieldsTest);
#include "fields_test.moc"
