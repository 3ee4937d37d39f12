// Paper photographed by the document camera: what is said of a picture of it, one page, and the
// pages of one material. Values only; pages are a person's and live in Secret<>.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <vector>

namespace domain {

// What keeps a picture of a sheet from being taken, worst first; one sentence for each.
enum class SheetGuidance {
    lens_covered,
    no_sheet,
    several_sheets,
    cut_off,  // runs over the edge of the picture
    too_far,  // too few pixels to be read
    slanted,  // seen from too far aside
    too_dark,
    glare,  // a lamp is mirrored on it
    blurred,
    good
};

// How large a page may be: the centre takes no more, and a long side that nobody needs is scaled.
struct PageLimits {
    int side = 1754;              // pixels, the long one: A4 at 150 dpi
    std::size_t bytes = 600'000;  // of one page's JPEG
    std::size_t pages = 12;       // of one material
    std::size_t all_bytes = 4'000'000;
};

struct PhotographedPage {
    base::Secret<base::Bytes> jpeg;
    int width = 0;
    int height = 0;
};

// The pages of one material, in order. A page taken anew stands where the old one stood.
class PhotographedPages {
  public:
    explicit PhotographedPages(PageLimits limits = {}) : limits_(limits) {}

    // Fault PagesTooMany: the number or the bytes of all pages would be over the limit; nothing is
    // changed then.
    base::Status add(PhotographedPage page);
    base::Status retake(std::size_t number, PhotographedPage page);
    void remove(std::size_t number);

    const std::vector<PhotographedPage>& pages() const { return pages_; }
    std::size_t bytes() const;

  private:
    PageLimits limits_;
    std::vector<PhotographedPage> pages_;
};

}  // namespace domain
