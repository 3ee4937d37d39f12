#include "catalogue/reading/json_tree.hpp"

#include "base/secret.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace catalogue::reading {

namespace {

using base::FaultCode;

constexpr std::size_t few_keys = 32;

// Hundreds of thousands of keys in one object are no reason to compare each with each.
bool has_twins(const JsonObject& object) {
    std::vector<std::string_view> keys;
    keys.reserve(object.size());
    for (const auto& [key, json] : object) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

// Builds the tree from the parser's events, so depth and duplicates are refused before the end.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit TreeBuilder(base::ByteView bytes) : bytes_(bytes) {}

    bool null() override { return put(Json()); }
    bool boolean(bool truth) override { return put(Json(truth)); }
    bool number_integer(number_integer_t number) override {
        return put(Json(std::int64_t{number}));
    }
    bool number_unsigned(number_unsigned_t number) override {
        if (number > static_cast<std::uint64_t>(INT64_MAX))
            return put(Json(static_cast<double>(number)));
        return put(Json(static_cast<std::int64_t>(number)));
    }
    bool number_float(number_float_t number, const string_t&) override { return put(Json(number)); }
    bool string(string_t& text) override { return put(Json(std::move(text))); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json(JsonObject{})); }
    bool start_array(std::size_t) override { return open(Json(JsonArray{})); }
    bool end_object() override {
        const auto& object = std::get<JsonObject>(open_.back().value);
        if (object.size() > few_keys && has_twins(object))
            return refuse("a key stands twice in one object");
        return close();
    }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        auto& object = std::get<JsonObject>(open_.back().value);
        const bool twice = object.size() < few_keys &&
                           std::any_of(object.begin(), object.end(),
                                       [&](const auto& member) { return member.first == name; });
        if (twice) return refuse("a key stands twice in one object");
        keys_.back() = std::move(name);
        return true;
    }
    bool parse_error(std::size_t at, const std::string&,
                     const nlohmann::detail::exception&) override {
        const auto end = std::min(at, bytes_.size());
        std::size_t line = 1, column = 1;
        for (std::size_t i = 0; i + 1 < end; ++i) {
            ++column;
            if (bytes_[i] == '\n') ++line, column = 1;
        }
        return refuse(fmt::format("line {}, column {}: not JSON", line, column));
    }

    Json take() { return std::move(root_); }
    const std::string& why() const { return why_; }

    void wipe() {
        root_.wipe();
        for (auto& json : open_) json.wipe();
    }

  private:
    bool refuse(std::string why) {
        if (why_.empty()) why_ = std::move(why);
        return false;
    }
    bool open(Json container) {
        if (open_.size() >= static_cast<std::size_t>(deepest_nesting))
            return refuse(fmt::format("nested deeper than {}", deepest_nesting));
        open_.push_back(std::move(container));
        keys_.emplace_back();
        return true;
    }
    bool close() {
        Json done = std::move(open_.back());
        open_.pop_back();
        keys_.pop_back();
        return put(std::move(done));
    }
    bool put(Json json) {
        if (open_.empty()) {
            root_ = std::move(json);
        } else if (auto* array = std::get_if<JsonArray>(&open_.back().value)) {
            array->push_back(std::move(json));
        } else {
            std::get<JsonObject>(open_.back().value)
                .emplace_back(std::move(keys_.back()), std::move(json));
        }
        return true;
    }

    base::ByteView bytes_;
    Json root_;
    std::vector<Json> open_;         // containers not yet closed
    std::vector<std::string> keys_;  // the key each of them waits to fill
    std::string why_;
};

void write_text(std::string& out, const std::string& text) {
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20)
                    out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
                else
                    out += c;
        }
    }
    out += '"';
}

std::string decimal(double number) {
    std::string text = fmt::format("{:.4f}", number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

struct Writer {
    std::string& out;

    void operator()(std::monostate) const { out += "null"; }
    void operator()(bool truth) const { out += truth ? "true" : "false"; }
    void operator()(std::int64_t number) const { out += std::to_string(number); }
    void operator()(double number) const { out += decimal(number); }
    void operator()(const std::string& text) const { write_text(out, text); }
    void operator()(const JsonArray& array) const {
        out += '[';
        for (std::size_t i = 0; i < array.size(); ++i) {
            if (i > 0) out += ',';
            std::visit(*this, array[i].value);
        }
        out += ']';
    }
    void operator()(const JsonObject& object) const {
        std::vector<const JsonObject::value_type*> members;
        for (const auto& member : object) members.push_back(&member);
        std::sort(members.begin(), members.end(),
                  [](const auto* a, const auto* b) { return a->first < b->first; });
        out += '{';
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i > 0) out += ',';
            write_text(out, members[i]->first);
            out += ':';
            std::visit(*this, members[i]->second.value);
        }
        out += '}';
    }
};

}  // namespace

void Json::wipe() {
    if (auto* text = std::get_if<std::string>(&value)) {
        base::wipe(*text);
    } else if (auto* array = std::get_if<JsonArray>(&value)) {
        for (auto& json : *array) json.wipe();
    } else if (auto* object = std::get_if<JsonObject>(&value)) {
        for (auto& [key, json] : *object) json.wipe();
    }
    value = std::monostate{};
}

base::Result<Json> parse_json(base::ByteView bytes, std::size_t most_bytes) {
    if (bytes.size() > most_bytes)
        return base::fail(FaultCode::BytesMalformed,
                          fmt::format("larger than {} bytes", most_bytes));
    TreeBuilder builder(bytes);
    try {
        if (nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &builder)) return builder.take();
    } catch (const std::exception&) {
        builder.wipe();
        return base::fail(FaultCode::BytesMalformed, "the JSON parser gave up");
    }
    builder.wipe();
    return base::fail(FaultCode::BytesMalformed, builder.why());
}

std::string canonical_json(const Json& json) {
    std::string out;
    std::visit(Writer{out}, json.value);
    return out;
}

std::string kind_of(const Json& json) {
    constexpr const char* names[] = {
        "null",   "true or false", "a whole number", "a decimal number",
        "a text", "a list",        "an object"};
    return names[json.value.index()];
}

}  // namespace catalogue::reading
