#include "offline/intake/console/voice_desk.hpp"

#include "offline/intake/console/parts.hpp"
#include "offline/intake/voices/voice_commands.hpp"

#include <nlohmann/json.hpp>

namespace offline::intake::console {

namespace {

std::string kind_zh(const WorkOrder& order) {
    if (order.kind == "consult") return "咨询";
    if (order.kind == "complaint") return "投诉建议";
    if (order.kind == "stuck") return "办不成事";
    return "评价（" + std::to_string(order.level) + " 级）";
}

std::string state_zh(const WorkOrder& order, base::Instant now) {
    if (order.state == "received")
        return order.overdue(now) ? "超期未答复"
               : order.again != 0 ? "还不满意，待再答复"
                                  : "待答复";
    if (order.state == "assigned") return order.overdue(now) ? "超期未答复" : "办理中";
    if (order.state == "replied") return "已答复";
    return order.state == "satisfied" ? "群众满意" : "已办结";
}

Html row(const char* what, const std::string& is) {
    if (is.empty()) return {};
    return Html("<div><dt>") + Html::text(what) + "</dt><dd>" + Html::text(is) + "</dd></div>";
}

std::string text_in(const nlohmann::json& json, const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string()
               ? json[key].get<std::string>()
               : std::string();
}

// What was written, by whom, and what was tried before.
Html words_of(const std::string& shown) {
    const auto whole = nlohmann::json::parse(shown, nullptr, false);
    if (!whole.is_object() || !whole.contains("case") || !whole["case"].contains("submission"))
        return "<p class=\"empty\">读不出内容。</p>";
    const auto& said = whole["case"]["submission"];
    const auto listed = [](const nlohmann::json& list) {
        std::string out;
        if (list.is_array())
            for (const auto& one : list)
                if (one.is_string()) out += (out.empty() ? "" : " → ") + one.get<std::string>();
        return out;
    };
    const bool named = said.contains("person");
    Html out = "<dl class=\"sheet\">";
    out += row("内容", text_in(said, "text"));
    out += row("姓名", named ? text_in(said["person"], "name") : "匿名");
    out += row("电话", text_in(said, "telephone"));
    out += row("试过的步骤", said.contains("tried") ? listed(said["tried"]) : std::string());
    if (said.contains("rating") && said["rating"].is_object() && said["rating"].contains("reasons"))
        out += row("原因", listed(said["rating"]["reasons"]));
    return out + "</dl>";
}

Html forms(const Visitor& who, const WorkOrder& order) {
    const Html begin =
        Html("<form method=\"post\" action=\"/console/voices/") + Html::text(order.number);
    Html out = "<section class=\"card\"><h2>办理</h2><div class=\"orders\">";
    if (order.state != "satisfied" && order.state != "closed")
        out +=
            begin + "/reply\">" + csrf_field(who) +
            "<label>答复<textarea name=\"text\" rows=\"5\" maxlength=\"800\" required></textarea>"
            "</label><button class=\"main\" id=\"send-reply\">答复</button></form>";
    if (order.state == "replied" || order.state == "satisfied")
        out += begin + "/close\">" + csrf_field(who) +
               "<p>办结<small>不再回访</small></p><button id=\"close\">办结</button></form>";
    return out + "</div></section>";
}

}  // namespace

base::Result<VoiceBook> VoiceDesk::book() const {
    if (!site_) return base::fail(base::FaultCode::AnswerNotFound, "no work orders here");
    return VoiceBook::open(site_->folder);
}

base::Result<std::string> VoiceDesk::list_page(const Visitor& who, base::Instant now) const {
    auto open = TRY(book());
    const auto orders = TRY(open.all());
    const auto ratings = TRY(open.ratings());
    Html body = "<h1>咨询、投诉和评价</h1><p>评价：";
    for (std::size_t level = 0; level < ratings.size(); ++level)
        body += Html::text(std::to_string(level + 1) + " 级 " + std::to_string(ratings[level]) +
                           " 次　");
    body += "</p>";
    if (orders.empty()) {
        body += "<p class=\"empty\">没有要办的。</p>";
        return framed("咨询、投诉和评价", who, Tab::voices, body, std::nullopt);
    }
    body +=
        "<table><thead><tr><th>编号</th><th>类别</th><th>情况</th><th>收到</th><th>最晚答复</th>"
        "</tr></thead><tbody>";
    for (const auto& order : orders)
        body += Html("<tr><td><a href=\"/console/voices/") + Html::text(order.number) + "\">" +
                Html::text(order.number) + "</a></td><td>" + Html::text(kind_zh(order)) +
                "</td><td>" + Html::text(state_zh(order, now)) + "</td><td>" +
                ago(order.received_at, now) + "</td><td>" + clock_time(order.due) + "</td></tr>";
    body += "</tbody></table>";
    return framed("咨询、投诉和评价", who, Tab::voices, body, std::nullopt);
}

base::Result<std::string> VoiceDesk::order_page(const Visitor& who, const std::string& number,
                                                base::Instant now,
                                                const std::optional<Word>& word) const {
    auto open = TRY(book());
    const auto order = TRY(open.order(number));
    Html body = Html("<h1>") + Html::text(kind_zh(order)) + "</h1><dl class=\"sheet\">" +
                row("编号", order.number) + row("本机编号", order.local_number) +
                row("情况", state_zh(order, now)) + row("事项", order.about_item) +
                row("办件", order.about_case) + row("答复", order.reply);
    if (order.again != 0) body += row("还不满意", std::to_string(order.again) + " 次");
    body += "</dl>";
    if (who.may_act()) {
        const auto shown = TRY(voice_text(*site_, number));
        body += words_of(shown) + forms(who, order);
    } else {
        body += "<p class=\"empty\">内容只给办理的人看。</p>";
    }
    return framed(kind_zh(order), who, Tab::voices, body, word);
}

base::Status VoiceDesk::reply(const std::string& number, const std::string& text,
                              base::Instant now) const {
    auto open = TRY(book());
    return open.reply(number, text, now);
}

base::Status VoiceDesk::close(const std::string& number) const {
    auto open = TRY(book());
    return open.close(number);
}

}  // namespace offline::intake::console
