#include "domain/photographed_sheet.hpp"

#include "base/assert.hpp"

#include <utility>

namespace domain {

base::Status PhotographedPages::add(PhotographedPage page) {
    if (pages_.size() >= limits_.pages) return base::fail(base::FaultCode::PagesTooMany, "pages");
    if (bytes() + page.jpeg->size() > limits_.all_bytes)
        return base::fail(base::FaultCode::PagesTooMany, "bytes");
    pages_.push_back(std::move(page));
    return {};
}

base::Status PhotographedPages::retake(std::size_t number, PhotographedPage page) {
    KIOSK_ASSERT(number < pages_.size());
    if (bytes() - pages_[number].jpeg->size() + page.jpeg->size() > limits_.all_bytes)
        return base::fail(base::FaultCode::PagesTooMany, "bytes");
    pages_[number] = std::move(page);
    return {};
}

void PhotographedPages::remove(std::size_t number) {
    KIOSK_ASSERT(number < pages_.size());
    pages_.erase(pages_.begin() + static_cast<std::ptrdiff_t>(number));
}

std::size_t PhotographedPages::bytes() const {
    std::size_t sum = 0;
    for (const auto& page : pages_) sum += page.jpeg->size();
    return sum;
}

}  // namespace domain
