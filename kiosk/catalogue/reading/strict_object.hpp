// Reads one JSON object and forgives nothing: what is missing, of another kind, out of range or not
// known is written down with its place (a JSON pointer), and reading goes on, so that a technician
// sees every problem at once. Internal to the catalogue; one reader per object, on one thread.
#pragma once

#include "catalogue/pack_reader.hpp"
#include "catalogue/reading/json_tree.hpp"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catalogue::reading {

// Collects problems; after a good hundred it only counts, for nobody reads more.
class Problems {
  public:
    void add(std::string place, std::string text);
    const std::vector<PackProblem>& found() const { return found_; }
    std::vector<PackProblem> take() { return std::move(found_); }

  private:
    static constexpr std::size_t most = 200;
    std::vector<PackProblem> found_;
};

template <class Enum, std::size_t N>
using Names = std::array<std::pair<std::string_view, Enum>, N>;

class StrictObject {
  public:
    StrictObject(const Json& json, std::string place, Problems& problems);
    // Every key nobody asked for is a problem.
    ~StrictObject();
    StrictObject(const StrictObject&) = delete;
    StrictObject& operator=(const StrictObject&) = delete;

    const std::string& place() const { return place_; }
    std::string place_of(std::string_view key) const;
    void problem(std::string_view key, std::string text) const;
    bool is_object() const { return object_ != nullptr; }
    // Null when absent; asking makes the key known.
    const Json* find(std::string_view key);

    std::string text(std::string_view key);  // must be there, not empty
    std::string optional_text(std::string_view key);
    Text words(std::string_view key);  // {"zh": …, "en": …}, both not empty
    Text optional_words(std::string_view key);
    std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most);
    std::int64_t number_or(std::string_view key, std::int64_t least, std::int64_t most,
                           std::int64_t otherwise);
    bool truth_or(std::string_view key, bool otherwise);
    bool truth(std::string_view key);
    double decimal(std::string_view key, double least, double most);

    using Visit = std::function<void(const Json&, const std::string& place)>;
    void each(std::string_view key, std::size_t least, std::size_t most, const Visit& visit);
    void each_if_there(std::string_view key, std::size_t most, const Visit& visit);

    template <class Enum, std::size_t N>
    Enum named(std::string_view key, const Names<Enum, N>& names) {
        return named_or(key, names, names[0].second, true);
    }
    template <class Enum, std::size_t N>
    Enum named_or(std::string_view key, const Names<Enum, N>& names, Enum otherwise,
                  bool must_be_there = false) {
        const Json* json = must_be_there ? wanted(key) : find(key);
        if (json == nullptr) return otherwise;
        const auto* word = json->template as<std::string>();
        std::string expected;
        for (const auto& [name, value] : names) {
            if (word != nullptr && *word == name) return value;
            expected += (expected.empty() ? "" : ", ") + std::string(name);
        }
        problem(key, "expected one of: " + expected);
        return otherwise;
    }

  private:
    const Json* wanted(std::string_view key);
    std::string text_at(std::string_view key, const Json& json);
    std::int64_t number_at(std::string_view key, const Json& json, std::int64_t least,
                           std::int64_t most);

    const JsonObject* object_ = nullptr;
    std::string place_;
    Problems& problems_;
    std::vector<bool> known_;  // the members that were asked for
};

std::string place_of(const std::string& parent, std::string_view key);
std::string place_of(const std::string& parent, std::size_t index);
Text read_words(const Json& json, const std::string& place, Problems& problems);

}  // namespace catalogue::reading
