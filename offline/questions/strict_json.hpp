// Reading a question or an answer: an object with exactly the fields that are asked for. Used by
// this folder alone.
#pragma once

#include "base/result.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace offline::questions {

inline constexpr std::size_t text_max = 512;
inline constexpr std::size_t list_max = 100;

class StrictObject {
  public:
    // None of the reading functions says anything before whole() was asked.
    explicit StrictObject(const nlohmann::json& value) : value_(value) {
        right_ = value.is_object();
    }
    std::string text(const char* field, std::size_t longest = text_max) {
        const auto* found = take(field);
        if (found == nullptr || !found->is_string() ||
            found->get_ref<const std::string&>().size() > longest)
            return wrong<std::string>();
        return found->get<std::string>();
    }
    std::int64_t integer(const char* field, std::int64_t least, std::int64_t most) {
        const auto* found = take(field);
        if (found == nullptr || !found->is_number_integer()) return wrong<std::int64_t>();
        // Beyond what 64 bits hold is wrong, too.
        if (found->is_number_unsigned() &&
            found->get<std::uint64_t>() > static_cast<std::uint64_t>(most))
            return wrong<std::int64_t>();
        const auto number = found->get<std::int64_t>();
        return number < least || number > most ? wrong<std::int64_t>() : number;
    }
    const nlohmann::json& list(const char* field) {
        static const nlohmann::json none = nlohmann::json::array();
        const auto* found = take(field);
        if (found != nullptr && found->is_array() && found->size() <= list_max) return *found;
        right_ = false;
        return none;
    }
    void exactly(const char* field, std::string_view expected) {
        if (text(field) != expected) right_ = false;
    }
    // Of a field that may be left out.
    bool has(const char* field) const { return value_.is_object() && value_.contains(field); }
    void is(bool so) { right_ = right_ && so; }
    // What was read so far was there and of its kind; whether there is more is not asked.
    bool right() const { return right_; }
    // Every field was there, of its kind, and there were no others.
    bool whole() const { return right_ && taken_ == value_.size(); }

  private:
    const nlohmann::json* take(const char* field) {
        if (!value_.is_object()) return nullptr;
        const auto at = value_.find(field);
        if (at == value_.end()) return nullptr;
        ++taken_;
        return &*at;
    }
    template <class T>
    T wrong() {
        right_ = false;
        return {};
    }
    const nlohmann::json& value_;
    std::size_t taken_ = 0;
    bool right_ = false;
};

}  // namespace offline::questions
