// 负面清单: whether a trade is free to everybody, by its code or its name. Pure; any thread.
#pragma once

#include "base/clock.hpp"
#include "catalogue/pack.hpp"

#include <string>
#include <vector>

namespace catalogue {

// The row that holds for this code on that day; null: the trade is not on the list.
const NegativeTrade* negative_trade(const std::vector<NegativeTrade>& list,
                                    const std::string& trade_code, base::Date on);

// Whether a text is a whole trade code: 4 digits.
bool is_trade_code(const std::string& text);

// The rows that hold on that day and whose code begins with the query, or whose Chinese or English
// name has it in it; at most `most`, in the list's order. An empty query finds nothing.
std::vector<const NegativeTrade*> find_trades(const std::vector<NegativeTrade>& list,
                                              const std::string& query, base::Date on,
                                              std::size_t most);

}  // namespace catalogue
