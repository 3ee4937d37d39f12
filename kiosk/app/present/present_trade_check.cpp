// 负面清单 by trade: typed as a code or a name, answered with the clause.
#include "app/present/page_builder.hpp"
#include "catalogue/trades.hpp"
#include "domain/dates.hpp"

namespace app {

using screens::Tone;

namespace {

constexpr std::size_t most_found = 5;
constexpr std::size_t longest_query = 20;

MessageId words_of(catalogue::TradeLevel level) {
    switch (level) {
        case catalogue::TradeLevel::forbidden:
            return MessageId::trade_forbidden;
        case catalogue::TradeLevel::licence:
            return MessageId::trade_licence;
        case catalogue::TradeLevel::limited:
            return MessageId::trade_limited;
    }
    return MessageId::trade_forbidden;
}

screens::Notice answer(const PageBuilder& b, const catalogue::NegativeTrade& trade) {
    return {trade.level == catalogue::TradeLevel::licence ? Tone::info : Tone::warn,
            "alert-triangle",
            b.say(words_of(trade.level), {{"code", trade.trade_code}, {"name", b.say(trade.name)}}),
            {b.say(MessageId::trade_why,
                   {{"clause", b.say(trade.clause)}, {"basis", b.say(trade.basis)}})},
            false};
}

std::string as_of(const PageBuilder& b) {
    const auto date = domain::date_from_iso(b.pack.built_on);
    return b.say(MessageId::trade_as_of,
                 {{"date", date ? domain::in_words(*date, b.locale()) : b.pack.built_on},
                  {"telephone", b.pack.telephone}});
}

}  // namespace

void show(const flows::CheckingTrade& here, PageBuilder& b) {
    b.title(b.say(MessageId::trade_check_title));
    screens::Field field;
    field.id = b.bind(flows::trade_field, session::Touched{});
    field.label = b.say(MessageId::trade_check_label);
    field.hint = b.say(MessageId::trade_check_hint);
    field.value = here.query ? here.query : base::SecretText(std::string());
    field.keyboard = screens::Keyboard::search;
    field.focused = true;
    field.max_code_points = longest_query;
    field.sensitivity = screens::Sensitivity::open;
    b.add(std::move(field));
    if (here.query && !here.query->empty()) {
        const auto today = base::local_date(b.in.now);
        const auto found =
            catalogue::find_trades(b.pack.negative_list, *here.query, today, most_found);
        if (found.size() == 1) {
            b.add(answer(b, *found.front()));
        } else if (!found.empty()) {
            screens::Choices list{screens::ChoiceStyle::found, false, {}};
            for (const auto* trade : found)
                list.choices.push_back(
                    {b.bind("trade:" + trade->trade_code,
                            session::TextTyped{flows::trade_field,
                                               base::SecretText(trade->trade_code)}),
                     b.say(words_of(trade->level),
                           {{"code", trade->trade_code}, {"name", b.say(trade->name)}}),
                     b.say(trade->clause),
                     {},
                     false});
            b.add(std::move(list));
        } else if (catalogue::is_trade_code(*here.query)) {
            b.add(screens::Notice{Tone::success,
                                  "circle-check",
                                  b.say(MessageId::trade_allowed, {{"code", *here.query}}),
                                  {},
                                  false});
        } else {
            b.add(screens::Notice{
                Tone::info,
                "info-circle",
                b.say(MessageId::trade_not_found),
                {b.say(MessageId::trade_not_found_note, {{"telephone", b.pack.telephone}})},
                false});
        }
    }
    b.line(as_of(b));
}

}  // namespace app
