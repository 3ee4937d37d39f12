#include "offline/intake/technician_command.hpp"

#include "base/random.hpp"
#include "offline/papers/maintenance_answer.hpp"
#include "offline/papers/technician_roster.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

#include <array>
#include <sstream>

namespace offline::intake {

namespace {

using base::FaultCode;

base::Result<sealing::SigningKey> feed_key(const TechnicianOrder& order) {
    base::Bytes file = TRY(base::read_file(order.key));
    const sealing::WipeAtEnd wipe(file);
    return sealing::SigningKey::parse(file, "feed-key", order.realm);
}

base::Result<domain::Technician> technician(const std::string& label, const std::string& rights) {
    domain::Technician out{label, {}};
    if (!domain::is_technician_label(label))
        return base::fail(FaultCode::ConfigInvalid, "label: a letter, a hyphen and digits");
    std::istringstream words(rights == "-" ? std::string{} : rights);
    for (std::string word; std::getline(words, word, ',');) {
        const auto right = domain::right_from(word);
        if (!right)
            return base::fail(FaultCode::ConfigInvalid, "rights: courier,service,machine or -");
        out.rights.insert(*right);
    }
    return out;
}

}  // namespace

base::Result<std::string> technician_answer(const TechnicianOrder& order) {
    const auto key = TRY(feed_key(order));
    const auto challenge = TRY(papers::MaintenanceChallenge::parse(order.challenge));
    return papers::maintenance_answer(challenge, TRY(technician(order.label, order.rights)), key);
}

base::Result<base::Bytes> technician_list(const TechnicianOrder& order,
                                          const base::SecretText& lines, base::Instant now) {
    const auto key = TRY(feed_key(order));
    papers::TechnicianRoster out;
    out.realm = order.realm;
    out.version = order.version;
    out.issued_at = now;
    out.valid_until = now + std::chrono::hours{24 * order.good_for_days};
    int number = 0;
    for (std::string_view rest = *lines; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (line.empty()) continue;
        std::array<std::string_view, 4> words;
        std::size_t at = 0, found = 0;
        for (; at <= line.size() && found < words.size(); ++found) {
            const auto stop = std::min(line.find(' ', at), line.size());
            words.at(found) = line.substr(at, stop - at);
            at = stop + 1;
        }
        const auto wrong = [&] {
            return base::fail(FaultCode::ConfigInvalid,
                              "line " + std::to_string(number) + ": LABEL RIGHTS CARD PIN");
        };
        if (found != words.size() || at <= line.size()) return wrong();
        auto who = technician(std::string(words[0]), std::string(words[1]));
        if (!who) return wrong();
        auto entry = papers::roster_entry(std::move(*who), base::SecretText(std::string(words[2])),
                                          base::SecretText(std::string(words[3])),
                                          base::random_bytes<16>(), out.valid_until);
        if (!entry) return wrong();
        out.entries.push_back(std::move(*entry));
    }
    return out.issue(key);
}

}  // namespace offline::intake
