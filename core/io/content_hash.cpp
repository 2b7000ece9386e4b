// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/content_hash.h"

#include "core/values/error.h"

#include <openssl/evp.h>

#include <fstream>
#include <vector>

namespace thaw {

struct ContentHash::Impl {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~Impl() { EVP_MD_CTX_free(context); }
};

ContentHash::ContentHash() : impl_(std::make_unique<Impl>()) {
    EVP_DigestInit_ex(impl_->context, EVP_sha256(), nullptr);
}
ContentHash::~ContentHash() = default;

void ContentHash::add(const void* bytes, std::size_t size) { EVP_DigestUpdate(impl_->context, bytes, size); }

std::string ContentHash::hex() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(impl_->context, digest, &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += "0123456789abcdef"[digest[i] >> 4];
        text += "0123456789abcdef"[digest[i] & 15];
    }
    return text;
}

void FileHash::advance() {
    constexpr std::size_t kPiece = 4 << 20;
    if (!pending_) return;
    if (!stream_) {
        stream_ = std::make_unique<std::ifstream>(files_[next_], std::ios::binary);
        if (!hash_) hash_ = std::make_unique<ContentHash>();
    }
    std::vector<char> piece(kPiece);
    stream_->read(piece.data(), std::streamsize(piece.size()));
    hash_->add(piece.data(), std::size_t(stream_->gcount()));
    if (*stream_) return;
    // The end of the file is no failure; everything else is, a folder and a missing file among it.
    const bool read = stream_->eof() && !stream_->bad();
    stream_.reset();
    if (read && ++next_ < files_.size()) return;
    pending_ = false;
    if (read) hex_ = hash_->hex();
    hash_.reset();
}

std::string FileHash::whole() {
    while (pending_) advance();
    if (hex_.empty())
        throw Error(ErrorCode::FileMissing,
                    "The file '" + (next_ < files_.size() ? files_[next_] : path_) + "' cannot be read.",
                    "Check the path.");
    return hex_;
}

std::string fileHash(const std::string& path) { return FileHash(path).whole(); }
std::string fileHash(const std::vector<std::string>& files) { return FileHash(files).whole(); }

}  // namespace thaw
