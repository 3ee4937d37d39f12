#include "drivers/qr/scanner/codec/pos_reports.hpp"

#include <algorithm>
#include <utility>

namespace drivers::qr {

namespace {

constexpr std::uint32_t scanner_page = 0x8C0000;
constexpr std::uint32_t aim_usage = scanner_page | 0xFB;  // and the two after it
constexpr std::uint32_t data_usage = scanner_page | 0xFE;
constexpr std::uint32_t more_usage = scanner_page | 0xFF;
constexpr std::size_t byte_bits = 8, aim_bytes = 3;
constexpr base::Millis part_wait{200}, another_code{2000};

bool in_bytes(const HidField& field) {
    return field.bits == byte_bits && field.first_bit % byte_bits == 0;
}

}  // namespace

std::optional<PosLayout> pos_layout(const std::vector<HidField>& fields) {
    const auto data = std::find_if(fields.begin(), fields.end(), [](const HidField& field) {
        return field.usage == data_usage && in_bytes(field) && field.count > 1;
    });
    if (data == fields.end()) return std::nullopt;
    PosLayout layout{data->report, {}, {}, data->first_bit / byte_bits, data->count, {}, 0};
    for (const auto& field : fields) {
        if (field.report != layout.report) continue;
        const auto end = field.first_bit + field.bits * field.count;
        layout.bytes = std::max(layout.bytes, (end + byte_bits - 1) / byte_bits);
        if (field.usage == more_usage && field.bits > 0) layout.more_bit = field.first_bit;
        if (!in_bytes(field)) continue;
        const auto byte = field.first_bit / byte_bits;
        if (field.usage == aim_usage) layout.aim_byte = byte;
        // Its usage differs between makers; it is the byte before all others that is not of theirs.
        else if (byte == 0 && field.count == 1 && field.usage >> 16U != scanner_page >> 16U)
            layout.length_byte = byte;
    }
    if (layout.aim_byte && *layout.aim_byte + aim_bytes > layout.bytes) layout.aim_byte.reset();
    return layout;
}

void PosReports::drop() {
    base::wipe(text_);
    text_.clear();
    aim_.clear();
    begun_ = spoilt_ = false;
}

std::optional<ScannedText> PosReports::take(base::ByteView report, base::Millis now) {
    if (layout_.report != 0) {
        if (report.empty() || report.front() != layout_.report) return std::nullopt;
        report = report.subspan(1);
    }
    if (begun_ && now - last_ > another_code) drop();
    spoilt_ = spoilt_ || (begun_ && now - last_ > part_wait);
    last_ = now;
    if (report.size() < layout_.bytes) {
        spoilt_ = spoilt_ || begun_;
        return std::nullopt;
    }
    const auto data = report.subspan(layout_.data_byte, layout_.data_bytes);
    std::size_t length = data.size();
    if (layout_.length_byte)
        length = report[*layout_.length_byte];
    else
        while (length > 0 && data[length - 1] == 0) --length;
    const bool more =
        layout_.more_bit &&
        (report[*layout_.more_bit / byte_bits] >> (*layout_.more_bit % byte_bits) & 1U) != 0;
    // The length byte is not trusted.
    spoilt_ = spoilt_ || length > data.size() || text_.size() + length > longest_code;
    if (!spoilt_) {
        const auto part = base::as_text(data.first(length));
        text_.append(part);
        if (!begun_ && layout_.aim_byte && report[*layout_.aim_byte] == ']')
            aim_ = base::as_text(report.subspan(*layout_.aim_byte, aim_bytes));
    }
    begun_ = true;
    if (more) return std::nullopt;
    std::optional<ScannedText> whole;
    if (!spoilt_ && !text_.empty()) whole = ScannedText{aim_, base::SecretText(text_)};
    drop();
    return whole;
}

std::vector<base::SecretText> PosReports::take(std::size_t, base::ByteView report,
                                               base::Millis now) {
    if (report.empty()) return {};
    const auto whole = take(report, now);
    if (!whole) return {};
    std::string text = *whole->text;
    for (const char end : {'\n', '\r'})
        if (text.ends_with(end)) text.pop_back();
    if (text.empty()) return {};
    std::vector<base::SecretText> out;
    out.emplace_back(std::move(text));
    return out;
}

}  // namespace drivers::qr
