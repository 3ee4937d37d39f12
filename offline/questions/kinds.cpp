#include "offline/questions/kinds.hpp"

#include "offline/questions/strict_json.hpp"

#include <algorithm>
#include <array>

namespace offline::questions {

namespace {

constexpr std::array<std::string_view, 8> kind_names{"progress", "certificate", "fee",     "draft",
                                                     "proof",    "booking",     "payment", "reply"};

}  // namespace

std::string_view name(Kind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

std::optional<Kind> kind_from(std::string_view name) {
    const auto* at = std::find(kind_names.begin(), kind_names.end(), name);
    if (at == kind_names.end()) return std::nullopt;
    return static_cast<Kind>(at - kind_names.begin());
}

std::string refused_answer(std::string_view reason) {
    return nlohmann::json{{"kind", "refused"}, {"reason", reason}}.dump();
}

std::optional<std::string> refusal_in(std::string_view answer) {
    const auto value = nlohmann::json::parse(answer, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", "refused");
    std::string reason = in.text("reason", 64);
    return in.whole() ? std::optional(std::move(reason)) : std::nullopt;
}

}  // namespace offline::questions
