// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_set.h"

#include "core/data/file_names.h"
#include "core/data/image_decode.h"
#include "core/data/label_file.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace thaw {
namespace {

constexpr std::size_t kPiece = 512;  // images between two questions to the caller
constexpr std::size_t kNamesInNote = 10;
constexpr std::uint64_t kMaxLabelBytes = std::uint64_t(1) << 30;
const char* const kLabelFile = "dataset.json";

struct Outcome {
    bool good = false;
    std::optional<Error> fault;       // it cannot be read
    std::optional<Error> otherShape;  // readable, but not like the others
    bool sixteenBit = false, alphaDropped = false, orientation = false;
};

class Scan {
public:
    Scan(const FileSet& files, const std::string& path, const DatasetOptions& options, const Progress& progress)
        : files_(files), path_(path), options_(options), progress_(progress) {}

    Dataset run() {
        chooseImages();
        findShape();
        decodeAll();
        Dataset data;
        data.path = path_;
        data.title = fileTitle(path_);
        data.images = images_.slice(0, 0, std::int64_t(kept_.size()));
        addLabels(data);
        addNotes(data);
        return data;
    }

private:
    void chooseImages() {
        for (std::size_t i = 0; i < files_.names().size(); ++i)
            if (isImageName(files_.names()[i])) chosen_.push_back(i);
        if (chosen_.empty())
            throw Error(ErrorCode::WrongKind, "'" + path_ + "' holds no images.", "It needs PNG or JPEG files.");
        if (const auto subset = chosenIndices(std::int64_t(chosen_.size()), options_); subset.defined()) {
            std::vector<std::size_t> some;
            for (std::int64_t k = 0; k < subset.size(0); ++k)
                some.push_back(chosen_[std::size_t(subset.data_ptr<std::int64_t>()[k])]);
            chosen_ = std::move(some);
        }
    }

    // The first image that can be read gives it.
    void findShape() {
        std::optional<Error> first;
        for (const auto index : chosen_) {
            std::optional<DecodedImage> decoded;
            try {
                decoded = decodeImage(files_.read(index, kMaxImageFileBytes), files_.title(index));
            } catch (const Error& fault) {
                if (options_.strict) throw;
                if (!first) first = fault;
                ask(0);
                continue;
            }
            return takeShape(decoded->image, files_.title(index));
        }
        throw Error(first->code(), "No image of '" + path_ + "' can be read; the first: " + first->message(),
                    first->hint());
    }

    void takeShape(const Image& image, const std::string& title) {
        requireImageShape(title, image.channels, image.height, image.width);
        channels_ = image.channels;
        resolution_ = image.width;
        pattern_ = title;
        const auto count = std::int64_t(chosen_.size());
        requireMemory(path_, count, channels_, resolution_);
        images_ = torch::empty({count, channels_, resolution_, resolution_}, torch::kByte);
    }

    Outcome decode(const FileSet& files, std::size_t index, std::uint8_t* target) const {
        Outcome outcome;
        try {
            const auto decoded = decodeImage(files.read(index, kMaxImageFileBytes), files.title(index));
            const auto& image = decoded.image;
            if (image.channels != channels_ || image.width != resolution_ || image.height != resolution_) {
                outcome.otherShape =
                    Error(ErrorCode::WrongKind,
                          "'" + files.title(index) + "' is " + describe(image.width, image.height, image.channels) +
                              ", '" + pattern_ + "' is " + describe(resolution_, resolution_, channels_) + ".",
                          "All images of a data set need one size and the same channels.");
                return outcome;
            }
            const std::size_t plane = std::size_t(resolution_) * std::size_t(resolution_);
            for (std::size_t c = 0; c < std::size_t(channels_); ++c)
                for (std::size_t p = 0; p < plane; ++p)
                    target[c * plane + p] = image.pixels[p * std::size_t(channels_) + c];
            outcome.good = true;
            outcome.sixteenBit = decoded.sixteenBit;
            outcome.alphaDropped = decoded.alphaDropped;
            outcome.orientation = decoded.orientation;
        } catch (const Error& fault) {
            outcome.fault = fault;
        }
        return outcome;
    }

    void decodeAll() {
        std::vector<std::unique_ptr<FileSet>> readers(std::size_t(std::max(1, at::get_num_threads())));
        const std::size_t bytes = std::size_t(channels_) * std::size_t(resolution_) * std::size_t(resolution_);
        auto* const pixels = images_.data_ptr<std::uint8_t>();
        for (std::size_t first = 0; first < chosen_.size(); first += kPiece) {
            if (first > 0) ask(double(first) / double(chosen_.size()));
            const std::size_t count = std::min(kPiece, chosen_.size() - first), slot = kept_.size();
            std::vector<Outcome> outcomes(count);
            at::parallel_for(0, std::int64_t(count), 16, [&](std::int64_t begin, std::int64_t end) {
                auto& reader = readers.at(std::size_t(at::get_thread_num()));
                if (!reader) reader = files_.reopened();
                for (auto i = std::size_t(begin); i < std::size_t(end); ++i)
                    outcomes[i] = decode(*reader, chosen_[first + i], pixels + (slot + i) * bytes);
            });
            for (std::size_t i = 0; i < count; ++i) keep(outcomes[i], chosen_[first + i], pixels, slot + i, bytes);
        }
    }

    // Closes the gaps that unreadable images leave.
    void keep(const Outcome& outcome, std::size_t index, std::uint8_t* pixels, std::size_t from, std::size_t bytes) {
        if (outcome.otherShape) throw *outcome.otherShape;
        if (outcome.fault) {
            if (options_.strict) throw *outcome.fault;
            if (broken_.empty()) firstFault_ = outcome.fault->message();
            broken_.push_back(index);
            return;
        }
        if (kept_.size() != from) std::memcpy(pixels + kept_.size() * bytes, pixels + from * bytes, bytes);
        sixteenBit_ += outcome.sixteenBit;
        alphaDropped_ += outcome.alphaDropped;
        turned_ += outcome.orientation;
        kept_.push_back(index);
    }

    void addLabels(Dataset& data) const {
        const auto at = files_.find(kLabelFile);
        if (!at) {
            const auto nested = std::find_if(files_.names().begin(), files_.names().end(), [](const std::string& name) {
                return name.ends_with(std::string("/") + kLabelFile);
            });
            if (nested != files_.names().end())
                data.notes.push_back("'" + *nested + "' is not at the top of '" + path_ +
                                     "', so its labels are not used.");
            return;
        }
        std::vector<std::string> names;
        for (const auto index : kept_) names.push_back(files_.names()[index]);
        const auto text = files_.read(*at, kMaxLabelBytes);
        data.labels = parseLabels(text, names, files_.title(*at));
        if (!data.labels.defined() && text.find("\"labels\"") == std::string::npos)
            data.notes.push_back("'" + files_.title(*at) + "' has no \"labels\", so the images have none.");
        requireValidLabels(data);
    }

    void addNotes(Dataset& data) const {
        data.notes.insert(data.notes.end(), files_.notes().begin(), files_.notes().end());
        if (const auto hidden = hiddenImages(files_); !hidden.empty()) data.notes.push_back(hidden);
        if (!broken_.empty()) {
            std::string names;
            for (std::size_t i = 0; i < std::min(broken_.size(), kNamesInNote); ++i)
                names += (i ? ", " : "") + files_.names()[broken_[i]];
            if (broken_.size() > kNamesInNote)
                names += " and " + std::to_string(broken_.size() - kNamesInNote) + " more";
            data.notes.push_back(countedImages(broken_.size()) + " of " + std::to_string(chosen_.size()) +
                                 " cannot be read and " + (broken_.size() == 1 ? "is" : "are") + " left out: " + names +
                                 ". The first: " + firstFault_);
        }
        if (sixteenBit_) data.notes.push_back(countedImages(sixteenBit_) + " of 16 bits a channel became 8 bits.");
        if (alphaDropped_)
            data.notes.push_back(countedImages(alphaDropped_) + " lost an alpha channel that hid nothing.");
        if (turned_)
            data.notes.push_back(countedImages(turned_) + (turned_ == 1 ? " carries" : " carry") +
                                 " an Exif orientation and " + (turned_ == 1 ? "is" : "are") +
                                 " taken as stored, not turned.");
    }

    void ask(double share) const {
        if (progress_ && !progress_(share))
            throw Error(ErrorCode::Interrupted, "Reading '" + path_ + "' was cancelled.");
    }

    static std::string describe(int width, int height, int channels) {
        return std::to_string(width) + "×" + std::to_string(height) + (channels == 1 ? " grey" : " colour");
    }

    const FileSet& files_;
    const std::string& path_;
    const DatasetOptions& options_;
    const Progress& progress_;
    std::vector<std::size_t> chosen_, kept_, broken_;  // indices of files
    int channels_ = 0, resolution_ = 0;
    std::string pattern_, firstFault_;
    torch::Tensor images_;
    std::size_t sixteenBit_ = 0, alphaDropped_ = 0, turned_ = 0;
};

}  // namespace

Dataset readImageSet(const FileSet& files, const std::string& path, const DatasetOptions& options,
                     const Progress& progress) {
    return Scan(files, path, options, progress).run();
}

std::string hiddenImages(const FileSet& files) {
    std::map<std::string_view, std::size_t> places;
    std::size_t count = 0;
    for (const auto& name : files.names())
        if (const auto place = hiddenPartOf(name); !place.empty() && hasImageEnding(name)) {
            ++places[place];
            ++count;
        }
    if (count == 0) return {};
    std::string listed;
    std::size_t said = 0;
    for (const auto& [place, images] : places) {
        if (said++ == kNamesInNote) break;
        listed += (listed.empty() ? "" : ", ") + std::string(place);
    }
    if (places.size() > kNamesInNote) listed += " and " + std::to_string(places.size() - kNamesInNote) + " more";
    return countedImages(count) + " of hidden files and folders " + (count == 1 ? "is" : "are") +
           " left out: " + listed + ".";
}

bool holdsImages(const FileSet& files) {
    return std::any_of(files.names().begin(), files.names().end(),
                       [](const std::string& name) { return isImageName(name); });
}

}  // namespace thaw
