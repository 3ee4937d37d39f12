#include "tests/simulator/world/fate.hpp"

namespace simulator {

std::string_view name(Fate fate) {
    constexpr std::string_view names[] = {
        "delivered",  "refused",        "lost-before",     "answer-lost",    "delayed",
        "duplicated", "truncated",      "request-flipped", "answer-flipped", "portal",
        "overloaded", "gateway-failed", "forged",          "replayed",       "cut-midway",
        "shut-out",   "centre-fails"};
    return names[static_cast<std::size_t>(fate)];
}

Fate draw_fate(const Swarm& swarm, Seeded& random) {
    struct Choice {
        int Swarm::*often;
        Fate fate;
    };
    constexpr Choice choices[] = {
        {&Swarm::lost_before, Fate::lost_before},
        {&Swarm::answer_lost, Fate::answer_lost},
        {&Swarm::delayed, Fate::delayed},
        {&Swarm::duplicated, Fate::duplicated},
        {&Swarm::truncated, Fate::truncated},
        {&Swarm::request_flipped, Fate::request_flipped},
        {&Swarm::answer_flipped, Fate::answer_flipped},
        {&Swarm::portal, Fate::portal},
        {&Swarm::overloaded, Fate::overloaded},
        {&Swarm::gateway_failed, Fate::gateway_failed},
        {&Swarm::forged, Fate::forged},
        {&Swarm::replayed, Fate::replayed},
        {&Swarm::cut_midway, Fate::cut_midway},
    };
    Fate fate = Fate::delivered;
    // All are drawn, so that one exchange costs the same draws whatever happens.
    for (const auto& choice : choices)
        if (random.chance(swarm.*choice.often) && fate == Fate::delivered) fate = choice.fate;
    return fate;
}

Kind kind_of(const offline::sync::Exchange& exchange) {
    namespace papers = offline::papers;
    const std::string& path = exchange.path;
    if (path.ends_with("/hello")) return {"hello"};
    if (path.ends_with("/receipts")) return {"receipts"};
    if (path.ends_with("/batch")) {
        Kind kind{"batch"};
        const auto items = papers::wire::batch(exchange.body);
        for (const auto& item : items ? *items : std::vector<base::Bytes>{}) {
            const auto delivered = papers::wire::delivered(item);
            if (!delivered) continue;
            const auto manifest = papers::Manifest::parse(delivered->manifest);
            if (manifest) kind.ids.push_back(manifest->sub_id.text());
        }
        return kind;
    }
    if (path.starts_with("/v1/a/")) {
        const bool brings = exchange.method == offline::sync::Method::patch;
        return {brings ? "slice" : "offset", {}, path.substr(6)};
    }
    const auto at = path.find("/s/");
    if (at == std::string::npos) return {"other"};
    return {path.ends_with("/commit") ? "commit" : "submit", {path.substr(at + 3, 32)}};
}

}  // namespace simulator
