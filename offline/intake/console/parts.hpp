// What the console's pages have in common. Internal.
#pragma once

#include "offline/intake/console/pages.hpp"

namespace offline::intake::console {

enum class Tab { none, terminals, cases, invitations, versions, voices, acts };

// The whole page around its body.
std::string framed(const std::string& title, const std::optional<Visitor>& who, Tab tab,
                   const Html& body, const std::optional<Word>& word);
// 需上门, 请留意, 正常: a word and a sign, never the colour alone.
Html light_sign(Light light, bool quiet = false);
Html csrf_field(const Visitor& who);
// 12 分钟前; for those who point at it, the whole time.
Html ago(base::Instant at, base::Instant now);
Html clock_time(base::Instant at);  // 11-27 02:31
// Digits in groups: 000101 001001 001
Html terminal_number(const std::string& terminal);
Html number(std::int64_t value);

}  // namespace offline::intake::console
