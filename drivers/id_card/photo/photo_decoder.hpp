// The picture on the chip has no open decoder: an optional program of its own decodes it, out of
// this process. It gets the 1024 bytes on stdin and answers 38 556 bytes, 102×126 RGB from the top
// left, on stdout, within two seconds, or is killed. No shell, no environment, no other
// descriptors; it cannot connect to anything nor write to a disk (plugin_confinement.hpp). Any one
// thread at a time. Faults: PhotoDecoderAbsent, PhotoUndecodable.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/picture.hpp"

#include <string>

namespace drivers::id_card {

class PhotoDecoder {
  public:
    // Absolute path; empty = there is none.
    explicit PhotoDecoder(std::string program) : program_(std::move(program)) {}

    bool is_present() const;
    base::Result<base::Secret<domain::Picture>> decode(base::ByteView chip_photo) const;

  private:
    std::string program_;
};

}  // namespace drivers::id_card
