#include "drivers/qr/scanner/codec/hid_descriptor.hpp"

#include <algorithm>
#include <array>

namespace drivers::qr {

namespace {

// Bounds far above any scanner's: what is beyond is nonsense or ill will.
constexpr std::size_t most_fields = 256, most_bits = 4096 * 8, deepest = 16, most_usages = 256;
constexpr std::uint32_t page_shift = 16;

// The item's first byte without its two bits of size.
enum Item : std::uint8_t {
    input = 0x80,
    output = 0x90,
    feature = 0xB0,
    collection = 0xA0,
    end_collection = 0xC0,
    usage_page = 0x04,
    report_size = 0x74,
    report_id = 0x84,
    report_count = 0x94,
    push = 0xA4,
    pop = 0xB4,
    usage = 0x08,
    usage_minimum = 0x18,
    usage_maximum = 0x28,
};
constexpr std::uint8_t long_item = 0xFE, size_bits = 0x03;
constexpr std::uint32_t constant = 0x01, variable = 0x02;

struct Globals {
    std::uint32_t page = 0;
    std::size_t bits = 0, count = 0;
    std::uint8_t report = 0;
};

class Parser {
  public:
    // False: malformed.
    bool take(std::uint8_t item, std::uint32_t value, std::size_t size) {
        switch (item) {
            case usage_page:
                now_.page = value & 0xFFFFU;
                return true;
            case report_size:
                now_.bits = value;
                return value <= most_bits;
            case report_count:
                now_.count = value;
                return value <= most_bits;
            case report_id:
                now_.report = static_cast<std::uint8_t>(value);
                return value > 0 && value <= 0xFF;
            case push:
                stack_.push_back(now_);
                return stack_.size() <= deepest;
            case pop:
                return popped();
            case usage:
                return used(whole(value, size));
            case usage_minimum:
                minimum_ = whole(value, size);
                return true;
            case usage_maximum:
                return used_up_to(whole(value, size));
            case collection:
                usages_.clear();
                return ++depth_ <= deepest;
            case end_collection:
                usages_.clear();
                return depth_-- > 0;
            case input:
                return entered(value);
            case output:
            case feature:
                usages_.clear();
                return true;
            default:
                return true;  // physical units, strings, logical bounds
        }
    }
    bool closed() const { return depth_ == 0; }
    std::vector<HidField> fields;

  private:
    std::uint32_t whole(std::uint32_t value, std::size_t size) const {
        return size > 2 ? value : now_.page << page_shift | value;
    }
    bool popped() {
        if (stack_.empty()) return false;
        now_ = stack_.back();
        stack_.pop_back();
        return true;
    }
    bool used(std::uint32_t one) {
        usages_.push_back(one);
        return usages_.size() <= most_usages;
    }
    // A range is only told apart as far as its fields are.
    bool used_up_to(std::uint32_t last) {
        for (auto one = minimum_; one <= last && usages_.size() < most_usages; ++one) {
            usages_.push_back(one);
            if (one == last) break;
        }
        return true;
    }
    bool entered(std::uint32_t flags) {
        auto& end = ends_.at(now_.report);
        if (now_.bits * now_.count > most_bits - end) return false;
        const bool padding = (flags & constant) != 0;
        const bool array = (flags & variable) == 0;
        for (std::size_t value = 0, which = 0; value < now_.count; ++which) {
            const bool last = array || padding || which + 1 >= usages_.size();
            const std::size_t count = last ? now_.count - value : 1;
            const auto named =
                padding || usages_.empty() ? 0 : usages_.at(std::min(which, usages_.size() - 1));
            fields.push_back({now_.report, named, end, now_.bits, count});
            if (fields.size() > most_fields) return false;
            end += now_.bits * count;
            value += count;
        }
        usages_.clear();
        return true;
    }

    Globals now_;
    std::vector<Globals> stack_;
    std::vector<std::uint32_t> usages_;
    std::uint32_t minimum_ = 0;
    std::size_t depth_ = 0;
    std::array<std::size_t, 256> ends_{};  // bits so far, of each report
};

}  // namespace

base::Result<std::vector<HidField>> input_fields(base::ByteView descriptor) {
    const auto malformed = [] {
        return base::fail(base::FaultCode::BytesMalformed, "report descriptor");
    };
    Parser parser;
    for (std::size_t at = 0; at < descriptor.size();) {
        const std::uint8_t prefix = descriptor[at++];
        if (prefix == long_item) {  // none is defined: passed over by its size
            if (descriptor.size() - at < 2 || descriptor.size() - at - 2 < descriptor[at])
                return malformed();
            at += 2U + descriptor[at];
            continue;
        }
        const std::size_t size = (prefix & size_bits) == 3 ? 4 : prefix & size_bits;
        if (descriptor.size() - at < size) return malformed();
        std::uint32_t value = 0;
        for (std::size_t i = size; i-- > 0;) value = value << 8U | descriptor[at + i];
        at += size;
        if (!parser.take(static_cast<std::uint8_t>(prefix & ~size_bits), value, size))
            return malformed();
    }
    if (!parser.closed()) return malformed();
    return std::move(parser.fields);
}

}  // namespace drivers::qr
