// Where a place of a JSON document stands in its file, for whoever has to mend it there: line and
// column as an editor counts them. Meant for text that parse_json() has seen; of anything else it
// says what it still understands. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogue::reading {

struct TextPosition {
    std::size_t line = 1, column = 1;  // characters, from 1
    friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

// For each place, in their order: where its key or its list entry begins. What is missing stands
// where that begins which it is missing in.
std::vector<TextPosition> positions_of(std::string_view json,
                                       const std::vector<std::string>& places);

struct PlaceInText {
    std::string place;
    TextPosition position;
};
// The first key that stands twice in one object, where it stands again.
std::optional<PlaceInText> key_written_twice(std::string_view json);

// parse_json() counts columns in bytes; the same place in characters.
TextPosition in_characters(std::string_view text, TextPosition in_bytes);

}  // namespace catalogue::reading
