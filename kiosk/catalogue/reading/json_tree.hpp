// A JSON document as a small tree, read more strictly than JSON asks: no duplicate keys, no deep
// nesting, no bytes that are not UTF-8. Written canonically: sorted keys, no spaces, numbers
// without idle digits, so the same content is always the same bytes. Pure; any thread. Trees can
// hold personal data: wipe() them.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace catalogue::reading {

inline constexpr int deepest_nesting = 64;

struct Json;
using JsonArray = std::vector<Json>;
using JsonObject = std::vector<std::pair<std::string, Json>>;  // in the order written

struct Json {
    std::variant<std::monostate, bool, std::int64_t, double, std::string, JsonArray, JsonObject>
        value;

    Json() = default;
    Json(bool truth) : value(truth) {}
    Json(std::int64_t number) : value(number) {}
    Json(double number) : value(number) {}
    Json(std::string text) : value(std::move(text)) {}
    Json(const char* text) : value(std::string(text)) {}
    Json(JsonArray array) : value(std::move(array)) {}
    Json(JsonObject object) : value(std::move(object)) {}

    template <class T>
    const T* as() const {
        return std::get_if<T>(&value);
    }
    void wipe();
};

// Fault BytesMalformed; the detail says where (line and column, or the pointer of a duplicate key)
// and never quotes the content.
base::Result<Json> parse_json(base::ByteView bytes, std::size_t most_bytes);

// Decimals are written with at most four digits after the point.
std::string canonical_json(const Json& json);

// What stands there, for a technician: "a text", "an object" …
std::string kind_of(const Json& json);

}  // namespace catalogue::reading
