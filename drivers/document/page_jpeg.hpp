// A page as JPEG that is not larger than allowed: first with less quality, then with fewer pixels.
// Pure. Faults: PageTooLarge where even a small poor one is too large, InternalError.
#pragma once

#include "domain/photographed_sheet.hpp"
#include "domain/picture.hpp"

namespace drivers::document {

base::Result<domain::PhotographedPage> page_jpeg(const domain::Picture& page,
                                                 const domain::PageLimits& limits);

}  // namespace drivers::document
