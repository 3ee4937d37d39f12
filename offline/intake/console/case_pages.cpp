#include "offline/intake/console/case_pages.hpp"

#include "offline/intake/case_commands.hpp"
#include "offline/intake/case_standing.hpp"
#include "offline/intake/console/parts.hpp"

namespace offline::intake::console {

namespace {

using base::FaultCode;

std::string state_zh(const CaseLine& line, const CaseStanding& standing) {
    if (line.technical == name(CaseState::applied))
        return std::string(domain::name_zh(standing.state));
    if (line.technical == name(CaseState::rejected)) return "已退回";
    return line.technical == name(CaseState::dead) ? "登记失败" : "等待登记";
}

Html or_dash(const std::string& text) {
    return text.empty() ? Html("–") : Html::text(text);
}

Html move_form(const Visitor& who, const std::string& number, domain::OfficeState from) {
    Html options;
    for (const auto state : domain::office_states)
        if (domain::may_move(from, state))
            options += Html("<option value=\"") + Html::text(domain::word(state)) + "\">" +
                       Html::text(domain::name_zh(state)) + "</option>";
    if (options.empty()) return "<p class=\"empty\">这个办件已经结束。</p>";
    return Html("<form class=\"grid\" method=\"post\" action=\"/console/cases/") +
           Html::text(number) + "\">" + csrf_field(who) + "<label>改为<select name=\"state\">" +
           options +
           "</select></label><label>部门<input name=\"office\" maxlength=\"160\" "
           "placeholder=\"由谁办理；不予受理时写应当去的部门\"></label>"
           "<label>补正期限<input name=\"until\" type=\"date\"></label>"
           "<label>决定<select name=\"result\"><option value=\"\">–</option>"
           "<option value=\"YES\">准予</option><option value=\"NO\">不予</option></select></label>"
           "<label class=\"wide\">给申请人的说明<input name=\"note\" maxlength=\"160\" "
           "placeholder=\"补正内容或理由；不写姓名和证件号\"></label>"
           "<button class=\"main\" id=\"move-case\">登记</button></form>";
}

Html history_rows(const CaseLine& line) {
    Html rows = Html("<tr><td>") + clock_time(line.received_at) +
                "</td><td>已收件</td><td>–</td><td>–</td><td>–</td></tr>";
    for (const auto& event : line.events) {
        const auto& move = event.move;
        rows += Html("<tr><td>") + clock_time(event.at) + "</td><td>" +
                Html::text(domain::name_zh(move.to));
        if (!move.result.empty()) rows += move.result == "YES" ? Html("：准予") : Html("：不予");
        rows += Html("</td><td>") + or_dash(move.office) + "</td><td>" + or_dash(move.note);
        if (!move.until.empty()) rows += Html("（期限 ") + Html::text(move.until) + "）";
        rows += Html("</td><td>") + Html::text(event.by) + "</td></tr>";
    }
    return rows;
}

const catalogue::Pack& pack_or_none(const std::shared_ptr<const catalogue::Pack>& pack) {
    static const catalogue::Pack none;
    return pack != nullptr ? *pack : none;
}

Shown failed(const Visitor& who, const base::Fault& fault) {
    if (fault.code == FaultCode::AnswerNotFound) return {404, nothing_page(who, "没有这个办件")};
    return {503, nothing_page(who, "现在读不到数据，请稍后再试")};
}

}  // namespace

CaseDesk::CaseDesk(CaseStore& store, std::shared_ptr<const catalogue::Pack> pack,
                   const base::Clock& clock, base::EventLog& log)
    : store_(store), pack_(std::move(pack)), clock_(clock), log_(log) {}

Shown CaseDesk::list(const Visitor& who) const {
    const auto lines = store_.life().newest();
    if (!lines) return failed(who, lines.error());
    Html rows;
    for (const auto& line : *lines) {
        const auto standing =
            standing_of(line.received_at, line.events, pack_or_none(pack_).calendar);
        rows += Html("<tr><td><a href=\"/console/cases/") + Html::text(line.case_number) + "\">" +
                Html::text(line.case_number) + "</a></td><td>" + Html::text(line.item_name) +
                "</td><td>" + Html::text(state_zh(line, standing)) + "</td><td>" +
                clock_time(standing.since) + "</td><td>" + or_dash(standing.due) + "</td><td>" +
                or_dash(standing.office) + "</td></tr>";
    }
    Html body =
        "<div class=\"head\"><h1>办件</h1><p>最近收到的，新的在前</p></div>"
        "<section class=\"card\">";
    body += rows.empty() ? Html("<p class=\"empty\">没有。</p>")
                         : Html(
                               "<table><thead><tr><th>编号</th><th>事项</th><th>状态</th>"
                               "<th>自</th><th>期限</th><th>部门</th></tr></thead><tbody>") +
                               rows + "</tbody></table>";
    return {200, framed("办件", who, Tab::cases, body + "</section>", std::nullopt)};
}

Shown CaseDesk::one(const Visitor& who, const std::string& number) const {
    return shown(who, number, 200, std::nullopt);
}

Shown CaseDesk::shown(const Visitor& who, const std::string& number, int status,
                      const std::optional<Word>& word) const {
    const auto line = store_.life().find(number);
    if (!line) return failed(who, line.error());
    const auto standing =
        standing_of(line->received_at, line->events, pack_or_none(pack_).calendar);
    Html body = Html("<div class=\"head\"><h1>") + Html::text(line->item_name) + "</h1><p>" +
                Html::text(line->case_number) + "</p></div><section class=\"card\"><h2>" +
                Html::text(state_zh(*line, standing)) + "</h2>";
    if (!standing.due.empty()) body += Html("<p>期限 ") + Html::text(standing.due) + "</p>";
    if (!line->whole)
        body += "<p class=\"word bad\" role=\"alert\">过程记录被改过，先查清再办。</p>";
    body += Html(
                "<table><thead><tr><th>时间</th><th>状态</th><th>部门</th><th>说明</th>"
                "<th>登记人</th></tr></thead><tbody>") +
            history_rows(*line) + "</tbody></table></section>";
    if (who.may_act() && line->whole && line->technical == name(CaseState::applied))
        body += Html("<section class=\"card\"><h2>办理</h2>") +
                move_form(who, number, standing.state) + "</section>";
    return {status, framed("办件", who, Tab::cases, body, word)};
}

Shown CaseDesk::move(const Visitor& who, const std::string& number, const std::string& body) {
    MoveOrder order;
    order.case_number = number;
    order.state = form_field(body, "state");
    order.office = form_field(body, "office");
    order.until = form_field(body, "until");
    order.note = form_field(body, "note");
    order.result = form_field(body, "result");
    order.by = who.name;
    const auto moved = move_case(store_.life(), pack_or_none(pack_), order, clock_.now());
    if (moved) {
        log_.record(base::log::CaseMoved{"case", number, std::string(domain::word(moved->from)),
                                         std::string(domain::word(moved->to))});
        return {303, {}, "/console/cases/" + number, "done"};
    }
    Shown out = moved.error().code == FaultCode::CommandRefused
                    ? shown(who, number, 422, Word{false, moved.error().safe_detail})
                    : failed(who, moved.error());
    out.outcome = base::name(moved.error().code);
    return out;
}

}  // namespace offline::intake::console
