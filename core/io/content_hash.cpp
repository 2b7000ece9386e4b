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
        stream_ = std::make_unique<std::ifstream>(path_, std::ios::binary);
        hash_ = std::make_unique<ContentHash>();
    }
    std::vector<char> piece(kPiece);
    stream_->read(piece.data(), std::streamsize(piece.size()));
    hash_->add(piece.data(), std::size_t(stream_->gcount()));
    if (*stream_) return;
    // The end of the file is no failure; everything else is, a folder and a missing file among it.
    pending_ = false;
    if (stream_->eof() && !stream_->bad()) hex_ = hash_->hex();
    stream_.reset();
    hash_.reset();
}

std::string FileHash::whole() {
    while (pending_) advance();
    if (hex_.empty())
        throw Error(ErrorCode::FileMissing, "The file '" + path_ + "' cannot be read.", "Check the path.");
    return hex_;
}

std::string fileHash(const std::string& path) { return FileHash(path).whole(); }

}  // namespace thaw
