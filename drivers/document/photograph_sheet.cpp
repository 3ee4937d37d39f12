#include "drivers/document/photograph_sheet.hpp"

#include "drivers/document/measures.hpp"
#include "drivers/document/page_jpeg.hpp"
#include "drivers/document/rectify.hpp"

#include <algorithm>
#include <utility>

namespace drivers::document {

namespace {

using base::MessageId;
using domain::SheetGuidance;

// A page of A4 with fewer pixels cannot be read: about 70 dpi.
constexpr double least_share_of_picture = 0.12;
constexpr int preview_side = 420;

SheetGuidance judged(const domain::Picture& page) {
    const double paper = paper_luma(page);
    if (is_too_dark(paper)) return SheetGuidance::too_dark;
    if (has_glare(glare_share(page, paper))) return SheetGuidance::glare;
    return is_blurred(edge_steepness(page, paper)) ? SheetGuidance::blurred : SheetGuidance::good;
}

// Everything but what has to be read off the straightened page.
base::Result<SheetLook> placed(const domain::Picture& picture) {
    SheetLook look;
    const auto sheets = TRY(find_sheets(picture));
    if (sheets.empty()) return look;
    const auto& sheet = sheets.front();
    look.corners = sheet.corners;
    if (sheets.size() > 1 && sheets[1].share > sheet.share / 4)
        look.guidance = SheetGuidance::several_sheets;
    else if (is_cut_off(sheet.corners, picture.width, picture.height))
        look.guidance = SheetGuidance::cut_off;
    else if (sheet.share < least_share_of_picture)
        look.guidance = SheetGuidance::too_far;
    else if (is_slanted(sheet.corners))
        look.guidance = SheetGuidance::slanted;
    else
        look.guidance = SheetGuidance::good;
    return look;
}

}  // namespace

base::Result<SheetLook> look_at_sheet(const domain::Picture& picture) {
    auto look = TRY(placed(picture));
    if (look.guidance != SheetGuidance::good) return look;
    const base::Secret page(
        TRY(rectified(picture, *look.corners,
                      page_size(*look.corners, picture.width, picture.height, preview_side))));
    const auto guidance = judged(*page);
    // Scaled down, everything looks sharp enough or not sharp at all: the full page decides.
    look.guidance = guidance == SheetGuidance::blurred ? SheetGuidance::good : guidance;
    return look;
}

base::Result<SheetPhoto> photograph_sheet(const domain::Picture& picture,
                                          const domain::PageLimits& limits) {
    const auto look = TRY(placed(picture));
    SheetPhoto photo;
    photo.guidance = look.guidance;
    if (look.guidance != SheetGuidance::good) return photo;
    const base::Secret raw(
        TRY(rectified(picture, *look.corners,
                      page_size(*look.corners, picture.width, picture.height, limits.side))));
    photo.guidance = judged(*raw);
    if (photo.guidance != SheetGuidance::good) return photo;
    photo.picture = base::Secret(TRY(enhanced(*raw)));
    photo.page = TRY(page_jpeg(*photo.picture, limits));
    return photo;
}

MessageId words_of(SheetGuidance guidance) {
    switch (guidance) {
        case SheetGuidance::lens_covered:
            return MessageId::guide_lens_covered;
        case SheetGuidance::no_sheet:
            return MessageId::sheet_none;
        case SheetGuidance::several_sheets:
            return MessageId::sheet_several;
        case SheetGuidance::cut_off:
            return MessageId::sheet_cut_off;
        case SheetGuidance::too_far:
            return MessageId::sheet_too_far;
        case SheetGuidance::slanted:
            return MessageId::sheet_slanted;
        case SheetGuidance::too_dark:
            return MessageId::sheet_too_dark;
        case SheetGuidance::glare:
            return MessageId::sheet_glare;
        case SheetGuidance::blurred:
            return MessageId::sheet_blurred;
        case SheetGuidance::good:
            break;
    }
    return MessageId::sheet_good;
}

}  // namespace drivers::document
