// Whatever arrives on the local socket: cut into frames, decoded as either side's messages. What
// decodes must survive being written and read again.
#include "offline/post/protocol.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace offline::post;
    const base::ByteView bytes(data, size);
    FrameReader reader;
    reader.take(bytes);
    for (auto next = reader.next(); next && *next; next = reader.next())
        if (const auto message = client_message(**next)) {
            const auto frame = frame_of(*message);
            if (frame && client_message(base::ByteView(*frame).subspan(4)).value() != *message)
                std::abort();
        }
    if (const auto message = server_message(bytes)) {
        const auto frame = frame_of(*message);
        if (frame && server_message(base::ByteView(*frame).subspan(4)).value() != *message)
            std::abort();
    }
    return 0;
}
