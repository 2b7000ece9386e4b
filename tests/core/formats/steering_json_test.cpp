// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/steering_json.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <limits>

using namespace thaw;

class SteeringJsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRequestIsReadAsItWasWritten() {
        SteeringRequest request;
        request.id = "a-1";
        request.host = "machine";
        request.time = "2024-05-17T09:30:00Z";
        for (const auto& [verb, word] : EnumWords<SteeringVerb>::all) {
            request.verb = verb;
            request.plan = verb == SteeringVerb::Freeze ? parseFreezePlan("enc.*,!dec") : FreezePlan{};
            request.g = verb == SteeringVerb::Rate ? std::optional(1e-3) : std::nullopt;
            const auto text = toJson(request);
            QVERIFY(QString::fromStdString(text).startsWith(QString("{\"request\":\"%1\"").arg(word)));
            const auto read = steeringRequestFromJson(text);
            QVERIFY(read.verb == verb && read.plan == request.plan && read.g == request.g && !read.d);
            QVERIFY(read.id == "a-1" && read.host == "machine" && read.time == request.time);
        }
    }

    void nothingFrozenIsSaidAloud() {
        QVERIFY(steeringRequestFromJson(R"({"request": "freeze", "plan": "none"})").plan == parseFreezePlan("none"));
        QVERIFY(steeringRequestFromJson(R"({"request": "freeze", "plan": "d2o-f"})").plan == parseFreezePlan("d2o-f"));
    }

    void whatIsNoRequestIsRefusedInOneSentence_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const char* text, const char* why) {
            QTest::newRow(name) << QByteArray(text) << QString(why);
        };
        row("nothing", "", "no JSON object");
        row("half", "{\"request\": \"pau", "no JSON object");
        row("a list", R"(["pause"])", "no JSON object");
        row("no word", R"({"id": "a"})", "request is missing");
        row("unknown word", R"({"request": "fly"})", "request is \"fly\"");
        row("unknown field", R"({"request": "pause", "path": "/etc"})", "path is not a field of 'pause'");
        row("field of another", R"({"request": "pause", "g": 0.1})", "g is not a field of 'pause'");
        row("plan of another type", R"({"request": "freeze", "plan": 3})", "plan is 3");
        row("no plan", R"({"request": "freeze"})", "plan is missing or empty");
        row("empty plan", R"({"request": "freeze", "plan": " , "})", "plan is missing or empty");
        row("no rate", R"({"request": "rate"})", "no rate is named");
        row("rate of zero", R"({"request": "rate", "g": 0})", "g is 0, must be above 0");
        row("rate below zero", R"({"request": "rate", "d": -0.1})", "d is -0.1, must be above 0");
        row("rate above one", R"({"request": "rate", "g": 2})", "g is 2, must be above 0 and at most 1");
        row("no number", R"({"request": "rate", "g": null})", "g is null, must be a number");
        row("beyond every number", R"({"request": "rate", "g": 1e999})", "no JSON object");
    }
    void whatIsNoRequestIsRefusedInOneSentence() {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, why);
        const QString fault = faultOf([&] { steeringRequestFromJson(text.toStdString()); });
        QVERIFY2(fault.startsWith("Configuration: ") && fault.contains(why) && fault.endsWith('.'), qPrintable(fault));
    }

    void aStatusLeavesOutWhatIsAbsentOrNotFinite() {
        RunStatus status;
        status.state = RunState::Paused;
        status.gLoss = std::numeric_limits<double>::quiet_NaN();
        const auto text = QString::fromStdString(toJson(status));
        QVERIFY(text.startsWith(R"({"state":"paused","step":0)") && text.endsWith("}\n"));
        for (const char* key : {"outcome", "distance", "loss", "g_loss", "message", "images_per_second"})
            QVERIFY2(!text.contains(QString("\"%1\"").arg(key)), key);
    }
};

THAW_TEST(SteeringJsonTest);
#include "steering_json_test.moc"
