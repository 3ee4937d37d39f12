// One terminal: how it is, what was before, what it was told.
#include "offline/intake/console/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace offline::intake::console {

namespace {

std::string line_zh(std::int64_t line) {
    constexpr std::array<std::string_view, 4> words{"未知", "在线", "离线", "–"};
    return std::string(words.at(static_cast<std::size_t>(std::clamp<std::int64_t>(line, 0, 3))));
}
std::string clock_zh(std::int64_t trust) {
    constexpr std::array<std::string_view, 4> words{"不可信", "本机时钟", "网络对时", "与中心一致"};
    return std::string(words.at(static_cast<std::size_t>(std::clamp<std::int64_t>(trust, 0, 3))));
}
std::string proof_zh(std::int64_t proof) {
    constexpr std::array<std::string_view, 4> words{"没有查验", "画面正常", "画面不动", "黑屏"};
    return std::string(words.at(static_cast<std::size_t>(std::clamp<std::int64_t>(proof, 0, 3))));
}
std::string supply_zh(const std::string& supply) {
    return supply == "plenty" ? "充足" : supply == "low" ? "将尽" : supply == "out" ? "用完" : "–";
}
std::string state_words(const std::string& state) {
    return state == "ready" ? "可用" : state == "degraded" ? "部分可用" : "不能用";
}

Html fact(const char* what, const Html& is) {
    return Html("<div><dt>") + Html::text(what) + "</dt><dd>" + is + "</dd></div>";
}
Html words(const std::string& text) {
    return text.empty() ? Html("–") : Html::text(text);
}

Html facts(const papers::HeartbeatContent& c) {
    Html out = "<dl class=\"sheet\">";
    out += fact("办事程序", c.app_there ? words(c.app) : Html("没有运行"));
    out += fact("投递程序", words(c.post));
    out += fact("事项包", c.pack.empty()
                              ? Html("没有")
                              : Html::text(fmt::format("{} 第 {} 版", c.pack, c.pack_version)));
    out += fact("密钥集", Html::text(fmt::format("第 {} 版", c.key_set)));
    out += fact("当前页面", words(c.page));
    out += fact("屏幕查验", Html::text(proof_zh(c.proof)));
    out +=
        fact("本次启动后办理", Html::text(fmt::format("{} 人次，交件 {} 件", c.sessions, c.kept)));
    out += fact("内存", Html::text(fmt::format("{} MiB", c.memory_kib / 1024)));
    out += fact("磁盘剩余", c.disk_free_percent < 0
                                ? Html("–")
                                : Html::text(fmt::format("{}%", c.disk_free_percent)));
    out +=
        fact("打印纸还够",
             c.paper_hours < 0 ? Html("–") : Html::text(fmt::format("约 {} 小时", c.paper_hours)));
    out += fact("小票纸卷还够",
                c.roll_hours < 0 ? Html("–") : Html::text(fmt::format("约 {} 小时", c.roll_hours)));
    out += fact("待送", Html::text(fmt::format("{} 件，在途 {} 件，待处理 {} 件", c.waiting,
                                               c.sending, c.attention)));
    out += fact("待送存储", Html::text(fmt::format("已用 {}%", c.outbox_percent)));
    out += fact("线路", Html::text(line_zh(c.line)));
    out += fact("时钟", Html::text(clock_zh(c.clock_trust)));
    out += fact("证书", c.certificate_days < 0
                            ? Html("没有期限")
                            : Html::text(fmt::format("还有 {} 天", c.certificate_days)));
    out += "</dl>";
    if (c.parts.empty()) return out + "<p class=\"well\">所有设备都正常。</p>";
    out +=
        "<table><thead><tr><th>设备</th><th>状态</th><th>耗材</th><th>原因</th></tr></thead>"
        "<tbody>";
    for (const auto& part : c.parts)
        out += Html("<tr><td>") + Html::text(part_zh(part.part)) + "</td><td>" +
               Html::text(state_words(part.state)) + "</td><td>" +
               Html::text(supply_zh(part.supply)) + "</td><td>" + words(part.fault) + "</td></tr>";
    return out + "</tbody></table>";
}

// One after the other from the left, the oldest first: a strip that shows bad days at a glance.
Html strip(const std::vector<HeardBefore>& history) {
    constexpr std::size_t most = 96;
    const std::size_t count = std::min(history.size(), most);
    Html out = "<div class=\"strip\" role=\"img\" aria-label=\"最近的状况，从旧到新\">";
    for (std::size_t i = count; i-- > 0;)
        out += Html("<i class=\"") + Html::text(history[i].light) + "\" title=\"" +
               Html::text(base::iso8601_local(history[i].received_at)) + "\"></i>";
    return out + "</div>";
}

Html history_table(const std::vector<HeardBefore>& history) {
    if (history.empty()) return "<p class=\"empty\">还没有消息。</p>";
    constexpr std::size_t most = 60;
    Html out = strip(history);
    out +=
        "<table><thead><tr><th>时间</th><th>状况</th><th>原因</th><th>待送</th><th>办理</th>"
        "</tr></thead><tbody>";
    for (std::size_t i = 0; i < std::min(history.size(), most); ++i) {
        const auto& one = history[i];
        const auto content = papers::wire::heartbeat_content(one.content);
        const auto judged = content ? judge(*content) : Judgement{};
        std::string why;
        for (const auto& cause : judged.causes) why += (why.empty() ? "" : "；") + cause.text;
        out += Html("<tr><td>") + clock_time(one.received_at) + "</td><td>" +
               light_sign(judged.light) + "</td><td>" + words(why) + "</td><td>" +
               (content ? number(content->waiting + content->sending) : Html("–")) + "</td><td>" +
               (content ? number(content->sessions) : Html("–")) + "</td></tr>";
    }
    return out + "</tbody></table>";
}

Html order_form(const Visitor& who, const std::string& terminal) {
    const Html begin = Html("<form method=\"post\" action=\"/console/t/") + Html::text(terminal) +
                       "/command\">" + csrf_field(who);
    return Html("<section class=\"card\"><h2>下达指令</h2><div class=\"orders\">") + begin +
           "<input type=\"hidden\" name=\"kind\" value=\"notice\">"
           "<label>首页通知<input name=\"text\" maxlength=\"80\" "
           "placeholder=\"例如 今天下午三点起停机检修；留空就撤掉\"></label>"
           "<label>显示<select name=\"hours\"><option value=\"4\">4 小时</option>"
           "<option value=\"24\" selected>1 天</option><option value=\"72\">3 天</option>"
           "</select></label><button class=\"main\" id=\"send-notice\">发通知</button></form>" +
           begin +
           "<input type=\"hidden\" name=\"kind\" value=\"restart\"><p>重新启动办事程序"
           "<small>没有人办事时才执行</small></p><button "
           "id=\"send-restart\">重新启动</button></form>" +
           begin +
           "<input type=\"hidden\" name=\"kind\" value=\"reload\"><p>重新读取设置"
           "<small>时限、声音、遮盖、亮度；换了设备要重新启动</small></p><button "
           "id=\"send-reload\">重新读取</button></form>" +
           begin +
           "<input type=\"hidden\" name=\"kind\" value=\"support-bundle\"><p>要一份支持包"
           "<small>终端自己先拿掉与人有关的内容</small></p>"
           "<button id=\"send-bundle\">要支持包</button></form></div></section>";
}

Html commands_table(const std::vector<CommandRow>& rows, base::Instant now) {
    if (rows.empty()) return "<p class=\"empty\">还没有指令。</p>";
    Html out =
        "<table><thead><tr><th>序号</th><th>指令</th><th>谁</th><th>时间</th><th>结果</th>"
        "</tr></thead><tbody>";
    for (const auto& row : rows)
        out += Html("<tr><td>") + number(row.serial) + "</td><td>" + Html::text(kind_zh(row.kind)) +
               "</td><td>" + words(row.ordered_by) + "</td><td>" + clock_time(row.issued_at) +
               "</td><td>" + Html::text(state_zh(row, now)) + "</td></tr>";
    return out + "</tbody></table>";
}

}  // namespace

std::string terminal_page(const Visitor& who, const TerminalPage& page, base::Instant now,
                          const std::optional<Word>& word) {
    const auto& line = page.line;
    const bool over = line.over();
    Html body = Html(
                    "<p class=\"back\"><a href=\"/console\">‹ 全部终端</a></p>"
                    "<div class=\"head\"><h1>") +
                Html::text(line.place.point.empty() ? "未登记地点" : line.place.point) +
                "</h1><p>" + terminal_number(line.place.terminal) + "</p></div>";
    body += Html("<section class=\"card state ") +
            (over ? Html("quiet") : Html::text(name(line.judgement.light))) +
            "\"><div class=\"sign\">" + light_sign(line.judgement.light, over) + "</div><div>";
    if (over)
        body += "<p class=\"well\">已停用</p>";
    else if (line.judgement.causes.empty())
        body += "<p class=\"well\">一切正常</p>";
    for (const auto& cause : line.judgement.causes)
        body += Html("<p class=\"cause ") + Html::text(name(cause.light)) + "\">" +
                Html::text(cause.text) + "</p>";
    body += "</div><p class=\"when\">";
    body += line.heard ? Html("最近消息 ") + ago(line.heard->received_at, now) : Html("没有消息");
    body += "</p></section>";
    if (line.content)
        body += Html("<section class=\"card\"><h2>现在</h2>") + facts(*line.content) + "</section>";
    if (who.may_act() && !over) body += order_form(who, line.place.terminal);
    body += Html("<section class=\"card\"><h2>指令</h2>") + commands_table(page.commands, now);
    if (!page.refused.empty()) {
        body += "<h3>终端拒绝过的指令</h3><table><tbody>";
        for (const auto& one : page.refused)
            body += Html("<tr><td>") + clock_time(one.reported_at) + "</td><td>序号 " +
                    number(one.serial) + "</td><td>" + Html::text(outcome_zh(one.outcome)) +
                    "</td></tr>";
        body += "</tbody></table>";
    }
    body += Html("</section><section class=\"card\"><h2>以前</h2>") + history_table(page.history) +
            "</section>";
    return framed(line.place.point.empty() ? line.place.terminal : line.place.point, who,
                  Tab::terminals, body, word);
}

}  // namespace offline::intake::console
