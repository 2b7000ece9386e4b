// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/jpeg.h"

#include "core/values/error.h"

#include <csetjmp>
#include <cstdio>
// After cstdio: it uses FILE without naming it.
#include <jpeglib.h>

#include <jerror.h>

namespace thaw {
namespace {

constexpr std::uint64_t kMaxPixels = 64'000'000;

// libjpeg reports errors by calling back, from where we jump; everything that owns memory lives outside the functions
// that call setjmp.
struct Fault {
    jpeg_error_mgr manager;  // first, so that its address is ours
    std::jmp_buf target;
    char message[JMSG_LENGTH_MAX] = {};
};

void onJpegError(j_common_ptr info) {
    auto* fault = reinterpret_cast<Fault*>(info->err);
    info->err->format_message(info, fault->message);
    std::longjmp(fault->target, 1);
}

// A truncated file is only a warning to libjpeg, which fills the rest with grey. Other warnings are harmless.
void onJpegMessage(j_common_ptr info, int level) {
    if (level < 0 && (info->err->msg_code == JWRN_JPEG_EOF || info->err->msg_code == JWRN_HIT_MARKER))
        onJpegError(info);
}

struct Decoder {
    Fault fault;
    jpeg_decompress_struct info{};
    Image image;

    Decoder() {
        info.err = jpeg_std_error(&fault.manager);
        fault.manager.error_exit = onJpegError;
        fault.manager.emit_message = onJpegMessage;
    }
    ~Decoder() { jpeg_destroy_decompress(&info); }
};

// Afterwards the size is known and nothing large is allocated yet.
bool readJpegHeader(Decoder& d, std::string_view bytes) {
    if (setjmp(d.fault.target)) return false;
    jpeg_create_decompress(&d.info);
    jpeg_mem_src(&d.info, reinterpret_cast<const unsigned char*>(bytes.data()),
                 static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&d.info, TRUE);
    d.info.out_color_space = d.info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    return true;
}

bool readJpegRows(Decoder& d) {
    if (setjmp(d.fault.target)) return false;
    jpeg_start_decompress(&d.info);
    const std::size_t rowBytes = std::size_t(d.image.width) * std::size_t(d.image.channels);
    while (d.info.output_scanline < d.info.output_height) {
        JSAMPROW row = d.image.pixels.data() + rowBytes * d.info.output_scanline;
        jpeg_read_scanlines(&d.info, &row, 1);
    }
    jpeg_finish_decompress(&d.info);
    return true;
}

}  // namespace

Image parseJpeg(std::string_view bytes, const std::string& source) {
    if (!bytes.starts_with("\xff\xd8\xff"))
        throw Error(ErrorCode::WrongKind, "'" + source + "' is not a JPEG image.", "Convert it to PNG.");
    const auto damaged = [&](const std::string& why) {
        return Error(ErrorCode::FileDamaged, "'" + source + "' is damaged: " + why + ".", "Copy or export it again.");
    };
    Decoder decoder;
    if (!readJpegHeader(decoder, bytes)) throw damaged(decoder.fault.message);
    const auto& info = decoder.info;
    if (info.num_components != 1 && info.num_components != 3)
        throw Error(ErrorCode::WrongKind, "'" + source + "' is a CMYK image.", "Convert it to RGB.");
    if (std::uint64_t(info.image_width) * info.image_height > kMaxPixels)
        throw damaged("it claims " + std::to_string(info.image_width) + " x " + std::to_string(info.image_height) +
                      " pixels");
    auto& image = decoder.image;
    image = {int(info.image_width), int(info.image_height), info.num_components, {}};
    image.pixels.resize(std::size_t(image.width) * std::size_t(image.height) * std::size_t(image.channels));
    if (!readJpegRows(decoder)) throw damaged(decoder.fault.message);
    return std::move(image);
}

}  // namespace thaw
