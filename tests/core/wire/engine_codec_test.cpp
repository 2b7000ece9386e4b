// SPDX-License-Identifier: GPL-3.0-or-later
// Commands and facts on their way to another machine: command_fields.h and fact_fields.h.
#include "core/wire/engine_codec.h"

#include "core/values/error.h"
#include "core/wire/command_fields.h"
#include "core/wire/fact_fields.h"
#include "core/wire/record_writer.h"
#include "tests/core/wire/filled_value.h"
#include "tests/core/wire/member_count.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <set>

using namespace thaw;

namespace {

// What is wrong with one kind of a variant; empty when all is well.
template <class Variant, std::size_t kind, class Read>
QString kindFault(const Read& read) {
    using Kind = std::variant_alternative_t<kind, Variant>;
    const QString name = QString::fromLatin1(wire::KindNames<Variant>::all[kind]);
    const auto named = testing::namedMembers<Kind>();
    if (named.members() != testing::memberCount<Kind>())
        return QStringLiteral("%1 has %2 members, %3 are named")
            .arg(name)
            .arg(testing::memberCount<Kind>())
            .arg(named.members());
    for (const Variant& value : {Variant(Kind{}), Variant(testing::filled<Kind>())}) {
        const std::string payload = wire::payloadOf(value);
        const Variant back = read(payload);
        if (back.index() != kind) return name + QStringLiteral(" becomes another kind");
        if (wire::payloadOf(back) != payload) return name + QStringLiteral(" changes on its way");
    }
    return {};
}

template <class Variant, class Read, std::size_t... kind>
QStringList kindFaults(const Read& read, std::index_sequence<kind...>) {
    QStringList faults{kindFault<Variant, kind>(read)...};
    faults.removeAll(QString());
    return faults;
}

template <class Variant, class Read>
QStringList variantFaults(const Read& read) {
    QStringList faults = kindFaults<Variant>(read, std::make_index_sequence<std::variant_size_v<Variant>>{});
    const auto& names = wire::KindNames<Variant>::all;
    if (std::set<std::string>(names.begin(), names.end()).size() != names.size())
        faults << QStringLiteral("two kinds have one name");
    return faults;
}

template <class Variant>
std::string nameOfKind(const Variant& value) {
    return wire::KindNames<Variant>::all[value.index()];
}

template <class Enum>
bool everyValueHasAWord(int count) {
    for (int i = 0; i < count; ++i)
        if (valueOfWord<Enum>(wordFor(Enum(i))) != Enum(i)) return false;
    return int(EnumWords<Enum>::all.size()) == count;
}

std::string fieldBytes(const std::string& name, const std::string& content) {
    std::string bytes;
    wire::putNumber(bytes, name.size(), 1);
    bytes += name;
    wire::putNumber(bytes, content.size(), 4);
    return bytes + content;
}

}  // namespace

class EngineCodecTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCommandComesBackWithAllItHolds() {
        const auto read = [](const std::string& payload) { return wire::commandOf(payload, "gpu1"); };
        const QStringList faults = variantFaults<EngineCommand>(read);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }

    void everyFactComesBackWithAllItHolds() {
        const auto read = [](const std::string& payload) { return wire::factOf(payload, "gpu1"); };
        const QStringList faults = variantFaults<EngineFact>(read);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join('\n')));
    }

    void namesAreThoseOfTheirKinds() {
        QCOMPARE(nameOfKind(EngineCommand(command::OpenModel{})), std::string("open_model"));
        QCOMPARE(nameOfKind(EngineCommand(command::Step{})), std::string("step"));
        QCOMPARE(nameOfKind(EngineCommand(command::SaveSnapshot{})), std::string("save_snapshot"));
        QCOMPARE(nameOfKind(EngineCommand(command::RequestMeasurement{})), std::string("request_measurement"));
        QCOMPARE(nameOfKind(EngineCommand(command::CancelOpening{})), std::string("cancel_opening"));
        QCOMPARE(nameOfKind(EngineFact(fact::StateChanged{})), std::string("state_changed"));
        QCOMPARE(nameOfKind(EngineFact(fact::DataOpened{})), std::string("data_opened"));
        QCOMPARE(nameOfKind(EngineFact(fact::StepsDone{})), std::string("steps_done"));
        QCOMPARE(nameOfKind(EngineFact(fact::MeasurementReady{})), std::string("measurement_ready"));
        QCOMPARE(nameOfKind(EngineFact(fact::Failed{})), std::string("failed"));
    }

    void whatTheEngineSaysHasAFieldForEveryMember() {
        QCOMPARE(testing::namedMembers<Failure>().members(), testing::memberCount<Failure>());
        QCOMPARE(testing::namedMembers<RunMark>().members(), testing::memberCount<RunMark>());
        QCOMPARE(testing::namedMembers<ComputeWork>().members(), testing::memberCount<ComputeWork>());
        QCOMPARE(testing::namedMembers<FigureAnswer>().members(), testing::memberCount<FigureAnswer>());
    }

    void everyValueHasItsWord() {
        QVERIFY(everyValueHasAWord<Task>(int(Task::Fid) + 1));
        QVERIFY(everyValueHasAWord<RunMark::Kind>(int(RunMark::Kind::Resume) + 1));
        QVERIFY(everyValueHasAWord<ComputeWork::Kind>(int(ComputeWork::Kind::Figure) + 1));
        QVERIFY(everyValueHasAWord<ErrorCode>(int(ErrorCode::OtherInput) + 1));
        QVERIFY(everyValueHasAWord<RunState>(int(kRunStates.size())));
    }

    // A run must not be trained with other settings than were asked for; what is told besides does no harm.
    void anUnknownFieldIsRefusedInACommandAndSkippedInAFact() {
        const std::string known = fieldBytes("leaving", std::string(1, '\1'));
        const std::string later = fieldBytes("later", "x");
        const std::string stop = fieldBytes("stop", known + later + '\0') + '\0';
        try {
            wire::commandOf(stop, "laptop");
            QFAIL("a field that is unknown was taken");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::WrongKind);
            QVERIFY2(error.message().find("stop.later") != std::string::npos, error.what());
        }
        const std::string opening = fieldBytes("path", std::string("\2\0\0\0ab", 6));
        const auto fact = wire::factOf(fieldBytes("opening_began", opening + later + '\0') + '\0', "gpu1");
        QCOMPARE(std::get<fact::OpeningBegan>(fact).path, std::string("ab"));
    }

    void anUnknownCommandIsNamed() {
        try {
            wire::commandOf(fieldBytes("fly", std::string(1, '\0')) + '\0', "laptop");
            QFAIL("a command that is unknown was taken");
        } catch (const Error& error) {
            QVERIFY2(error.message().find("'fly'") != std::string::npos, error.what());
            QVERIFY2(error.message().find("'laptop'") != std::string::npos, error.what());
        }
    }

    // Every way to cut a message off is refused, and none is taken for another message.
    void aCutMessageIsRefused() {
        const std::string whole = wire::payloadOf(EngineCommand(testing::filled<command::RequestMeasurement>()));
        for (std::size_t length = 0; length < whole.size(); ++length) {
            bool refused = false;
            try {
                wire::commandOf(std::string_view(whole).substr(0, length), "laptop");
            } catch (const Error&) {
                refused = true;
            }
            QVERIFY2(refused, qPrintable(QString::number(length)));
        }
    }
};

THAW_TEST(EngineCodecTest);
#include "engine_codec_test.moc"
