#include "offline/intake/operator_view.hpp"

#include "base/bytes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace offline::intake {

std::string terminals_as_text(const std::vector<TerminalLine>& terminals) {
    std::string out = "terminal\tepoch\tcases\thighest_seq\tlast_received\n";
    for (const auto& line : terminals)
        out += fmt::format("{}\t{}\t{}\t{}\t{}\n", line.terminal, base::to_hex(line.epoch),
                           line.cases, line.highest_seq,
                           line.cases == 0 ? "-" : base::iso8601_local(line.last_received_at));
    return out;
}

std::string gaps_as_text(const std::vector<Gap>& gaps) {
    std::string out = "terminal\tepoch\tfrom\tto\tmissing\n";
    for (const auto& gap : gaps)
        out += fmt::format("{}\t{}\t{}\t{}\t{}\n", gap.terminal, base::to_hex(gap.epoch), gap.from,
                           gap.to, gap.to - gap.from + 1);
    return out;
}

std::string quarantine_as_text(const std::vector<Refusal>& refusals) {
    std::string out = "sub_id\tterminal\tseq\treason\trefused_at\n";
    for (const auto& refusal : refusals)
        out += fmt::format("{}\t{}\t{}\t{}\t{}\n", refusal.sub_id.text(), refusal.terminal,
                           refusal.seq, refusal.reason, base::iso8601_local(refusal.refused_at));
    return out;
}

std::string refusal_as_json(const Refusal& refusal) {
    const auto manifest =
        nlohmann::ordered_json::parse(base::as_text(refusal.manifest), nullptr, false);
    return nlohmann::ordered_json{{"sub_id", refusal.sub_id.text()},
                                  {"terminal", refusal.terminal},
                                  {"reason", refusal.reason},
                                  {"refused_at", base::iso8601_local(refusal.refused_at)},
                                  {"envelope_bytes", refusal.envelope.size()},
                                  {"manifest", manifest}}
        .dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace offline::intake
