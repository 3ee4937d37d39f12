// Everything a citizen, an agent or a technician reads, by id, in every language. The texts stand
// in messages/*.toml, each id with all its languages side by side; a missing one fails the build.
// Placeholders are named: {name}.
#pragma once

#include "base/locale.hpp"
#include "base/message_id.hpp"  // generated: enum class MessageId

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace base {

std::string_view text(MessageId id, Locale locale);
std::string text(MessageId id, Locale locale,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace base
