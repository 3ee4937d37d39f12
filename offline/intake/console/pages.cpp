// The list of terminals, the page to sign in, and what is about more than one terminal.
#include "offline/intake/console/pages.hpp"

#include "offline/intake/console/parts.hpp"

#include <algorithm>
#include <map>

namespace offline::intake::console {

namespace {

Html tally(const char* kind, const char* words, std::int64_t count, const char* unit) {
    return Html("<div class=\"tally ") + Html::text(kind) + "\"><b>" + number(count) +
           "</b><span>" + Html::text(unit) + "</span><em>" + Html::text(words) + "</em></div>";
}

Html causes_of(const Judgement& judgement) {
    if (judgement.causes.empty()) return "<p class=\"well\">一切正常</p>";
    Html out = "<ul class=\"causes\">";
    for (const auto& cause : judgement.causes)
        out += Html("<li class=\"") + Html::text(name(cause.light)) + "\">" +
               Html::text(cause.text) + "</li>";
    return out + "</ul>";
}

Html row_of(const FleetLine& line, base::Instant now) {
    const bool over = line.over();
    Html out = Html("<li class=\"terminal ") +
               (over ? Html("quiet") : Html::text(name(line.judgement.light))) +
               "\"><a href=\"/console/t/" + Html::text(line.place.terminal) + "\">";
    out += Html("<div class=\"sign\">") + light_sign(line.judgement.light, over) + "</div>";
    out += Html("<div class=\"place\"><strong>") +
           Html::text(line.place.point.empty() ? "未登记地点" : line.place.point) + "</strong>" +
           terminal_number(line.place.terminal) + "</div>";
    out += Html("<div class=\"why\">");
    if (over) out += "<p class=\"well\">已停用</p>";
    if (!over || !line.judgement.causes.empty()) out += causes_of(line.judgement);
    out += "</div><dl class=\"facts\"><div><dt>待送</dt><dd>";
    out += line.content ? number(line.content->waiting + line.content->sending) : Html("–");
    out += "</dd></div><div><dt>程序</dt><dd>";
    out += line.content && !line.content->app.empty() ? Html::text(line.content->app) : Html("–");
    out += "</dd></div><div><dt>消息</dt><dd>";
    out += line.heard ? ago(line.heard->received_at, now) : Html("没有");
    out += "</dd></div></dl></a></li>";
    return out;
}

std::string feed_zh(const std::string& feed) {
    static const std::map<std::string_view, std::string_view> words{{"pack", "事项包"},
                                                                    {"key_set", "密钥集"},
                                                                    {"configuration", "配置"},
                                                                    {"revocation", "吊销名单"},
                                                                    {"release", "程序更新"}};
    const auto found = words.find(feed);
    return found == words.end() ? feed : std::string(found->second);
}

std::string act_zh(const std::string& act) {
    static const std::map<std::string_view, std::string_view> words{{"sign-in", "登录"},
                                                                    {"case", "办件"},
                                                                    {"invite", "发出邀请"},
                                                                    {"notice", "首页通知"},
                                                                    {"restart", "重新启动"},
                                                                    {"reload", "重新读取"},
                                                                    {"support-bundle", "要支持包"},
                                                                    {"voice-reply", "答复诉求"},
                                                                    {"voice-close", "办结诉求"}};
    constexpr std::string_view account = "account-";
    if (act.starts_with(account)) return "建立账号 " + act.substr(account.size());
    const auto found = words.find(act);
    return found == words.end() ? act : std::string(found->second);
}

Html account_form(const Visitor& who) {
    return Html(
               "<h3>建立账号</h3><form class=\"grid\" method=\"post\" "
               "action=\"/console/accounts\">") +
           csrf_field(who) +
           "<label>账号<input name=\"name\" required pattern=\"[a-z0-9._\\-]{2,32}\" "
           "maxlength=\"32\" autocomplete=\"off\" placeholder=\"小写字母、数字、. _ -\"></label>"
           "<label>角色<select name=\"role\"><option value=\"viewer\">查看</option>"
           "<option value=\"operator\">操作</option><option value=\"admin\">管理</option>"
           "</select></label><label class=\"wide\">密码<input name=\"password\" "
           "type=\"password\" autocomplete=\"new-password\" required minlength=\"12\" "
           "maxlength=\"256\" placeholder=\"至少 12 个字符\"></label>"
           "<button class=\"main\" id=\"add-account\">建立账号</button></form>";
}

std::string outcome_words(const std::string& outcome) {
    static const std::map<std::string_view, std::string_view> words{
        {"in", "成功"},       {"out", "退出"},    {"refused", "拒绝"},
        {"locked", "已锁定"}, {"done", "已下达"}, {"forbidden", "没有权限"}};
    const auto found = words.find(outcome);
    return found == words.end() ? outcome : std::string(found->second);
}

}  // namespace

std::string login_page(const std::string& token, const std::optional<Word>& word) {
    Html body =
        "<section class=\"login\"><h1>登录</h1>"
        "<p class=\"lead\">查看终端状况、发出邀请和下达指令。</p>";
    if (word)
        body += Html("<p class=\"word bad\" role=\"alert\">") + Html::text(word->text) + "</p>";
    body += Html(
                "<form method=\"post\" action=\"/console/login\">"
                "<input type=\"hidden\" name=\"csrf\" value=\"") +
            Html::text(token) +
            "\"><label>账号<input name=\"name\" autocomplete=\"username\" required "
            "maxlength=\"32\" autofocus></label>"
            "<label>密码<input name=\"password\" type=\"password\" "
            "autocomplete=\"current-password\" required maxlength=\"256\"></label>"
            "<button class=\"main\" id=\"sign-in\">登录</button></form>"
            "<p class=\"hint\">账号由管理员在“记录”页建立；第一个用 intake accounts "
            "add。</p></section>";
    return framed("登录", std::nullopt, Tab::none, body, std::nullopt);
}

std::string list_page(const Visitor& who, const std::vector<FleetLine>& lines, base::Instant now,
                      const std::optional<Word>& word) {
    std::int64_t red = 0, amber = 0, green = 0, waiting = 0;
    for (const auto& line : lines) {
        if (line.content) waiting += line.content->waiting + line.content->sending;
        if (line.over()) continue;
        red += line.judgement.light == Light::red;
        amber += line.judgement.light == Light::amber;
        green += line.judgement.light == Light::green;
    }
    Html body = "<div class=\"head\"><h1>终端</h1><p>需要上门的排在最前</p></div>";
    body += Html("<div class=\"tallies\">") + tally("red", "需上门", red, "台") +
            tally("amber", "请留意", amber, "台") + tally("green", "正常", green, "台") +
            tally("plain", "待送", waiting, "件") + "</div>";
    if (lines.empty()) body += "<p class=\"empty\">还没有终端。到“邀请”里发出第一个登记码。</p>";
    body += "<ul class=\"terminals\">";
    for (const auto& line : lines) body += row_of(line, now);
    body += "</ul>";
    return framed("终端", who, Tab::terminals, body, word);
}

std::string invitations_page(const Visitor& who, const std::vector<OpenInvitation>& invitations,
                             const std::optional<FreshInvitation>& fresh, base::Instant now,
                             const std::optional<Word>& word) {
    Html body = "<div class=\"head\"><h1>邀请</h1><p>一个登记码只能用一次</p></div>";
    if (fresh) {
        body += Html(
                    "<section class=\"card fresh\"><div><h2>登记码</h2>"
                    "<p class=\"code\" id=\"fresh-code\">") +
                Html::text(fresh->code) + "</p><p>" + terminal_number(fresh->terminal) + "　" +
                Html::text(fresh->point) + "</p><p>有效至 " + clock_time(fresh->until) +
                "</p><p class=\"warn\">只在这里显示一次：离开本页就再也看不到了。</p></div>"
                "<figure>" +
                Html::trusted(fresh->svg) +
                "<figcaption>在终端的向导里扫它</figcaption></figure>"
                "</section>";
    }
    if (who.may_act()) {
        body += Html(
                    "<section class=\"card\"><h2>邀请一台终端</h2>"
                    "<form class=\"grid\" method=\"post\" action=\"/console/invitations\">") +
                csrf_field(who) +
                "<label>终端编号<input name=\"terminal\" required inputmode=\"numeric\" "
                "pattern=\"[0-9]{15}\" maxlength=\"15\" placeholder=\"15 位数字\"></label>"
                "<label>地点<input name=\"point\" required maxlength=\"64\" "
                "placeholder=\"例如 城关镇便民服务中心一楼\"></label>"
                "<label>形态<select name=\"profile\"><option value=\"hall\">大厅</option>"
                "<option value=\"booth\">隔间</option><option value=\"village\">村站</option>"
                "<option value=\"station\">车站</option><option value=\"portable\">便携</option>"
                "</select></label>"
                "<label>有效期<select name=\"hours\"><option value=\"24\">1 天</option>"
                "<option value=\"72\" selected>3 天</option><option value=\"168\">7 天</option>"
                "</select></label>"
                "<label class=\"wide\">终端怎样找到本中心<input name=\"centre\" required "
                "maxlength=\"128\" placeholder=\"https://…\"></label>"
                "<label class=\"check\"><input type=\"checkbox\" name=\"replaces\" value=\"yes\">"
                "替换在用的同号终端</label>"
                "<button class=\"main\" id=\"invite\">生成登记码</button></form></section>";
    }
    body += "<section class=\"card\"><h2>没有用掉的邀请</h2>";
    Html rows;
    for (const auto& one : invitations) {
        if (one.used_at != base::Instant{}) continue;
        const char* state = one.wrong >= wrong_codes_max ? "已锁定"
                            : one.until <= now           ? "已过期"
                                                         : "等待登记";
        rows += Html("<tr><td>") + terminal_number(one.place.terminal) + "</td><td>" +
                Html::text(one.place.point) + "</td><td>" + Html::text(state) + "</td><td>" +
                clock_time(one.until) + "</td></tr>";
    }
    if (rows.empty())
        body += "<p class=\"empty\">没有。</p>";
    else
        body += Html(
                    "<table><thead><tr><th>终端</th><th>地点</th><th>状态</th><th>有效至</th>"
                    "</tr></thead><tbody>") +
                rows + "</tbody></table>";
    body += "</section>";
    return framed("邀请", who, Tab::invitations, body, word);
}

std::string versions_page(const Visitor& who, const std::vector<FeedInUse>& feeds,
                          const std::vector<FleetLine>& lines) {
    Html body =
        "<div class=\"head\"><h1>版本</h1><p>中心发布了什么，终端用到了哪一版</p></div>"
        "<p class=\"hint\">这里只看不发：发布用 intake publish，因为发布密钥由专人保管。</p>"
        "<section class=\"card\"><h2>已发布</h2><table><thead><tr><th>内容</th>"
        "<th>最新版本</th></tr></thead><tbody>";
    for (const auto& feed : feeds)
        body += Html("<tr><td>") + Html::text(feed_zh(feed.feed)) + "</td><td>" +
                (feed.version > 0 ? number(feed.version) : Html("没有发布过")) + "</td></tr>";
    body += "</tbody></table></section><section class=\"card\"><h2>终端在用</h2>";
    std::map<std::string, std::int64_t> in_use;
    for (const auto& line : lines)
        if (line.content && !line.over())
            ++in_use["程序 " + (line.content->app.empty() ? "–" : line.content->app) + "　事项包 " +
                     (line.content->pack.empty()
                          ? std::string("–")
                          : line.content->pack + " 第 " +
                                std::to_string(line.content->pack_version) + " 版") +
                     "　密钥集 第 " + std::to_string(line.content->key_set) + " 版"];
    if (in_use.empty()) body += "<p class=\"empty\">还没有终端报过。</p>";
    body += "<table><tbody>";
    for (const auto& [what, count] : in_use)
        body += Html("<tr><td>") + Html::text(what) + "</td><td>" + number(count) + " 台</td></tr>";
    body += "</tbody></table></section>";
    return framed("版本", who, Tab::versions, body, std::nullopt);
}

std::string acts_page(const Visitor& who, const std::vector<ConsoleAct>& acts,
                      const std::vector<Account>& accounts,
                      const std::vector<RefusedSignIns>& refused, const std::optional<Word>& word) {
    Html body =
        "<div class=\"head\"><h1>记录</h1><p>谁在什么时候做了什么</p></div>"
        "<section class=\"card\"><h2>账号</h2><table><thead><tr><th>账号</th><th>角色</th>"
        "<th>状态</th></tr></thead><tbody>";
    for (const auto& one : accounts)
        body += Html("<tr><td>") + Html::text(one.name) + "</td><td>" +
                Html::text(one.role == Role::viewer      ? "查看"
                           : one.role == Role::operator_ ? "操作"
                                                         : "管理") +
                "</td><td>" +
                Html::text(one.disabled             ? "已停用"
                           : one.wrong >= wrong_max ? "已锁定"
                                                    : "可用") +
                "</td></tr>";
    body += Html("</tbody></table>") + account_form(who) +
            "</section><section class=\"card\"><h2>最近的操作</h2>"
            "<table><thead><tr><th>时间</th><th>账号</th><th>操作</th><th>终端</th><th>结果</th>"
            "</tr></thead><tbody>";
    for (const auto& one : acts)
        body += Html("<tr><td>") + clock_time(one.at) + "</td><td>" + Html::text(one.account) +
                "</td><td>" + Html::text(act_zh(one.act)) + "</td><td>" +
                terminal_number(one.terminal) + "</td><td>" +
                Html::text(outcome_words(one.outcome)) + "</td></tr>";
    body += "</tbody></table></section>";
    if (!refused.empty()) {
        body +=
            "<section class=\"card\"><h2>被拒绝的登录</h2><table><thead><tr><th>最后一次</th>"
            "<th>账号</th><th>当天次数</th></tr></thead><tbody>";
        for (const auto& one : refused)
            body += Html("<tr><td>") + clock_time(one.last) + "</td><td>" +
                    Html::text(one.account.empty() ? "没有的账号" : one.account) + "</td><td>" +
                    number(one.times) + "</td></tr>";
        body += "</tbody></table></section>";
    }
    return framed("记录", who, Tab::acts, body, word);
}

std::string nothing_page(const std::optional<Visitor>& who, const std::string& text) {
    return framed("没有这一页", who, Tab::none,
                  Html("<section class=\"card narrow\"><h1>") + Html::text(text) +
                      "</h1><p><a href=\"/console\">回到终端列表</a></p></section>",
                  std::nullopt);
}

}  // namespace offline::intake::console
