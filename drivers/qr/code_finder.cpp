#include "drivers/qr/code_finder.hpp"

#include "drivers/qr/reading/code_library.hpp"
#include "drivers/qr/reading/looks.hpp"

#include <string>
#include <utility>

namespace drivers::qr {

namespace {

using Found = std::optional<base::SecretText>;

constexpr std::size_t large_frame = 1024 * 768;  // pixels

Found secret(std::optional<std::string> text) {
    return text ? Found(base::SecretText(std::move(*text))) : std::nullopt;
}

Found find_in(const domain::GreyPicture& grey, Look look) {
    auto seen = look_at(grey, look);
    if (!seen) return std::nullopt;
    auto found = secret(read_code(*seen));
    seen->wipe();
    return found;
}

}  // namespace

Found find_code(const domain::Picture& picture) {
    auto grey = grey_of(picture);
    auto found = secret(read_code(grey));
    for (auto look = all_looks.begin(); !found && look != all_looks.end(); ++look)
        found = find_in(grey, *look);
    grey.wipe();
    return found;
}

Found FrameFinder::find(const domain::Picture& picture) {
    constexpr std::size_t whole_every = 4;
    const std::size_t number = frames_++;
    auto grey = grey_of(picture);
    if (grey.grey.size() > large_frame && number % whole_every != 0)
        if (auto half = look_at(grey, Look::half)) {
            grey.wipe();
            grey = std::move(*half);
        }
    auto found = number % 2 == 0 ? secret(read_code(grey))
                                 : find_in(grey, all_looks[number / 2 % all_looks.size()]);
    grey.wipe();
    return found;
}

}  // namespace drivers::qr
