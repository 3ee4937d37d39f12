// What both ends of the local socket say about the attachments of a submission that is being made,
// and about its lane. Plain values; the post turns them into those of offline/papers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace offline::post {

// Drawn by the app; the sealed stream is bound to it (offline/sealing/streams).
using AttachmentId = std::array<std::uint8_t, 16>;

inline constexpr std::size_t attachments_max = 32;  // of one submission, as in the manifest
// Of one message: a record of a sealed stream (64 KiB of content) and its head.
inline constexpr std::size_t chunk_bytes_max = (64u << 10) + 1024;
// Of one reservation, in bytes: more than any disk here has.
inline constexpr std::int64_t reservation_bytes_max = std::int64_t{1} << 40;

// The line of the manifest about it, once all of it is flushed.
struct KeptAttachment {
    AttachmentId attachment{};
    std::array<std::uint8_t, 32> digest{};  // of the sealed bytes, by the terminal's suite
    std::int64_t length = 0;                // sealed bytes
    std::string kind;                       // a word, e.g. the code of the material
    friend bool operator==(const KeptAttachment&, const KeptAttachment&) = default;
};

enum class Lane { urgent, normal };

}  // namespace offline::post
