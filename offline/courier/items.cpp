#include "offline/courier/items.hpp"

#include "base/assert.hpp"

#include <algorithm>

namespace offline::courier {

namespace {

using base::FaultCode;

constexpr std::size_t head_bytes = 5, slice_head_bytes = 24;

void put_number(base::Bytes& out, std::uint64_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint64_t number_at(base::ByteView bytes) {
    std::uint64_t out = 0;
    for (const auto byte : bytes) out = out << 8 | byte;
    return out;
}

}  // namespace

base::Bytes encode_item(ItemKind kind, base::ByteView bytes) {
    KIOSK_ASSERT(bytes.size() <= item_bytes_max);
    base::Bytes out;
    out.reserve(head_bytes + bytes.size());
    put_number(out, bytes.size(), 4);
    out.push_back(static_cast<std::uint8_t>(kind));
    out.insert(out.end(), bytes.begin(), bytes.end());
    return out;
}

base::Bytes encode_slice(const Slice& slice) {
    KIOSK_ASSERT(slice.bytes.size() <= slice_bytes_max);
    base::Bytes bytes(slice.attachment.begin(), slice.attachment.end());
    put_number(bytes, static_cast<std::uint64_t>(slice.offset), 8);
    bytes.insert(bytes.end(), slice.bytes.begin(), slice.bytes.end());
    return encode_item(ItemKind::slice, bytes);
}

base::Result<Slice> slice_in(base::ByteView bytes) {
    if (bytes.size() <= slice_head_bytes || bytes.size() > slice_head_bytes + slice_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "slice");
    Slice out;
    std::copy_n(bytes.begin(), out.attachment.size(), out.attachment.begin());
    const std::uint64_t offset = number_at(bytes.subspan(out.attachment.size(), 8));
    if (offset > std::uint64_t{1} << 40) return base::fail(FaultCode::BytesMalformed, "slice");
    out.offset = static_cast<std::int64_t>(offset);
    out.bytes = bytes.subspan(slice_head_bytes);
    return out;
}

base::Status ItemReader::append(base::ByteView content) {
    waiting_.insert(waiting_.end(), content.begin(), content.end());
    std::size_t taken = 0;
    for (;;) {
        const auto rest = base::ByteView(waiting_).subspan(taken);
        if (rest.size() < head_bytes) break;
        const auto size = static_cast<std::size_t>(number_at(rest.first(4)));
        const auto kind = rest[4];
        if (size == 0 || size > item_bytes_max || kind < 1 || kind > 3)
            return base::fail(FaultCode::BytesMalformed, "item");
        if (rest.size() < head_bytes + size) break;
        TRY_STATUS(on_item_(static_cast<ItemKind>(kind), rest.subspan(head_bytes, size)));
        taken += head_bytes + size;
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(taken));
    return {};
}

base::Status ItemReader::finish() const {
    if (!waiting_.empty()) return base::fail(FaultCode::BytesMalformed, "item: cut off");
    return {};
}

}  // namespace offline::courier
