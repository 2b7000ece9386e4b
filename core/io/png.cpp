// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/png.h"

#include "core/io/atomic_file.h"
#include "core/values/error.h"

#include <png.h>

#include <csetjmp>
#include <cstring>
#include <ostream>
#include <stdexcept>

namespace thaw {
namespace {

// libpng reports errors by longjmp, which must not skip a destructor: everything that owns memory lives in these
// structs, outside the functions that call setjmp.
struct PngError {
    char message[128] = {};
};

void onPngError(png_structp png, png_const_charp message) {
    std::strncpy(static_cast<PngError*>(png_get_error_ptr(png))->message, message, sizeof(PngError::message) - 1);
    png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) {}

struct PngReader {
    std::string_view bytes;
    std::size_t position = 0;
    PngError error;
    png_structp png = nullptr;
    png_infop info = nullptr;
    int width = 0, height = 0, channels = 0;
    std::uint64_t packedRow = 0;  // bytes of a row as stored, before expansion
    std::vector<std::uint8_t> pixels;
    std::vector<png_bytep> rows;

    ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

void onRead(png_structp png, png_bytep target, std::size_t count) {
    auto& reader = *static_cast<PngReader*>(png_get_io_ptr(png));
    if (count > reader.bytes.size() - reader.position) png_error(png, "it ends too early");
    std::memcpy(target, reader.bytes.data() + reader.position, count);
    reader.position += count;
}

// Afterwards the size is known and nothing large is allocated yet.
bool readPngHeader(PngReader& reader) {
    if (setjmp(png_jmpbuf(reader.png))) return false;
    png_read_info(reader.png, reader.info);
    reader.packedRow = png_get_rowbytes(reader.png, reader.info);
    png_set_expand(reader.png);
    png_set_scale_16(reader.png);
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    reader.width = int(png_get_image_width(reader.png, reader.info));
    reader.height = int(png_get_image_height(reader.png, reader.info));
    reader.channels = png_get_channels(reader.png, reader.info);
    return true;
}

bool readPngRows(PngReader& reader) {
    if (setjmp(png_jmpbuf(reader.png))) return false;
    png_read_image(reader.png, reader.rows.data());
    png_read_end(reader.png, reader.info);
    return true;
}

// Grey+alpha and RGBA to grey and RGB.
void dropAlpha(PngReader& reader, const std::string& path) {
    const int kept = reader.channels - 1;
    std::size_t out = 0;
    for (std::size_t in = 0; in < reader.pixels.size(); in += std::size_t(reader.channels)) {
        if (reader.pixels[in + kept] != 255)
            throw Error(ErrorCode::WrongKind, "'" + path + "' has transparent pixels.",
                        "Flatten it onto a background and save it without an alpha channel.");
        for (int c = 0; c < kept; ++c) reader.pixels[out++] = reader.pixels[in + c];
    }
    reader.pixels.resize(out);
    reader.channels = kept;
}

struct PngWriter {
    std::string bytes;
    PngError error;
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::vector<png_text> text;

    ~PngWriter() { png_destroy_write_struct(&png, &info); }
};

void onWrite(png_structp png, png_bytep source, std::size_t count) {
    static_cast<PngWriter*>(png_get_io_ptr(png))->bytes.append(reinterpret_cast<const char*>(source), count);
}

void onFlush(png_structp) {}

bool encode(PngWriter& writer, const Image& image) {
    if (setjmp(png_jmpbuf(writer.png))) return false;
    png_set_IHDR(writer.png, writer.info, png_uint_32(image.width), png_uint_32(image.height), 8,
                 image.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (!writer.text.empty()) png_set_text(writer.png, writer.info, writer.text.data(), int(writer.text.size()));
    png_write_info(writer.png, writer.info);
    const std::size_t rowBytes = std::size_t(image.width) * image.channels;
    for (int y = 0; y < image.height; ++y) png_write_row(writer.png, image.pixels.data() + rowBytes * y);
    png_write_end(writer.png, writer.info);
    return true;
}

}  // namespace

Image parsePng(std::string_view bytes, const std::string& path, PngText* text) {
    PngReader reader;
    reader.bytes = bytes;
    const auto damaged = [&](const std::string& why) {
        return Error(ErrorCode::FileDamaged, "'" + path + "' is damaged: " + why + ".", "Copy or export it again.");
    };
    if (reader.bytes.empty()) throw damaged("it is empty");
    const std::size_t signature = std::min<std::size_t>(8, reader.bytes.size());
    if (png_sig_cmp(reinterpret_cast<png_const_bytep>(reader.bytes.data()), 0, signature) != 0)
        throw Error(ErrorCode::WrongKind, "'" + path + "' is not a PNG image.", "Convert it to PNG.");

    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader.error, onPngError, onWarning);
    reader.info = reader.png ? png_create_info_struct(reader.png) : nullptr;
    if (!reader.info) throw std::bad_alloc();
    png_set_read_fn(reader.png, &reader, onRead);
    if (!readPngHeader(reader)) throw damaged(reader.error.message);

    // Deflate shrinks at most 1032-fold, so a larger claim is a lie; it is refused before memory is asked for.
    const std::uint64_t rowBytes = png_get_rowbytes(reader.png, reader.info);
    if (reader.packedRow * std::uint64_t(reader.height) / 1032 > reader.bytes.size())
        throw damaged("it claims " + std::to_string(reader.width) + " x " + std::to_string(reader.height) +
                      " pixels in " + std::to_string(reader.bytes.size()) + " bytes");
    reader.pixels.resize(rowBytes * std::uint64_t(reader.height));
    reader.rows.resize(std::size_t(reader.height));
    for (std::size_t y = 0; y < reader.rows.size(); ++y) reader.rows[y] = reader.pixels.data() + rowBytes * y;
    if (!readPngRows(reader)) throw damaged(reader.error.message);

    if (text) {
        png_textp chunks = nullptr;
        const int count = png_get_text(reader.png, reader.info, &chunks, nullptr);
        for (int i = 0; i < count; ++i) (*text)[chunks[i].key] = chunks[i].text ? chunks[i].text : "";
    }
    if (reader.channels == 2 || reader.channels == 4) dropAlpha(reader, path);
    return {reader.width, reader.height, reader.channels, std::move(reader.pixels)};
}

void writePng(const std::string& path, const Image& image, const PngText& text) {
    if ((image.channels != 1 && image.channels != 3) || image.width < 1 || image.height < 1 ||
        image.pixels.size() != std::size_t(image.width) * image.height * image.channels)
        throw std::invalid_argument("png: the image is empty, or its pixels do not match its size");
    PngWriter writer;
    for (const auto& [key, value] : text) {
        if (key.empty() || key.size() > 79) throw std::invalid_argument("png: text key '" + key + "'");
        png_text chunk{};
        chunk.compression = PNG_ITXT_COMPRESSION_NONE;
        chunk.key = const_cast<char*>(key.c_str());
        chunk.text = const_cast<char*>(value.c_str());
        writer.text.push_back(chunk);
    }
    writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer.error, onPngError, onWarning);
    writer.info = writer.png ? png_create_info_struct(writer.png) : nullptr;
    if (!writer.info) throw std::bad_alloc();
    png_set_write_fn(writer.png, &writer, onWrite, onFlush);
    if (!encode(writer, image)) throw std::logic_error(std::string("png: ") + writer.error.message);
    writeFileAtomically(
        path, [&](std::ostream& stream) { stream.write(writer.bytes.data(), std::streamsize(writer.bytes.size())); });
}

}  // namespace thaw
