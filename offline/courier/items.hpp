// What lies in an object once its stream is opened: items, one behind the other, each
//   length 4 (big-endian, of what follows the kind) | kind 1 | bytes
//   kind 1  a submission: exactly the body of S (papers::wire::Delivered)
//   kind 2  a slice of an attachment: id 16 | offset 8 | at most slice_bytes_max of its bytes
//   kind 3  a centre receipt, as S and C answer it
// An item is never larger than item_bytes_max, so an object of any size is read in little memory.
// Pure.
#pragma once

#include "offline/sealing/streams/sealed_stream.hpp"

#include <functional>

namespace offline::courier {

enum class ItemKind : std::uint8_t { submission = 1, slice = 2, receipt = 3 };

inline constexpr std::size_t slice_bytes_max = 512 * 1024;
inline constexpr std::size_t item_bytes_max = slice_bytes_max + 64 * 1024;

base::Bytes encode_item(ItemKind kind, base::ByteView bytes);

struct Slice {
    sealing::AttachmentId attachment{};
    std::int64_t offset = 0;
    base::ByteView bytes;
};
base::Bytes encode_slice(const Slice& slice);        // with the item's head
base::Result<Slice> slice_in(base::ByteView bytes);  // of the item; it views them

// Cuts a stream of content into items. BytesMalformed; nothing may follow a fault.
class ItemReader {
  public:
    using OnItem = std::function<base::Status(ItemKind, base::ByteView)>;
    explicit ItemReader(OnItem on_item) : on_item_(std::move(on_item)) {}
    base::Status append(base::ByteView content);
    base::Status finish() const;  // BytesMalformed: the last one is cut off

  private:
    OnItem on_item_;
    base::Bytes waiting_;
};

}  // namespace offline::courier
