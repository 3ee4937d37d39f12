// From one picture of the document camera to a page, or to what is in the way. Pure: the whole of
// what the driver does with a picture, for files and tests too. Any thread. Fault: InternalError
// when a library refuses.
#pragma once

#include "base/message_id.hpp"
#include "domain/photographed_sheet.hpp"
#include "domain/picture.hpp"
#include "drivers/document/sheet_finder.hpp"

#include <optional>

namespace drivers::document {

struct SheetLook {
    domain::SheetGuidance guidance = domain::SheetGuidance::no_sheet;
    std::optional<Corners> corners;  // of the one sheet, to be drawn over the preview
};

struct SheetPhoto {
    domain::SheetGuidance guidance = domain::SheetGuidance::no_sheet;
    std::optional<domain::PhotographedPage> page;  // with guidance good only
    base::Secret<domain::Picture> picture;         // the page's pixels, to be shown; as page
};

// For the preview: cheaper, because nothing is straightened at full size.
base::Result<SheetLook> look_at_sheet(const domain::Picture& picture);
base::Result<SheetPhoto> photograph_sheet(const domain::Picture& picture,
                                          const domain::PageLimits& limits = {});

// One sentence for whoever lays the paper there.
base::MessageId words_of(domain::SheetGuidance guidance);

}  // namespace drivers::document
