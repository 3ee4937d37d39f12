#include "offline/formats/record.hpp"

#include "base/assert.hpp"
#include "base/secret.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace offline::formats {

namespace {

using base::FaultCode;
using nlohmann::json;

constexpr std::size_t record_bytes_max = 1u << 20;

json as_json(const Record& record) {
    json out = json::object();
    for (const auto& [name, value] : record) {
        if (const auto* bytes = std::get_if<base::Bytes>(&value)) {
            out[name] = json::binary(*bytes);
            continue;
        }
        std::visit(
            [&, key = &name](const auto& plain) {
                if constexpr (!std::is_same_v<std::decay_t<decltype(plain)>, base::Bytes>)
                    out[*key] = plain;
            },
            value);
    }
    return out;
}

// The canonical form is written straight into the text: each paper is written anew to see that it
// was canonical, and that was half the cost of reading it.
void append_text(std::string& out, std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
    });
    if (!plain) {
        out += json(text).dump();
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

void append_value(std::string& out, const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        out += std::to_string(*number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        append_text(out, *text);
    } else if (const auto* bytes = std::get_if<base::Bytes>(&value)) {
        append_text(out, base::to_base64url(*bytes));
    } else {
        out += '[';
        for (const auto& each : std::get<Texts>(value)) {
            if (out.back() != '[') out += ',';
            append_text(out, each);
        }
        out += ']';
    }
}

// Builds a Record from parse events and gives up at the first thing a Record cannot hold; so
// nesting ends at depth two however deep the bytes claim to go.
class RecordBuilder final : public nlohmann::json_sax<json> {
  public:
    Record record;
    bool complete = false;

    bool null() override { return false; }
    bool boolean(bool) override { return false; }
    bool number_integer(number_integer_t value) override { return put(std::int64_t{value}); }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return false;
        return put(static_cast<std::int64_t>(value));
    }
    bool number_float(number_float_t, const string_t&) override { return false; }
    bool string(string_t& value) override {
        if (!base::is_valid_utf8(value)) return false;
        if (!in_list_) return put(std::move(value));
        list_.push_back(std::move(value));
        return true;
    }
    bool binary(binary_t& value) override { return put(base::Bytes(value.begin(), value.end())); }
    bool start_object(std::size_t) override {
        if (open_) return false;
        return open_ = true;
    }
    bool key(string_t& name) override {
        key_ = std::move(name);
        return base::is_valid_utf8(key_) && !record.contains(key_);
    }
    bool end_object() override { return complete = true; }
    bool start_array(std::size_t) override {
        if (!open_ || in_list_) return false;
        list_.clear();
        return in_list_ = true;
    }
    bool end_array() override {
        in_list_ = false;
        return put(std::move(list_));
    }
    bool parse_error(std::size_t, const std::string&, const json::exception&) override {
        return false;
    }

  private:
    bool put(Value value) {
        if (!open_ || in_list_) return false;
        return record.emplace(key_, std::move(value)).second;
    }

    bool open_ = false, in_list_ = false;
    std::string key_;
    Texts list_;
};

base::Result<Record> read(base::ByteView bytes, json::input_format_t format) {
    if (bytes.size() > record_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "record: size");
    RecordBuilder builder;
    try {
        if (!json::sax_parse(bytes.begin(), bytes.end(), &builder, format) || !builder.complete)
            return base::fail(FaultCode::BytesMalformed, "record: shape");
    } catch (const std::exception&) {  // lengths beyond what fits in memory
        return base::fail(FaultCode::BytesMalformed, "record: length");
    }
    return std::move(builder.record);
}

}  // namespace

void wipe(Record& record) {
    for (auto& [name, value] : record) {
        if (auto* text = std::get_if<std::string>(&value)) base::wipe(*text);
        if (auto* bytes = std::get_if<base::Bytes>(&value)) base::wipe(*bytes);
        if (auto* texts = std::get_if<Texts>(&value))
            for (auto& text : *texts) base::wipe(text);
    }
}

base::Bytes to_json(const Record& record) {
    std::string out = "{";
    for (const auto& [name, value] : record) {
        if (out.size() > 1) out += ',';
        append_text(out, name);
        out += ':';
        append_value(out, value);
    }
    out += '}';
    base::Bytes bytes = base::to_bytes(out);
    base::wipe(out);  // keys are written so, too
    return bytes;
}

base::Result<Record> record_from_json(base::ByteView bytes) {
    if (!bytes.empty() && bytes.back() == '\n') bytes = bytes.first(bytes.size() - 1);
    Record record = TRY(read(bytes, json::input_format_t::json));
    const base::Bytes canonical = to_json(record);
    if (!std::equal(bytes.begin(), bytes.end(), canonical.begin(), canonical.end()))
        return base::fail(FaultCode::BytesMalformed, "record: not canonical");
    return record;
}

base::Bytes to_cbor(const Record& record) {
    return json::to_cbor(as_json(record));
}

base::Result<Record> record_from_cbor(base::ByteView bytes) {
    return read(bytes, json::input_format_t::cbor);
}

const Value* Fields::take(const std::string& name) {
    const auto found = record_.find(name);
    if (found == record_.end()) return nullptr;
    taken_.insert(name);
    return &found->second;
}

tl::unexpected<base::Fault> Fields::wrong(const std::string& name) const {
    return base::fail(code_, place_ + ": " + name);
}

base::Result<std::int64_t> Fields::integer(const std::string& name, std::int64_t smallest,
                                           std::int64_t largest) {
    const Value* value = take(name);
    const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
    if (number == nullptr || *number < smallest || *number > largest) return wrong(name);
    return *number;
}

base::Result<std::string> Fields::text(const std::string& name, std::size_t longest) {
    const Value* value = take(name);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
    if (text == nullptr || text->size() > longest) return wrong(name);
    return *text;
}

base::Result<base::Bytes> Fields::bytes(const std::string& name, std::size_t longest) {
    const Value* value = take(name);
    if (value == nullptr) return wrong(name);
    base::Bytes out;
    if (const auto* plain = std::get_if<base::Bytes>(value)) {
        out = *plain;
    } else if (const auto* text = std::get_if<std::string>(value)) {  // JSON's spelling
        auto decoded = base::from_base64url(*text);
        if (!decoded) return wrong(name);
        out = std::move(*decoded);
    } else {
        return wrong(name);
    }
    if (out.size() > longest) return wrong(name);
    return out;
}

base::Result<Texts> Fields::texts(const std::string& name, std::size_t most) {
    const Value* value = take(name);
    const auto* list = value == nullptr ? nullptr : std::get_if<Texts>(value);
    if (list == nullptr || list->size() > most) return wrong(name);
    return *list;
}

base::Status Fields::exactly(const std::string& name, std::int64_t expected) {
    const auto value = integer(name, expected, expected);
    if (!value) return base::fail(value.error());
    return {};
}

base::Status Fields::exactly(const std::string& name, std::string_view expected) {
    const auto value = text(name, expected.size());
    if (!value) return base::fail(value.error());
    if (*value != expected) return wrong(name);
    return {};
}

base::Status Fields::finish() const {
    for (const auto& [name, value] : record_)
        if (!taken_.contains(name)) return base::fail(code_, place_ + ": unknown field");
    return {};
}

}  // namespace offline::formats
