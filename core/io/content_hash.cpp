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

std::string fileHash(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw Error(ErrorCode::FileMissing, "The file '" + path + "' cannot be read.", "Check the path.");
    ContentHash hash;
    std::vector<char> block(1 << 20);
    while (stream.read(block.data(), std::streamsize(block.size())), stream.gcount() > 0)
        hash.add(block.data(), std::size_t(stream.gcount()));
    return hash.hex();
}

}  // namespace thaw
