#include "drivers/qr/read_picture.hpp"

#include "drivers/qr/reading/code_library.hpp"
#include "drivers/qr/reading/looks.hpp"

#include <algorithm>
#include <utility>

namespace drivers::qr {

namespace {

std::vector<PictureCode> codes_in(const domain::GreyPicture& grey) {
    std::vector<PictureCode> out;
    for (auto& one : read_codes(grey)) {
        PictureCode code{base::SecretText(std::move(one.text)), base::Secret(std::move(one.bytes))};
        if (std::none_of(out.begin(), out.end(),
                         [&](const auto& other) { return other.bytes == code.bytes; }))
            out.push_back(std::move(code));
    }
    return out;
}

}  // namespace

std::vector<PictureCode> read_picture(const domain::Picture& picture) {
    auto grey = grey_of(picture);
    auto found = codes_in(grey);
    for (auto look = all_looks.begin(); found.empty() && look != all_looks.end(); ++look)
        if (auto seen = look_at(grey, *look)) {
            found = codes_in(*seen);
            seen->wipe();
        }
    grey.wipe();
    return found;
}

}  // namespace drivers::qr
