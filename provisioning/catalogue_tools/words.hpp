// What is in a pack, in Chinese words for whoever publishes it: enumerations, conditions, texts.
// Pure; any thread.
#pragma once

#include "catalogue/pack.hpp"

#include <string>

namespace provisioning::catalogue_tools {

std::string in_words(domain::Realm realm);
std::string in_words(catalogue::Audience audience);
std::string in_words(catalogue::Handling handling);
std::string in_words(catalogue::IdentityLevel level);
std::string in_words(catalogue::FilingDate date);
std::string in_words(catalogue::FieldType type);
std::string in_words(catalogue::Prefill prefill);
std::string in_words(catalogue::FieldMask mask);
std::string in_words(catalogue::MaterialSource source);
std::string in_words(catalogue::SignatureWay way);
std::string in_words(catalogue::RowOrder order);
std::string in_words(catalogue::ProcessKind kind);
std::string in_words(catalogue::LenientClass lenient);
std::string in_words(catalogue::Level level);
std::string in_words(catalogue::ItemState state);
std::string in_words(catalogue::Delivery way);
std::string in_words(catalogue::TradeLevel level);

// “您是给谁办？”是“替别人办”, 且 今天 小于 eligible_from. Answers are said by their labels; values
// that have none as they are.
std::string in_words(const catalogue::Expression& expression, const catalogue::ServiceItem& item);
// 至少 2 个字; without its message.
std::string in_words(const catalogue::Validation& rule, const catalogue::ServiceItem& item);

// On a screen of letters; a Chinese character is two wide.
std::size_t width_of(const std::string& text);
// Filled with spaces to a width.
std::string padded(const std::string& text, std::size_t width);
// “、” between them; 无 for none.
std::string listed(const std::vector<std::string>& parts);

}  // namespace provisioning::catalogue_tools
