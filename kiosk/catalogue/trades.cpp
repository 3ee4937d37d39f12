#include "catalogue/trades.hpp"

#include <algorithm>
#include <cctype>

namespace catalogue {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
    });
    return text;
}

std::string without_spaces(std::string text) {
    std::erase(text, ' ');
    return text;
}

}  // namespace

bool is_trade_code(const std::string& text) {
    return text.size() == trade_code_length &&
           text.find_first_not_of("0123456789") == std::string::npos;
}

const NegativeTrade* negative_trade(const std::vector<NegativeTrade>& list,
                                    const std::string& trade_code, base::Date on) {
    for (const auto& trade : list)
        if (trade.trade_code == trade_code && trade.holds_on(on)) return &trade;
    return nullptr;
}

std::vector<const NegativeTrade*> find_trades(const std::vector<NegativeTrade>& list,
                                              const std::string& query, base::Date on,
                                              std::size_t most) {
    std::vector<const NegativeTrade*> out;
    const std::string wanted = lower(without_spaces(query));
    if (wanted.empty()) return out;
    for (const auto& trade : list) {
        if (out.size() == most) break;
        const bool named = lower(without_spaces(trade.name.zh)).find(wanted) != std::string::npos ||
                           lower(without_spaces(trade.name.en)).find(wanted) != std::string::npos;
        if (trade.holds_on(on) && (named || trade.trade_code.starts_with(wanted)))
            out.push_back(&trade);
    }
    return out;
}

}  // namespace catalogue
