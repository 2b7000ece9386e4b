// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/model_card_words.h"

#include "widgets/base/number_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <iterator>

namespace thaw {
namespace {

struct CardText {
    Q_DECLARE_TR_FUNCTIONS(thaw::ModelCardWords)
};

struct NamedArgument {
    const char* published;
    const char* human;
};
constexpr NamedArgument kArguments[] = {
    {"img_resolution", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Image size")},
    {"img_channels", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Image channels")},
    {"out_channels", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Output channels")},
    {"label_dim", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Classes")},
    {"augment_dim", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Augmentation labels")},
    {"model_type", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Network")},
    {"embedding_type", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Noise embedding")},
    {"encoder_type", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Encoder")},
    {"decoder_type", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Decoder")},
    {"model_channels", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Base channels")},
    {"channel_mult", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Channels per level, × base")},
    {"channel_mult_emb", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Embedding width, × base")},
    {"channel_mult_noise", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Noise embedding width, × base")},
    {"num_blocks", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Blocks per level")},
    {"attn_resolutions", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Attention at")},
    {"resample_filter", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Resampling filter")},
    {"dropout", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Dropout")},
    {"label_dropout", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Label dropout")},
    {"use_fp16", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Half precision")},
    {"sigma_data", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Deviation of the data, σ_data")},
    {"sigma_min", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Smallest noise level, σ_min")},
    {"sigma_max", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Largest noise level, σ_max")},
    {"epsilon", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Boundary shift, ε")},
    {"beta_d", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Noise schedule, β_d")},
    {"beta_min", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Noise schedule, β_min")},
    {"epsilon_t", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Smallest time, ε_t")},
    {"M", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Time steps, M")},
    {"C_1", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Noise schedule, C₁")},
    {"C_2", QT_TRANSLATE_NOOP("thaw::ModelCardWords", "Noise schedule, C₂")},
};

QString argumentTitle(const QString& published) {
    for (const auto& [name, human] : kArguments)
        if (published == QLatin1String(name)) return QCoreApplication::translate("thaw::ModelCardWords", human);
    return published;
}

// JSON as people write it: no quotes around words, spaces in lists.
QString plainValue(const std::string& json) {
    QString text = QString::fromStdString(json);
    const QJsonValue value = QJsonDocument::fromJson("[" + text.toUtf8() + "]").array().at(0);
    if (value.isString()) return value.toString();
    if (value.isBool()) return value.toBool() ? CardText::tr("yes") : CardText::tr("no");
    if (value.isNull()) return CardText::tr("none");
    if (!value.isArray()) return text;
    QStringList parts;
    const QJsonArray list = value.toArray();
    for (const auto& part : list) parts << part.toVariant().toString();
    return parts.isEmpty() ? CardText::tr("nowhere") : parts.join(QStringLiteral(", "));
}

QString formatTitle(ModelFormat format) {
    switch (format) {
    case ModelFormat::SafeTensors: return QStringLiteral("safetensors");
    case ModelFormat::Pickle: return CardText::tr("network snapshot (pickle)");
    case ModelFormat::TorchZip: return CardText::tr("PyTorch checkpoint (zip)");
    case ModelFormat::TorchLegacy: return CardText::tr("PyTorch checkpoint (older format)");
    }
    return {};
}

QString channelsText(int channels) {
    return channels == 1   ? CardText::tr("grey")
           : channels == 3 ? CardText::tr("colour")
                           : CardText::tr("%n channel(s)", nullptr, channels);
}

}  // namespace

CardSection modelSection(const ModelCardContent& content) {
    const auto& model = content.model;
    const QString wrapper = QString::fromStdString(model.wrapperClass);
    const QString shape =
        CardText::tr("%1 × %1, %2").arg(QString::number(model.imgResolution), channelsText(model.imgChannels));
    const bool assumed = !content.card.assumedClass.empty();
    return {CardText::tr("Model"),
            {{CardText::tr("Class"), assumed ? CardText::tr("%1 (assumed)").arg(wrapper) : wrapper,
              assumed ? CardText::tr(
                            "The file does not say its class. Choose another below, or name it in a .json of the same "
                            "name beside the file: {\"class\": \"VPPrecond\"}")
                      : CardText::tr("The published wrapper that turns the network into a denoiser")},
             {CardText::tr("Architecture"), QString::fromStdString(model.architecture), {}},
             {CardText::tr("Images"), shape, QStringLiteral("img_resolution, img_channels")},
             {CardText::tr("Classes"),
              model.labelDim > 0 ? QLocale().toString(model.labelDim) : CardText::tr("none (unconditional)"),
              QStringLiteral("label_dim")},
             {CardText::tr("Parameters"), QLocale().toString(qlonglong(model.parameters)), {}}}};
}

CardSection configurationSection(const ModelCardContent& content) {
    CardSection section{CardText::tr("Configuration"), {}};
    for (const auto& [name, value] : content.card.configuration) {
        const QString published = QString::fromStdString(name);
        section.rows.append({argumentTitle(published), plainValue(value),
                             published + QStringLiteral(" = ") + QString::fromStdString(value)});
    }
    return section;
}

CardSection provenanceSection(const ModelCardContent& content) {
    const auto& card = content.card;
    const QString file = QDir::toNativeSeparators(QString::fromStdString(card.file));
    CardSection section{
        CardText::tr("Origin"),
        {{CardText::tr("File"), QFileInfo(QString::fromStdString(card.file)).fileName(), file},
         {CardText::tr("Format"), formatTitle(card.format), {}},
         {CardText::tr("Size"), QLocale().formattedDataSize(card.bytes), QLocale().toString(qlonglong(card.bytes))},
         {QStringLiteral("SHA-256"),
          content.sha256.isEmpty() ? CardText::tr("being computed…") : content.sha256.left(16), content.sha256}}};
    if (card.kimg)
        section.rows.append({CardText::tr("Images seen"), formatQuantity(*card.kimg, CardText::tr("kimg"), 6),
                             card.kimgFromName ? CardText::tr("According to the file's name")
                                               : CardText::tr("Thousand training images, according to the file")});
    if (!card.takenFrom.empty())
        section.rows.append({CardText::tr("Weights"), QString::fromStdString(card.takenFrom),
                             card.notTaken.empty() ? QString()
                                                   : CardText::tr("The file holds several networks; not taken: %1")
                                                         .arg(QString::fromStdString(card.notTaken))});
    if (!card.notTaken.empty())
        section.rows.append({CardText::tr("Not taken"), QString::fromStdString(card.notTaken), {}});
    if (!card.unusedTensors.empty())
        section.rows.append({CardText::tr("Tensors left out"), QString::fromStdString(card.unusedTensors),
                             CardText::tr("They lie beside the weights and are none of the network")});
    for (const auto& [key, value] : card.metadata) {
        const QString text = QString::fromStdString(value);
        section.rows.append(
            {QString::fromStdString(key), text.size() > 200 ? text.left(200) + QChar(0x2026) : text, text.left(2000)});
    }
    for (const auto& note : card.notes) section.rows.append({CardText::tr("Note"), QString::fromStdString(note), {}});
    return section;
}

QString licenceText(const ModelCard& card) {
    switch (card.licenceKind) {
    case WeightsLicence::Embedded:
        return CardText::tr(
            "Part of Thaw: GPL-3.0-or-later. Trained from scratch on Fashion-MNIST (© Zalando SE, MIT licence).");
    case WeightsLicence::EmbeddedEmoji:
        return CardText::tr(
            "Part of Thaw: GPL-3.0-or-later. Trained from scratch on glyphs of Noto Color Emoji (© Google Inc., OFL "
            "1.1).");
    case WeightsLicence::Stated: return QString::fromStdString(card.licence);
    case WeightsLicence::PublishedNc:
        return CardText::tr(
            "The weights published with EDM and D2O are under CC BY-NC-SA 4.0: no commercial use, and what is "
            "made from them is shared alike. Your own snapshots are under your terms.");
    case WeightsLicence::Unknown: return CardText::tr("The file says nothing about its licence.");
    }
    return {};
}

QString kindTitle(ParameterKind kind) {
    switch (kind) {
    case ParameterKind::Conv0: return CardText::tr("First convolutions");
    case ParameterKind::Conv1: return CardText::tr("Second convolutions");
    case ParameterKind::Affine: return CardText::tr("Noise modulation");
    case ParameterKind::Skip: return CardText::tr("Skip convolutions");
    case ParameterKind::Qkv: return CardText::tr("Queries, keys, values");
    case ParameterKind::Proj: return CardText::tr("Attention projections");
    case ParameterKind::Norm: return CardText::tr("Norms");
    case ParameterKind::Mapping: return CardText::tr("Mapping network");
    case ParameterKind::Aux: return CardText::tr("Auxiliary outputs");
    case ParameterKind::InOut: return CardText::tr("Input and output");
    }
    return {};
}

QString kindKey(ParameterKind kind) {
    static constexpr const char* kKeys[] = {"conv0", "conv1", "affine",  "skip", "qkv",
                                            "proj",  "norm",  "mapping", "aux",  "io"};
    static_assert(std::size(kKeys) == std::size_t(ParameterKind::InOut) + 1);
    return QLatin1String(kKeys[int(kind)]);
}

}  // namespace thaw
