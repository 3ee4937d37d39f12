// Record: the one shape of everything the post, the intake and the enrolment write down or send: a
// flat set of named fields, each an integer, a text, bytes or a list of texts. Two spellings:
// canonical JSON (files and whatever is signed) and CBOR (messages). Reading is strict: a second
// spelling of the same content, an unknown field, a missing field or a wrong type is a fault, never
// a guess. Pure.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace offline::formats {

using Texts = std::vector<std::string>;
using Value = std::variant<std::int64_t, std::string, base::Bytes, Texts>;
using Record = std::map<std::string, Value>;

// Overwrites every text and all bytes in it: for records that hold a private key.
void wipe(Record& record);

// Sorted keys, no spaces, bytes as base64url text. Texts must be valid UTF-8 (a bug otherwise).
base::Bytes to_json(const Record& record);
// The bytes must be exactly what to_json would write, but for one line end. BytesMalformed.
base::Result<Record> record_from_json(base::ByteView bytes);

base::Bytes to_cbor(const Record& record);
// Maps in maps, repeated keys, floats, tags and trailing bytes are refused. BytesMalformed.
base::Result<Record> record_from_cbor(base::ByteView bytes);

// Takes fields out of a record one by one; finish() refuses whatever was not taken. Faults carry
// `code` and "place: field", never a value.
class Fields {
  public:
    Fields(const Record& record, base::FaultCode code, std::string place)
        : record_(record), code_(code), place_(std::move(place)) {}

    base::Result<std::int64_t> integer(const std::string& name, std::int64_t smallest,
                                       std::int64_t largest);
    base::Result<std::string> text(const std::string& name, std::size_t longest);
    base::Result<base::Bytes> bytes(const std::string& name, std::size_t longest);
    base::Result<Texts> texts(const std::string& name, std::size_t most);
    template <std::size_t N>
    base::Result<std::array<std::uint8_t, N>> array(const std::string& name) {
        const auto value = bytes(name, N);
        if (!value) return base::fail(value.error());
        if (value->size() != N) return wrong(name);
        std::array<std::uint8_t, N> out{};
        std::copy(value->begin(), value->end(), out.begin());
        return out;
    }
    // The field must hold exactly this: versions and kinds.
    base::Status exactly(const std::string& name, std::int64_t expected);
    base::Status exactly(const std::string& name, std::string_view expected);
    base::Status finish() const;
    tl::unexpected<base::Fault> wrong(const std::string& name) const;

  private:
    const Value* take(const std::string& name);

    const Record& record_;
    base::FaultCode code_;
    std::string place_;
    std::set<std::string> taken_;
};

}  // namespace offline::formats
