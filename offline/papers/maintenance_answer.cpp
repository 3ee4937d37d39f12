#include "offline/papers/maintenance_answer.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace offline::papers {

namespace {

using base::FaultCode;

constexpr std::string_view challenge_begins = "CWM1:", answer_begins = "CWMA1:";

template <std::size_t N>
std::optional<std::array<std::string_view, N>> parts(std::string_view text) {
    std::array<std::string_view, N> out;
    for (std::size_t i = 0; i < N; ++i) {
        const auto end = text.find(':');
        if ((end == std::string_view::npos) != (i + 1 == N)) return std::nullopt;
        out.at(i) = text.substr(0, end);
        if (end != std::string_view::npos) text.remove_prefix(end + 1);
    }
    return out;
}

std::string rights_text(const std::set<domain::Right>& rights) {
    std::string out;
    for (const auto right : rights)
        out += (out.empty() ? "" : ",") + std::string(domain::name(right));
    return out.empty() ? "-" : out;
}

std::optional<std::set<domain::Right>> rights_in(std::string_view text) {
    std::set<domain::Right> out;
    for (std::string_view rest = text; text != "-";) {
        const auto end = rest.find(',');
        const auto right = domain::right_from(rest.substr(0, end));
        if (!right) return std::nullopt;
        out.insert(*right);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    if (rights_text(out) != text) return std::nullopt;
    return out;
}

base::Bytes signed_bytes(const MaintenanceChallenge& challenge, std::string_view label,
                         std::string_view rights) {
    return base::to_bytes(challenge.text() + "\n" + std::string(label) + ":" + std::string(rights));
}

}  // namespace

std::string MaintenanceChallenge::text() const {
    return std::string(challenge_begins) + terminal + ":" +
           std::to_string(since.time_since_epoch().count()) + ":" + base::to_hex(nonce);
}

base::Result<MaintenanceChallenge> MaintenanceChallenge::parse(std::string_view text) {
    const auto wrong = [] { return base::fail(FaultCode::BytesMalformed, "challenge"); };
    if (text.size() > answer_text_max || !text.starts_with(challenge_begins)) return wrong();
    const auto fields = parts<3>(text.substr(challenge_begins.size()));
    if (!fields) return wrong();
    MaintenanceChallenge out;
    out.terminal = (*fields)[0];
    std::int64_t since = -1;
    const auto time = (*fields)[1];
    const auto read = std::from_chars(time.data(), time.data() + time.size(), since);
    const auto nonce = base::from_hex((*fields)[2]);
    if (read.ec != std::errc{} || since < 0 || !nonce || nonce->size() != out.nonce.size())
        return wrong();
    out.since = base::Instant{base::Millis{since}};
    std::copy(nonce->begin(), nonce->end(), out.nonce.begin());
    if (out.text() != text) return wrong();
    return out;
}

base::Result<std::string> maintenance_answer(const MaintenanceChallenge& challenge,
                                             const domain::Technician& technician,
                                             const sealing::Signer& key) {
    const auto rights = rights_text(technician.rights);
    const auto signature = TRY(
        key.sign(sealing::context::maintenance, signed_bytes(challenge, technician.label, rights)));
    return std::string(answer_begins) + technician.label + ":" + rights + ":" +
           sealing::key_id(key.public_key()) + ":" + base::to_base64url(signature);
}

base::Result<domain::Technician> read_maintenance_answer(std::string_view text,
                                                         const MaintenanceChallenge& challenge,
                                                         const sealing::KeySet& keys,
                                                         base::Instant now) {
    const auto wrong = [] { return base::fail(FaultCode::AnswerWrong); };
    if (text.size() > answer_text_max || !text.starts_with(answer_begins)) return wrong();
    const auto fields = parts<4>(text.substr(answer_begins.size()));
    if (!fields || !domain::is_technician_label((*fields)[0])) return wrong();
    const auto rights = rights_in((*fields)[1]);
    const auto signature = base::from_base64url((*fields)[3]);
    const auto key = keys.key(sealing::KeyPurpose::feed, (*fields)[2]);
    if (!rights || !signature || !key ||
        !sealing::verify(*key, sealing::context::maintenance,
                         signed_bytes(challenge, (*fields)[0], (*fields)[1]), *signature))
        return wrong();
    const auto passed = std::chrono::duration_cast<base::Millis>(now - challenge.since);
    if (passed < base::Millis{0} || passed >= challenge_serves) return wrong();
    return domain::Technician{std::string((*fields)[0]), *rights};
}

}  // namespace offline::papers
