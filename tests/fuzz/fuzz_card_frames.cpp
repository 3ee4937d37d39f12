// Frames of the card reader: whatever comes over the cable, decoding ends in a reply or a fault,
// and a reply that is understood is written back to the same reply.
#include "drivers/id_card/codec/card_content.hpp"
#include "drivers/id_card/codec/card_frames.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace drivers::id_card;
    const base::ByteView bytes(data, size);
    (void)decode_command(bytes);
    const auto missing = missing_from_reply(bytes);
    const auto reply = decode_reply(bytes);
    if (!reply) return 0;
    if (size <= frame_size_max && (!missing || *missing != 0)) std::abort();
    const auto again = decode_reply(encode(*reply));
    if (!again || *again != *reply) std::abort();
    (void)split_text_and_photo(reply->data);
    (void)split_passing_over_fingerprints(reply->data);
    (void)sam_id_text(reply->data);
    if (const auto address = newest_address(reply->data); address && !base::is_valid_utf8(*address))
        std::abort();
    return 0;
}
