#include "offline/papers/technician_roster.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace offline::papers {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

std::string rights_text(const std::set<domain::Right>& rights) {
    std::string out;
    for (const auto right : rights) {
        if (!out.empty()) out += ',';
        out += domain::name(right);
    }
    return out.empty() ? "-" : out;
}

std::optional<std::set<domain::Right>> rights_in(std::string_view text) {
    std::set<domain::Right> out;
    if (text == "-") return out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        const auto right = domain::right_from(text.substr(at, end - at));
        if (!right) return std::nullopt;
        out.insert(*right);
        at = end + 1;
    }
    return out;
}

std::string line_of(const RosterEntry& entry) {
    return entry.technician.label + " " + base::to_hex(entry.salt) + " " +
           base::to_hex(entry.hash) + " " + rights_text(entry.technician.rights) + " " +
           std::to_string(ms(entry.valid_until));
}

template <std::size_t N>
bool take_hex(std::string_view text, std::array<std::uint8_t, N>& out) {
    const auto bytes = base::from_hex(text);
    if (!bytes || bytes->size() != N) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

std::optional<RosterEntry> entry_in(const std::string& line) {
    std::array<std::string_view, 5> words;
    std::string_view rest = line;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto end = rest.find(' ');
        if ((end == std::string_view::npos) != (i + 1 == words.size())) return std::nullopt;
        words.at(i) = rest.substr(0, end);
        if (end != std::string_view::npos) rest.remove_prefix(end + 1);
    }
    RosterEntry out;
    out.technician.label = words[0];
    const auto rights = rights_in(words[3]);
    std::int64_t until = -1;
    const auto read = std::from_chars(words[4].data(), words[4].data() + words[4].size(), until);
    if (!domain::is_technician_label(words[0]) || !take_hex(words[1], out.salt) ||
        !take_hex(words[2], out.hash) || !rights || read.ec != std::errc{} || until < 0)
        return std::nullopt;
    out.technician.rights = *rights;
    out.valid_until = base::Instant{base::Millis{until}};
    // One spelling only.
    if (line_of(out) != line) return std::nullopt;
    return out;
}

base::SecretText joined(const base::SecretText& card_number, const base::SecretText& pin) {
    std::string text = *card_number;
    text.reserve(text.size() + 1 + pin->size());
    text += '\n';
    text += *pin;
    return base::SecretText(std::move(text));
}

}  // namespace

base::Result<RosterEntry> roster_entry(domain::Technician technician,
                                       const base::SecretText& card_number,
                                       const base::SecretText& pin, const sealing::Salt& salt,
                                       base::Instant valid_until) {
    if (!domain::is_technician_label(technician.label) || !domain::is_pin(*pin) ||
        card_number->empty())
        return base::fail(FaultCode::ConfigInvalid, "technician: label, card or PIN");
    const auto hash = TRY(sealing::stretched(joined(card_number, pin), salt));
    return RosterEntry{std::move(technician), salt, hash, valid_until};
}

base::Result<base::Bytes> TechnicianRoster::issue(const sealing::Signer& key) const {
    auto sorted = entries;
    std::sort(sorted.begin(), sorted.end(),
              [](const auto& a, const auto& b) { return a.technician.label < b.technician.label; });
    Texts lines;
    for (const auto& entry : sorted) lines.push_back(line_of(entry));
    const auto record = TRY(sealing::signed_by_kid({{"v", std::int64_t{1}},
                                                    {"kind", std::string("technicians")},
                                                    {"realm", std::string(domain::name(realm))},
                                                    {"version", version},
                                                    {"issued_at", ms(issued_at)},
                                                    {"valid_until", ms(valid_until)},
                                                    {"entries", lines}},
                                                   key, sealing::context::technicians));
    return formats::to_json(record);
}

base::Result<TechnicianRoster> TechnicianRoster::verify(base::ByteView file,
                                                        const sealing::KeySet& keys,
                                                        std::int64_t floor, base::Instant now) {
    if (file.size() > roster_bytes_max) return base::fail(FaultCode::BytesMalformed, "technicians");
    const Record record = TRY(formats::record_from_json(file));
    TRY_STATUS(sealing::verify_by_kid(record, keys, sealing::KeyPurpose::feed,
                                      sealing::context::technicians));
    Fields in(record, FaultCode::BytesMalformed, "technicians");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "technicians"));
    TechnicianRoster out;
    const auto realm = TRY(in.text("realm", 16));
    out.version = TRY(in.integer("version", 1, no_limit));
    out.issued_at = base::Instant{base::Millis{TRY(in.integer("issued_at", 0, no_limit))}};
    out.valid_until = base::Instant{base::Millis{TRY(in.integer("valid_until", 0, no_limit))}};
    const auto lines = TRY(in.texts("entries", roster_entries_max));
    TRY(in.text("suite", 8));
    TRY(in.text("kid", 64));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    for (const auto& line : lines) {
        auto entry = entry_in(line);
        const bool ascends = out.entries.empty() || (entry && out.entries.back().technician.label <
                                                                  entry->technician.label);
        if (!entry || !ascends) return in.wrong("entries");
        out.entries.push_back(std::move(*entry));
    }
    if (domain::realm_from(realm) != keys.realm())
        return base::fail(FaultCode::RealmMismatch, "technicians");
    out.realm = keys.realm();
    if (out.version < floor || out.valid_until <= now)
        return base::fail(FaultCode::RosterOutdated, "technicians");
    return out;
}

base::Result<domain::Technician> TechnicianRoster::matching(const base::SecretText& card_number,
                                                            const base::SecretText& pin,
                                                            base::Instant now) const {
    const auto secret = joined(card_number, pin);
    const RosterEntry* found = nullptr;
    for (const auto& entry : entries) {
        const auto hash = TRY(sealing::stretched(secret, entry.salt));
        if (sealing::same(hash, entry.hash) && now < entry.valid_until) found = &entry;
    }
    if (found == nullptr) return base::fail(FaultCode::TechnicianRefused);
    return found->technician;
}

}  // namespace offline::papers
