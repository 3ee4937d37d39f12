#include "offline/intake/console/parts.hpp"

#include <fmt/format.h>

namespace offline::intake::console {

namespace {

Html tab_link(Tab tab, Tab here, const char* where, const char* words) {
    Html out = Html("<a href=\"") + Html::text(where) + "\"";
    if (tab == here) out += " aria-current=\"page\"";
    return out + ">" + Html::text(words) + "</a>";
}

std::string role_zh(Role role) {
    switch (role) {
        case Role::viewer:
            return "查看";
        case Role::operator_:
            return "操作";
        case Role::admin:
            break;
    }
    return "管理";
}

}  // namespace

Html number(std::int64_t value) {
    return Html::text(std::to_string(value));
}

Html csrf_field(const Visitor& who) {
    return Html("<input type=\"hidden\" name=\"csrf\" value=\"") + Html::text(who.csrf) + "\">";
}

Html clock_time(base::Instant at) {
    if (at == base::Instant{}) return "–";
    const std::string whole = base::iso8601_local(at);
    return Html("<time datetime=\"") + Html::text(whole) + "\">" +
           Html::text(whole.substr(5, 5) + " " + whole.substr(11, 5)) + "</time>";
}

Html ago(base::Instant at, base::Instant now) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - at).count();
    const std::string words = minutes < 1         ? "刚刚"
                              : minutes < 60      ? fmt::format("{} 分钟前", minutes)
                              : minutes < 48 * 60 ? fmt::format("{} 小时前", minutes / 60)
                                                  : fmt::format("{} 天前", minutes / (24 * 60));
    const std::string whole = base::iso8601_local(at);
    return Html("<time datetime=\"") + Html::text(whole) + "\" title=\"" + Html::text(whole) +
           "\">" + Html::text(words) + "</time>";
}

Html terminal_number(const std::string& terminal) {
    if (terminal.size() != 15) return Html::text(terminal);
    return Html("<span class=\"number\"><span>") + Html::text(terminal.substr(0, 6)) +
           "</span><span>" + Html::text(terminal.substr(6, 6)) + "</span><span>" +
           Html::text(terminal.substr(12)) + "</span></span>";
}

Html light_sign(Light light, bool quiet) {
    if (quiet) return "<span class=\"light quiet\"><i aria-hidden=\"true\">–</i>停用</span>";
    switch (light) {
        case Light::green:
            return "<span class=\"light green\"><i aria-hidden=\"true\">✓</i>正常</span>";
        case Light::amber:
            return "<span class=\"light amber\"><i aria-hidden=\"true\">!</i>请留意</span>";
        case Light::red:
            break;
    }
    return "<span class=\"light red\"><i aria-hidden=\"true\">✕</i>需上门</span>";
}

std::string framed(const std::string& title, const std::optional<Visitor>& who, Tab tab,
                   const Html& body, const std::optional<Word>& word) {
    Html page =
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<link rel=\"stylesheet\" href=\"/console/style.css\"><title>";
    page += Html::text(title) + " · 市民之窗</title></head><body>";
    page +=
        "<header class=\"bar\"><div class=\"inner\"><a class=\"brand\" href=\"/console\">"
        "<span class=\"seal\" aria-hidden=\"true\">窗</span>市民之窗"
        "<span class=\"sub\">终端管理</span></a>";
    if (who) {
        page += Html("<nav aria-label=\"主要页面\">") +
                tab_link(Tab::terminals, tab, "/console", "终端") +
                tab_link(Tab::cases, tab, "/console/cases", "办件") +
                tab_link(Tab::invitations, tab, "/console/invitations", "邀请") +
                tab_link(Tab::versions, tab, "/console/versions", "版本") +
                tab_link(Tab::voices, tab, "/console/voices", "诉求");
        if (who->may_see_acts()) page += tab_link(Tab::acts, tab, "/console/acts", "记录");
        page += Html("</nav><form class=\"who\" method=\"post\" action=\"/console/logout\">") +
                csrf_field(*who) + "<span>" + Html::text(who->name) + "<small>" +
                Html::text(role_zh(who->role)) +
                "</small></span><button class=\"plain\" id=\"sign-out\">退出</button></form>";
    }
    page += "</div></header><main>";
    if (word) {
        page += word->good ? Html("<p class=\"word good\" role=\"status\">")
                           : Html("<p class=\"word bad\" role=\"alert\">");
        page += Html::text(word->text) + "</p>";
    }
    page += body;
    page += "</main></body></html>\n";
    return page.str();
}

}  // namespace offline::intake::console
