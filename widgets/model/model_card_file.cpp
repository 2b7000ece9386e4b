// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/model_card_file.h"

#include "widgets/base/number_text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

namespace thaw {
namespace {

struct CardFileText {
    Q_DECLARE_TR_FUNCTIONS(thaw::ModelCardFile)
};

QString cell(QString text) {
    return text.replace(QLatin1Char('|'), QStringLiteral("\\|")).replace(QLatin1Char('\n'), QLatin1Char(' '));
}

QString table(const CardSection& section) {
    QString text = QStringLiteral("\n## %1\n\n| | |\n|---|---|\n").arg(section.title);
    for (const CardRow& row : section.rows)
        text += QStringLiteral("| %1 | %2 |\n").arg(cell(row.name), cell(row.value));
    return text;
}

QString kindTable(const ModelCardContent& content) {
    QString text = QStringLiteral("\n## %1\n\n| %2 | | %3 | %4 |\n|---|---|---:|---:|\n")
                       .arg(CardFileText::tr("Weights by kind"), CardFileText::tr("Kind"),
                            CardFileText::tr("Parameters"), CardFileText::tr("Frozen"));
    for (const KindShare& share : sharesByKind(content.plan, content.model))
        text += QStringLiteral("| %1 | `%2` | %3 | %4 |\n")
                    .arg(kindTitle(share.kind), kindKey(share.kind), QLocale().toString(qlonglong(share.count.total)),
                         formatPercent(share.count.percent()));
    const FreezeCount all = countFrozen(content.plan, content.model);
    return text + QStringLiteral("\n%1\n").arg(
                      CardFileText::tr("Freeze plan `%1`: %2 of %3 parameters are frozen (%4).")
                          .arg(QString::fromStdString(toText(content.plan)), QLocale().toString(qlonglong(all.frozen)),
                               QLocale().toString(qlonglong(all.total)), formatPercent(all.percent())));
}

QJsonValue fromJson(const std::string& json) {
    return QJsonDocument::fromJson("[" + QByteArray::fromStdString(json) + "]").array().at(0);
}

QJsonObject toObject(const std::vector<std::pair<std::string, std::string>>& words, bool json) {
    QJsonObject object;
    for (const auto& [key, value] : words)
        object[QString::fromStdString(key)] = json ? fromJson(value) : QJsonValue(QString::fromStdString(value));
    return object;
}

}  // namespace

QString cardMarkdown(const ModelCardContent& content) {
    QString text = QStringLiteral("# %1\n").arg(QString::fromStdString(content.model.title));
    text += table(modelSection(content)) + kindTable(content) + table(configurationSection(content));
    CardSection origin = provenanceSection(content);
    for (CardRow& row : origin.rows)
        if (row.name == QLatin1String("SHA-256") && !content.sha256.isEmpty()) row.value = content.sha256;
    return text + table(origin) +
           QStringLiteral("\n## %1\n\n%2\n").arg(CardFileText::tr("Licence"), licenceText(content.card));
}

QByteArray cardJson(const ModelCardContent& content) {
    const auto& model = content.model;
    const auto& card = content.card;
    static constexpr const char* kFormats[] = {"safetensors", "pickle", "torch-zip", "torch-legacy"};
    QJsonArray kinds, notes;
    for (const KindShare& share : sharesByKind(content.plan, model))
        kinds.append(QJsonObject{{"kind", kindKey(share.kind)},
                                 {"tensors", share.tensors},
                                 {"parameters", qint64(share.count.total)},
                                 {"frozen_parameters", qint64(share.count.frozen)}});
    for (const auto& note : card.notes) notes.append(QString::fromStdString(note));
    const QJsonObject object{
        {"title", QString::fromStdString(model.title)},
        {"class", QString::fromStdString(model.wrapperClass)},
        {"architecture", QString::fromStdString(model.architecture)},
        {"img_resolution", model.imgResolution},
        {"img_channels", model.imgChannels},
        {"label_dim", model.labelDim},
        {"parameters", qint64(model.parameters)},
        {"frozen_parameters", qint64(countFrozen(content.plan, model).frozen)},
        {"freeze", QString::fromStdString(toText(content.plan))},
        {"kinds", kinds},
        {"config", toObject(card.configuration, true)},
        {"file", QString::fromStdString(card.file)},
        {"format", QLatin1String(kFormats[int(card.format)])},
        {"bytes", qint64(card.bytes)},
        {"sha256", content.sha256.isEmpty() ? QJsonValue() : QJsonValue(content.sha256)},
        {"kimg", card.kimg ? QJsonValue(*card.kimg) : QJsonValue()},
        {"notes", notes},
        {"metadata", toObject(card.metadata, false)},
        {"licence", licenceText(card)},
    };
    return QJsonDocument(object).toJson();
}

}  // namespace thaw
