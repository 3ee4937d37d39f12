#include "catalogue/reading/strict_object.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace catalogue::reading {

namespace {

// A key inside a place stays one line of printable ASCII or UTF-8 text, whatever a pack holds.
std::string escaped(std::string_view key) {
    std::string out;
    for (const char c : key.substr(0, 80)) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    }
    return out;
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

void Problems::add(std::string place, std::string text) {
    if (found_.size() > most) return;
    if (found_.size() == most) {
        found_.push_back({"", "more problems follow; mend these first"});
        return;
    }
    found_.push_back({std::move(place), std::move(text)});
}

std::string place_of(const std::string& parent, std::string_view key) {
    return parent + "/" + escaped(key);
}
std::string place_of(const std::string& parent, std::size_t index) {
    return parent + "/" + std::to_string(index);
}

StrictObject::StrictObject(const Json& json, std::string place, Problems& problems)
    : object_(json.as<JsonObject>()), place_(std::move(place)), problems_(problems) {
    if (object_ == nullptr)
        problems_.add(place_, "expected an object, found " + kind_of(json));
    else
        known_.resize(object_->size());
}

StrictObject::~StrictObject() {
    if (object_ == nullptr) return;
    for (std::size_t i = 0; i < known_.size(); ++i)
        if (!known_[i]) problems_.add(place_of((*object_)[i].first), "unknown key");
}

std::string StrictObject::place_of(std::string_view key) const {
    return reading::place_of(place_, key);
}

void StrictObject::problem(std::string_view key, std::string text) const {
    problems_.add(place_of(key), std::move(text));
}

const Json* StrictObject::find(std::string_view key) {
    if (object_ == nullptr) return nullptr;
    for (std::size_t i = 0; i < known_.size(); ++i) {
        const auto& [name, json] = (*object_)[i];
        if (name != key) continue;
        known_[i] = true;
        return &json;
    }
    return nullptr;
}

const Json* StrictObject::wanted(std::string_view key) {
    const Json* json = find(key);
    // What is no object has been said already; its keys are not missing one by one.
    if (json == nullptr && object_ != nullptr) problem(key, "missing");
    return json;
}

std::string StrictObject::text_at(std::string_view key, const Json& json) {
    const auto* text = json.as<std::string>();
    if (text == nullptr) {
        problem(key, "expected a text, found " + kind_of(json));
        return {};
    }
    if (is_blank(*text)) problem(key, "empty");
    return *text;
}

std::string StrictObject::text(std::string_view key) {
    const Json* json = wanted(key);
    return json == nullptr ? std::string() : text_at(key, *json);
}

std::string StrictObject::optional_text(std::string_view key) {
    const Json* json = find(key);
    return json == nullptr ? std::string() : text_at(key, *json);
}

Text StrictObject::words(std::string_view key) {
    const Json* json = wanted(key);
    return json == nullptr ? Text{} : read_words(*json, place_of(key), problems_);
}

Text StrictObject::optional_words(std::string_view key) {
    const Json* json = find(key);
    return json == nullptr ? Text{} : read_words(*json, place_of(key), problems_);
}

std::int64_t StrictObject::number_at(std::string_view key, const Json& json, std::int64_t least,
                                     std::int64_t most) {
    const auto* number = json.as<std::int64_t>();
    if (number == nullptr) {
        problem(key, "expected a whole number, found " + kind_of(json));
        return least;
    }
    if (*number < least || *number > most) {
        problem(key, fmt::format("expected {} to {}, found {}", least, most, *number));
        return least;
    }
    return *number;
}

std::int64_t StrictObject::number(std::string_view key, std::int64_t least, std::int64_t most) {
    const Json* json = wanted(key);
    return json == nullptr ? least : number_at(key, *json, least, most);
}

std::int64_t StrictObject::number_or(std::string_view key, std::int64_t least, std::int64_t most,
                                     std::int64_t otherwise) {
    const Json* json = find(key);
    return json == nullptr ? otherwise : number_at(key, *json, least, most);
}

bool StrictObject::truth_or(std::string_view key, bool otherwise) {
    const Json* json = find(key);
    if (json == nullptr) return otherwise;
    const bool* truth = json->as<bool>();
    if (truth == nullptr) problem(key, "expected true or false, found " + kind_of(*json));
    return truth == nullptr ? otherwise : *truth;
}

bool StrictObject::truth(std::string_view key) {
    return wanted(key) != nullptr && truth_or(key, false);
}

double StrictObject::decimal(std::string_view key, double least, double most) {
    const Json* json = wanted(key);
    if (json == nullptr) return least;
    const auto* whole = json->as<std::int64_t>();
    const auto* number = json->as<double>();
    if (whole == nullptr && number == nullptr) {
        problem(key, "expected a number, found " + kind_of(*json));
        return least;
    }
    const double value = whole != nullptr ? static_cast<double>(*whole) : *number;
    if (!(value >= least && value <= most)) {
        problem(key, fmt::format("expected {} to {}", least, most));
        return least;
    }
    return value;
}

void StrictObject::each(std::string_view key, std::size_t least, std::size_t most,
                        const Visit& visit) {
    const Json* json = wanted(key);
    if (json == nullptr) return;
    if (const auto* array = json->as<JsonArray>(); array != nullptr && array->size() < least)
        problem(key, fmt::format("expected at least {}, found {}", least, array->size()));
    each_if_there(key, most, visit);
}

void StrictObject::each_if_there(std::string_view key, std::size_t most, const Visit& visit) {
    const Json* json = find(key);
    if (json == nullptr) return;
    const auto* array = json->as<JsonArray>();
    if (array == nullptr) {
        problem(key, "expected a list, found " + kind_of(*json));
        return;
    }
    if (array->size() > most)
        problem(key, fmt::format("expected at most {}, found {}", most, array->size()));
    const std::string here = place_of(key);
    for (std::size_t i = 0; i < array->size(); ++i) visit((*array)[i], reading::place_of(here, i));
}

Text read_words(const Json& json, const std::string& place, Problems& problems) {
    StrictObject object(json, place, problems);
    Text words;
    words.zh = object.text("zh");
    words.en = object.text("en");
    return words;
}

}  // namespace catalogue::reading
