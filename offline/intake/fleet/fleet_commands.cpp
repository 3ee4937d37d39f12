#include "offline/intake/fleet/fleet_commands.hpp"

#include "offline/intake/fleet/standing.hpp"
#include "offline/papers/command.hpp"
#include "offline/sealing/keys/trust.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace offline::intake {

namespace {

using base::FaultCode;

constexpr std::chrono::hours longest = std::chrono::days(30);

std::string when(base::Instant at) {
    return at == base::Instant{} ? "-" : base::iso8601_local(at);
}

}  // namespace

std::string kind_zh(std::string_view kind) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words{
        {{"notice", "首页通知"},
         {"restart", "重新启动程序"},
         {"reload", "重新读取设置"},
         {"support-bundle", "上传支持包"}}};
    for (const auto& [word, zh] : words)
        if (word == kind) return std::string(zh);
    return std::string(kind);
}

std::string outcome_zh(const std::string& outcome) {
    static const std::map<std::string_view, std::string_view> words{
        {"done", "已执行"},
        {"unanswered", "终端没有答复"},
        {"refused-malformed", "被终端拒绝：格式不对"},
        {"refused-signature", "被终端拒绝：签名不对"},
        {"refused-realm", "被终端拒绝：不是本领域的"},
        {"refused-terminal", "被终端拒绝：是给别的终端的"},
        {"refused-serial", "被终端拒绝：旧的或重放的"},
        {"refused-expired", "被终端拒绝：已过期"},
        {"refused-unknown", "被终端拒绝：不认识的指令"}};
    if (const auto found = words.find(outcome); found != words.end())
        return std::string(found->second);
    for (int i = 0; i < base::fault_code_count; ++i) {
        const auto code = static_cast<base::FaultCode>(i);
        if (base::name(code) == outcome)
            return "没有成功：" + std::string(base::entry(code).technician_zh);
    }
    return outcome;
}

std::string state_zh(const CommandRow& row, base::Instant now) {
    if (!row.outcome.empty()) return outcome_zh(row.outcome);
    if (row.given_at != base::Instant{}) return "已交给终端，等待结果";
    return row.expires_at <= now ? "终端没有来取，已过期" : "等待终端来取";
}

base::Result<std::int64_t> order(CaseStore& store, const EnrolmentParts& issuer,
                                 domain::Realm realm, const Order& what, base::Instant now) {
    const auto wrong = [](const char* text) { return base::fail(FaultCode::ConfigInvalid, text); };
    if (!sealing::is_terminal_id(what.terminal)) return wrong("terminal: 15 digits");
    if (what.good_for <= std::chrono::hours(0) || what.good_for > longest)
        return wrong("--valid-for: 1h to 30d");
    const bool notice = what.kind == domain::CommandKind::notice;
    if (!domain::is_notice_text(what.text))
        return wrong("a notice: 240 bytes of text at most, one line");
    if (!notice && !what.text.empty()) return wrong("only a notice has a text");
    const auto newest = TRY(store.book().newest(what.terminal));
    if (newest && newest->ended != Ended::no)
        return base::fail(FaultCode::TerminalRevoked, what.terminal + ": " +
                                                          std::string(name(newest->ended)) +
                                                          ", takes no commands any more");
    if (!newest && !TRY(store.fleet().heard(what.terminal)))
        return base::fail(FaultCode::AnswerNotFound, what.terminal);
    CommandRow row;
    row.terminal = what.terminal;
    row.kind = std::string(domain::name(what.kind));
    row.ordered_by = what.by;
    row.issued_at = now;
    row.expires_at = now + what.good_for;
    return store.fleet().order(row, [&](std::int64_t serial) -> base::Result<MadeCommand> {
        papers::Command command;
        command.realm = realm;
        command.terminal = what.terminal;
        command.serial = serial;
        command.kind = row.kind;
        if (notice) command.notice = {what.text, row.expires_at};
        command.issued_at = row.issued_at;
        command.expires_at = row.expires_at;
        auto file = TRY(command.sign(issuer.issuer_key, issuer.issuer));
        auto digest = papers::command_digest(file);
        return MadeCommand{std::move(file), std::move(digest)};
    });
}

Text order_text(const Site& site, const Order& what, base::Instant now) {
    const auto root = TRY(sealing::read_root(site.root_key, site.realm));
    const auto issuer = TRY(read_issuer(site, root));
    if (!issuer) return base::fail(FaultCode::KeyAbsent, site.folder + "/issuer.key");
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    const auto serial = TRY(order(*store, *issuer, site.realm, what, now));
    return fmt::format("{}\t{}\t{}\n", what.terminal, serial, domain::name(what.kind));
}

Text commands_text(const Site& site, const std::string& terminal, base::Instant now) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    std::string out = "serial\tkind\tby\tissued\texpires\toutcome\tat\tin words\n";
    const auto rows = TRY(store->fleet().commands(terminal));
    for (const auto& row : rows)
        out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", row.serial, row.kind, row.ordered_by,
                           when(row.issued_at), when(row.expires_at),
                           row.outcome.empty() ? "-" : row.outcome, when(row.outcome_at),
                           state_zh(row, now));
    // What it refused that was not one of these: somebody played it to the terminal.
    const auto reports = TRY(store->fleet().reports(terminal));
    for (const auto& report : reports)
        if (report.outcome.starts_with(papers::refused_begins))
            out += fmt::format("refused\t{}\t{}\t{}\t{}\n", report.serial, report.outcome,
                               when(report.reported_at), outcome_zh(report.outcome));
    return out;
}

bool FleetLine::over() const {
    return state == name(Ended::revoked) || state == name(Ended::lost) ||
           state == name(Ended::replaced);
}

base::Result<std::vector<FleetLine>> fleet(CaseStore& store, base::Instant now) {
    std::map<std::string, FleetLine> lines;
    std::map<std::string, Ended> certificates;
    std::map<std::string, base::Instant> issued;  // the present one of each terminal
    // The newest certificate of a terminal stands last, but the present one is the one.
    const auto registered = TRY(store.book().all_present());
    for (const auto& one : registered) {
        certificates[one.id] = one.ended;
        auto& line = lines[one.place.terminal];
        if (line.state == "live" || line.state == "expired") continue;
        line.place = one.place;
        issued[one.place.terminal] = one.issued_at;
        line.state = one.ended != Ended::no ? std::string(name(one.ended))
                     : one.not_after <= now ? "expired"
                                            : "live";
    }
    auto heard = TRY(store.fleet().all_heard());
    for (auto& one : heard) {
        auto& line = lines[one.terminal];
        line.place.terminal = one.terminal;
        // Of the machine that stood there before: nothing of the one that is there now.
        const auto from = certificates.find(one.certificate_id);
        if (from != certificates.end() && from->second != Ended::no && !line.over()) continue;
        if (auto content = papers::wire::heartbeat_content(one.content))
            line.content = std::move(*content);
        line.heard = std::move(one);
    }
    auto still = TRY(store.fleet().still_talking());
    for (auto& one : still) {
        if (now - one.last_at >= silence_red) continue;
        auto& line = lines[one.terminal];
        line.place.terminal = one.terminal;
        // It has renewed since.
        const bool settled = one.why == "expired" && line.state != "expired" && line.heard &&
                             line.heard->received_at > one.last_at;
        if (!settled) line.still.push_back(std::move(one));
    }
    std::vector<FleetLine> out;
    for (auto& [terminal, line] : lines) {
        if (line.over())
            line.judgement = {};
        else if (!line.heard)
            line.judgement =
                never_heard(issued.contains(terminal) ? issued.at(terminal) : now, now);
        else if (!line.content)
            line.judgement = {Light::amber, {{Light::amber, "消息的格式本中心不认识"}}};
        else
            line.judgement = judge(*line.content, line.heard->received_at, now);
        std::vector<Cause> more;
        if (line.state == "expired" && line.still.empty())
            more.push_back({Light::red, "终端证书已到期"});
        for (const auto& one : line.still)
            more.push_back({one.why == "expired" ? Light::red : Light::amber,
                            over_zh(one.why) + "还在以这个编号报到"});
        line.judgement = with(std::move(line.judgement), std::move(more));
        out.push_back(std::move(line));
    }
    std::ranges::stable_sort(out, [&](const FleetLine& a, const FleetLine& b) {
        if (a.over() != b.over()) return b.over();
        if (a.judgement.light != b.judgement.light) return a.judgement.light > b.judgement.light;
        return a.judgement.causes.size() > b.judgement.causes.size();
    });
    return out;
}

Text health_text(const Site& site, base::Instant now) {
    const auto store = TRY(open_store(site, &IntakeStore::open_beside));
    std::string out = "terminal\tlight\theard\tapp\tpost\tpack\twaiting\twhy\n";
    const auto lines = TRY(fleet(*store, now));
    for (const auto& line : lines) {
        std::string why;
        for (const auto& cause : line.judgement.causes)
            why += (why.empty() ? "" : "；") + cause.text;
        const auto& c = line.content;
        const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text; };
        out += fmt::format(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", line.place.terminal, name(line.judgement.light),
            line.heard ? when(line.heard->received_at) : "-", c ? or_dash(c->app) : "-",
            c ? or_dash(c->post) : "-", c ? std::to_string(c->pack_version) : "-",
            c ? std::to_string(c->waiting + c->sending) : "-", or_dash(why));
    }
    return out;
}

}  // namespace offline::intake
