// Pictures from files: PNG, JPEG and WebP, told apart by their first bytes, whatever the file is
// called. For tools and the emulated devices; a terminal in service reads no picture of a person
// from a disk. Faults: FileUnreadable (its detail is the path), BytesMalformed for what is no such
// picture, is cut off or is wider or higher than 8192 pixels. What is transparent becomes white.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/picture.hpp"

#include <string>

namespace drivers::pictures {

base::Result<domain::Picture> load_picture(const std::string& path);
// The same of a file's bytes; pure.
base::Result<domain::Picture> decoded_picture(base::ByteView file);

}  // namespace drivers::pictures
