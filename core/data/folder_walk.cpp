// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_walk.h"

#include "core/data/file_names.h"
#include "core/values/error.h"

#include <sys/stat.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <set>
#include <utility>

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNamesSaid = 5;

class FolderWalk {
public:
    FolderWalk(const std::string& root, const Progress& progress) : root_(root), progress_(progress) {
        std::error_code ignored;
        canonicalRoot_ = fs::canonical(root, ignored);
    }

    FolderListing run() {
        walk(root_, {});
        // After everything that really lies below, so that a link to it does not rename it.
        while (!links_.empty()) {
            const auto name = std::move(links_.front());
            links_.pop_front();
            const auto path = fs::path(root_) / name;
            if (leadsBack(path)) leadingBack_.push_back(name);
            else walk(path, name + "/");
        }
        std::sort(listing_.names.begin(), listing_.names.end());
        note(leadingBack_, "linked folder leads", "linked folders lead", "to a folder that is read already");
        note(nowhere_, "link leads", "links lead", "nowhere");
        note(denied_, "folder", "folders", "cannot be read");
        return std::move(listing_);
    }

private:
    using Identity = std::pair<dev_t, ino_t>;

    static Identity identityOf(const fs::path& path) {
        struct stat status = {};
        if (::stat(path.c_str(), &status) != 0) return {};
        return {status.st_dev, status.st_ino};
    }

    // To a folder that was read, or to one that holds the root.
    bool leadsBack(const fs::path& path) const {
        if (read_.count(identityOf(path))) return true;
        std::error_code error;
        const auto target = fs::canonical(path, error);
        return !error &&
               std::mismatch(target.begin(), target.end(), canonicalRoot_.begin(), canonicalRoot_.end()).first ==
                   target.end();
    }

    void walk(const fs::path& folder, const std::string& prefix) {
        if (!read_.insert(identityOf(folder)).second) {
            leadingBack_.push_back(prefix.substr(0, prefix.size() - 1));
            return;
        }
        std::error_code error;
        auto it = fs::directory_iterator(folder, error);
        if (error == std::errc::permission_denied && !prefix.empty()) {
            denied_.push_back(prefix.substr(0, prefix.size() - 1));
            return;
        }
        std::vector<fs::directory_entry> entries;
        for (; !error && it != fs::directory_iterator(); it.increment(error)) entries.push_back(*it);
        if (error)
            throw Error(ErrorCode::FileMissing,
                        "The folder '" + folder.string() + "' cannot be read: " + error.message() + ".",
                        prefix.empty() ? "Check its permissions." : "Check the disk.");
        std::sort(entries.begin(), entries.end());
        for (const auto& entry : entries) take(entry, prefix + entry.path().filename().string());
    }

    void take(const fs::directory_entry& entry, const std::string& name) {
        std::error_code ignored;
        const bool link = entry.is_symlink(ignored);
        if (entry.is_regular_file(ignored)) listing_.names.push_back(name);
        else if (entry.is_directory(ignored) && link) links_.push_back(name);
        else if (entry.is_directory(ignored)) walk(entry.path(), name + "/");
        else if (link && !entry.exists(ignored) && hiddenPartOf(name).empty()) nowhere_.push_back(name);
        if (listing_.names.size() % 4096 == 1 && progress_ && !progress_(0))
            throw Error(ErrorCode::Interrupted, "Reading '" + root_ + "' was cancelled.");
    }

    void note(const std::vector<std::string>& names, const char* one, const char* several, const char* what) {
        if (names.empty()) return;
        std::string listed;
        for (std::size_t i = 0; i < std::min(names.size(), kNamesSaid); ++i) listed += (i ? ", " : "") + names[i];
        if (names.size() > kNamesSaid) listed += " and " + std::to_string(names.size() - kNamesSaid) + " more";
        listing_.notes.push_back(std::to_string(names.size()) + " " + (names.size() == 1 ? one : several) + " " + what +
                                 " and " + (names.size() == 1 ? "is" : "are") + " left out: " + listed + ".");
    }

    const std::string& root_;
    const Progress& progress_;
    fs::path canonicalRoot_;
    std::set<Identity> read_;
    std::deque<std::string> links_;
    std::vector<std::string> leadingBack_, nowhere_, denied_;
    FolderListing listing_;
};

}  // namespace

FolderListing filesBelow(const std::string& root, const Progress& progress) { return FolderWalk(root, progress).run(); }

}  // namespace thaw
