#include "offline/papers/feed_contents.hpp"

#include "offline/papers/local_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>

namespace offline::papers {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
using formats::Texts;

constexpr std::size_t signature_bytes = 64;
constexpr std::size_t state_max = 24;

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

// Words with one space between them, exactly N.
template <std::size_t N>
std::optional<std::array<std::string_view, N>> words(std::string_view line) {
    std::array<std::string_view, N> out;
    for (std::size_t i = 0; i < N; ++i) {
        const auto end = line.find(' ');
        if ((end == std::string_view::npos) != (i + 1 == N)) return std::nullopt;
        out.at(i) = line.substr(0, end);
        if (i + 1 < N) line.remove_prefix(end + 1);
    }
    return out;
}

// Not negative, in its one spelling.
std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || value < 0 ||
        std::to_string(value) != text)
        return std::nullopt;
    return value;
}

bool is_id(std::string_view text) {
    return text.size() == 16 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}
bool is_state(std::string_view text) {
    return !text.empty() && text.size() <= state_max &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

std::optional<CaseStatus> status_in(const std::string& line) {
    const auto parts = words<3>(line);
    if (!parts || !is_local_number((*parts)[0]) || !is_state((*parts)[1])) return std::nullopt;
    const auto since = number((*parts)[2]);
    if (!since) return std::nullopt;
    return CaseStatus{std::string((*parts)[0]), std::string((*parts)[1]),
                      base::Instant{base::Millis{*since}}};
}

std::optional<RevokedTerminal> revoked_in(const std::string& line) {
    const auto parts = words<3>(line);
    if (!parts || !is_id((*parts)[0])) return std::nullopt;
    const auto since = number((*parts)[1]);
    const auto last = number((*parts)[2]);
    if (!since || !last || *last > seq_max) return std::nullopt;
    return RevokedTerminal{std::string((*parts)[0]), base::Instant{base::Millis{*since}}, *last};
}

// Each once and in order, as the writer puts them.
template <class List, class Key>
bool ascending(const List& list, Key key) {
    return std::adjacent_find(list.begin(), list.end(), [&](const auto& a, const auto& b) {
               return key(a) >= key(b);
           }) == list.end();
}

}  // namespace

base::Result<PackContent> pack_content(base::ByteView content) {
    if (content.size() <= signature_bytes) return base::fail(FaultCode::BytesMalformed, "pack");
    return PackContent{content.first(signature_bytes), content.subspan(signature_bytes)};
}

base::Bytes encode_pack_content(base::ByteView signature, base::ByteView pack) {
    base::Bytes out(signature.begin(), signature.end());
    out.insert(out.end(), pack.begin(), pack.end());
    return out;
}

base::Bytes encode_statuses(std::vector<CaseStatus> statuses) {
    std::sort(statuses.begin(), statuses.end(), [](const CaseStatus& a, const CaseStatus& b) {
        return a.local_number < b.local_number;
    });
    Texts lines;
    for (const auto& status : statuses)
        lines.push_back(status.local_number + " " + status.state + " " +
                        std::to_string(ms(status.since)));
    return formats::to_json(
        {{"v", std::int64_t{1}}, {"kind", std::string("statuses")}, {"cases", lines}});
}

base::Result<std::vector<CaseStatus>> statuses(base::ByteView content) {
    const Record record = TRY(formats::record_from_json(content));
    Fields in(record, FaultCode::BytesMalformed, "statuses");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "statuses"));
    const Texts lines = TRY(in.texts("cases", statuses_max));
    TRY_STATUS(in.finish());
    std::vector<CaseStatus> out;
    for (const auto& line : lines) {
        const auto status = status_in(line);
        if (!status) return in.wrong("cases");
        out.push_back(*status);
    }
    if (!ascending(out, [](const CaseStatus& s) { return s.local_number; }))
        return in.wrong("cases");
    return out;
}

Standing Revocations::standing_of(const std::string& certificate, std::int64_t seq) const {
    const auto found = std::find_if(
        terminals.begin(), terminals.end(),
        [&](const RevokedTerminal& revoked) { return revoked.certificate == certificate; });
    if (found == terminals.end()) return Standing::good;
    return seq <= found->last_seq ? Standing::before_revocation : Standing::for_review;
}

base::Bytes encode(Revocations revocations) {
    std::sort(revocations.terminals.begin(), revocations.terminals.end(),
              [](const auto& a, const auto& b) { return a.certificate < b.certificate; });
    std::sort(revocations.kids.begin(), revocations.kids.end());
    Texts lines;
    for (const auto& revoked : revocations.terminals)
        lines.push_back(revoked.certificate + " " + std::to_string(ms(revoked.since)) + " " +
                        std::to_string(revoked.last_seq));
    return formats::to_json({{"v", std::int64_t{1}},
                             {"kind", std::string("revocations")},
                             {"terminals", lines},
                             {"kids", revocations.kids}});
}

base::Result<Revocations> revocations(base::ByteView content) {
    const Record record = TRY(formats::record_from_json(content));
    Fields in(record, FaultCode::BytesMalformed, "revocations");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "revocations"));
    const Texts lines = TRY(in.texts("terminals", revocations_max));
    Revocations out;
    out.kids = TRY(in.texts("kids", revocations_max));
    TRY_STATUS(in.finish());
    for (const auto& line : lines) {
        const auto revoked = revoked_in(line);
        if (!revoked) return in.wrong("terminals");
        out.terminals.push_back(*revoked);
    }
    if (!ascending(out.terminals, [](const RevokedTerminal& r) { return r.certificate; }))
        return in.wrong("terminals");
    if (!std::all_of(out.kids.begin(), out.kids.end(), is_id) ||
        !ascending(out.kids, [](const std::string& kid) { return kid; }))
        return in.wrong("kids");
    return out;
}

}  // namespace offline::papers
