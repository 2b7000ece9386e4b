// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/file_set.h"

namespace thaw {

/// A zip or folder of PNG or JPEG images, as EDM's dataset tool writes them (or any other): images of the folder and its
/// subfolders in lexicographic order of their relative names, all square, of one size, all grey or all colour; labels
/// from a `dataset.json` at the top, none without it (folders are not taken for classes). The first image that can be
/// read sets size and channels; another size is an error naming the image. An image that cannot be read is left out,
/// counted and named in the notes, or with `strict` an error. Noted too, with their count: hidden
/// images, which are left out, and those with an Exif orientation, which are not turned. Decodes on LibTorch's threads; held in memory are the
/// pixels alone. Throws FileDamaged, WrongKind (also: no image can be read), OutOfMemory; Interrupted by `progress`.
Dataset readImageSet(const FileSet& files, const std::string& path, const DatasetOptions& options = {},
                     const Progress& progress = {});

/// A sentence on the images in hidden places, with their count; empty where there are none.
std::string hiddenImages(const FileSet& files);
/// Whether there are images among the files, hidden ones aside.
bool holdsImages(const FileSet& files);

}  // namespace thaw
