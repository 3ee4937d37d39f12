// Where the places of a JSON text stand in it: of any bytes something inside them, of a text that
// is read every key and every entry at a position of its own.
#include "catalogue/reading/json_tree.hpp"
#include "catalogue/reading/places_in_text.hpp"
#include "catalogue/reading/strict_object.hpp"

#include <cstddef>
#include <cstdint>
#include <set>

namespace {

namespace reading = catalogue::reading;

void collect(const reading::Json& json, const std::string& place, std::vector<std::string>& out) {
    if (const auto* object = json.as<reading::JsonObject>())
        for (const auto& [key, value] : *object) {
            out.push_back(reading::place_of(place, key));
            collect(value, reading::place_of(place, key), out);
        }
    if (const auto* array = json.as<reading::JsonArray>())
        for (std::size_t i = 0; i < array->size(); ++i) {
            out.push_back(reading::place_of(place, i));
            collect((*array)[i], reading::place_of(place, i), out);
        }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = base::as_text({data, size});
    std::vector<std::string> places{"", "/", "items", "/items/0/form", "/a/b/c"};
    const auto json = reading::parse_json({data, size}, 1u << 16);
    if (json) {
        places.clear();
        collect(*json, "", places);
    }
    const auto positions = reading::positions_of(text, places);
    if (positions.size() != places.size()) __builtin_trap();
    std::set<std::pair<std::size_t, std::size_t>> different;
    for (const auto& at : positions) {
        if (at.line < 1 || at.line > size + 1 || at.column < 1 || at.column > size + 1)
            __builtin_trap();
        different.emplace(at.line, at.column);
    }
    const auto twice = reading::key_written_twice(text);
    // Keys written with escapes, and long ones that are alike at the beginning, are not told apart.
    const bool plain = text.find('\\') == std::string_view::npos;
    const bool distinct =
        std::set<std::string>(places.begin(), places.end()).size() == places.size();
    if (json && plain && distinct && (twice || different.size() != places.size())) __builtin_trap();
    return 0;
}
