#include "offline/intake/voices/voice_commands.hpp"

#include "offline/intake/case_view.hpp"
#include "offline/intake/voices/voice_book.hpp"

#include <nlohmann/json.hpp>

namespace offline::intake {

namespace {

std::string line_of(const WorkOrder& order, base::Instant now) {
    std::string out = order.number + "\t" + order.kind + "\t" + order.state + "\t" +
                      base::iso8601_local(order.received_at) + "\t" +
                      base::iso8601_local(order.due);
    if (order.level != 0) out += "\tlevel " + std::to_string(order.level);
    if (order.overdue(now)) out += "\toverdue";
    if (order.again != 0) out += "\tagain " + std::to_string(order.again);
    return out + "\n";
}

Text list_text(VoiceBook& book, base::Instant now) {
    std::string out;
    for (const auto& order : TRY(book.all())) out += line_of(order, now);
    const auto ratings = TRY(book.ratings());
    out += "ratings";
    for (const auto count : ratings) out += "\t" + std::to_string(count);
    return out + "\n";
}

}  // namespace

Text voice_text(const Site& site, const std::string& number) {
    auto book = TRY(VoiceBook::open(site.folder));
    const auto order = TRY(book.order(number));
    const auto keys = TRY(read_keys(site));
    const auto store = TRY(open_store(site, &IntakeStore::open_to_read));
    const auto sub_id = TRY(domain::SubId::parse(order.sub_id));
    const auto found = TRY(store->with_sub_id(sub_id));
    if (found.empty()) return base::fail(base::FaultCode::AnswerNotFound, "no case of this order");
    const std::string said = TRY(case_as_json(found.front(), keys));
    return nlohmann::ordered_json{{"number", order.number},
                                  {"kind", order.kind},
                                  {"state", order.state},
                                  {"due", base::iso8601_local(order.due)},
                                  {"reply", order.reply},
                                  {"again", order.again},
                                  {"case", nlohmann::ordered_json::parse(said)}}
               .dump(2) +
           "\n";
}

Text voices_text(const Site& site, const VoiceOrder& order, base::Instant now) {
    if (order.act == "show") return voice_text(site, order.number);
    auto book = TRY(VoiceBook::open(site.folder));
    if (order.act == "list") return list_text(book, now);
    if (order.act == "assign")
        TRY_STATUS(book.assign(order.number));
    else if (order.act == "reply")
        TRY_STATUS(book.reply(order.number, order.text, now));
    else
        TRY_STATUS(book.close(order.number));
    return std::string();
}

}  // namespace offline::intake
