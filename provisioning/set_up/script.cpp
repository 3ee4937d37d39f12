#include "provisioning/set_up/script.hpp"

#include "base/messages.hpp"
#include "provisioning/config/set_up_settings.hpp"

#include <fmt/format.h>

namespace provisioning::set_up {

namespace {

using base::Locale;
using technician::could_not;
using technician::Say;
using technician::went_well;
using technician::went_wrong;
using namespace domain::set_up;

std::string title(Decision decision) {
    return std::string(base::text(question(decision).title, Locale::zh));
}

std::string words(const base::Fault& fault) {
    const auto detail = fault.safe_detail.empty() ? "" : "：" + fault.safe_detail;
    return std::string(base::entry(fault.code).technician_zh) + detail;
}

std::string_view word(TestVerdict verdict) {
    return base::text(verdict_words().at(static_cast<std::size_t>(verdict)).label, Locale::zh);
}

Decided decided_as(Decision decision, const Answered& answered, const Script& script,
                   base::Instant at) {
    Decided out;
    out.decision = decision;
    out.skipped = answered.skip;
    if (!answered.skip) out.values = without_secrets(decision, answered.values);
    out.at = at;
    out.by = script.by.empty() ? "script" : script.by;
    return out;
}

bool same_answer(const Decided& a, const Decided& b) {
    return a.skipped == b.skipped && a.values == b.values;
}

// old → new, of what changes.
void say_changes(const Script& script, Decision decision, const Answered& answered,
                 const Say& say) {
    if (answered.skip) return;
    for (const auto& setting : settings_of(decision, answered.values)) {
        const auto before = config::value_in(script.config, setting.section, setting.key);
        if (before == setting.value) continue;
        say(fmt::format("  {}.{}：{} → {}", setting.section, setting.key,
                        before.empty() ? "（默认）" : before,
                        setting.value.empty() ? "（没有）" : setting.value));
    }
}

config::ReadConfig with(const std::string& config_path, const std::vector<Setting>& settings) {
    return config::read_config_with_settings(config_path,
                                             config::as_settings_file(settings, false));
}

Records records_of(const config::Config& config) {
    return {config.terminal.state_folder, config.terminal.id};
}

// False: it stays open, and why was said.
bool decide(Decision decision, const Answered& answered, const Script& script,
            const Surroundings& here, const Records& records, Progress& progress, const Say& say,
            const Say& complain) {
    Decided next = decided_as(decision, answered, script, here.clock.now());
    say_changes(script, decision, answered, say);
    Progress then = progress;
    then.put(next);
    const auto candidate = with(script.config, settings_of(then));
    if (!candidate.problems.empty()) {
        complain(config::as_text(candidate.problems));
        return false;
    }
    if (answered.skip) {
        say("  跳过");
    } else {
        auto tests = carry_out(decision, answered.values, candidate.config, here);
        if (!tests) {
            complain(title(decision) + "没有做成：" + words(tests.error()));
            return false;
        }
        next.tests = std::move(*tests);
        next.at = here.clock.now();
        for (const auto& test : next.tests)
            say(fmt::format("  {}  {}{}", word(test.verdict), test.test,
                            test.found.empty() ? "" : "：" + test.found));
    }
    then = progress;
    then.put(std::move(next));
    if (const auto kept = records.keep(then); !kept) {
        complain(words(kept.error()));
        return false;
    }
    progress = std::move(then);
    return true;
}

}  // namespace

config::ReadConfig read_package(const std::string& config_path) {
    return with(config_path, {});
}

int run_script(const Script& script, const Surroundings& here, bool& recorded_before,
               const Say& say, const Say& complain) {
    const auto package = read_package(script.config);
    if (!package.problems.empty()) {
        complain(config::as_text(package.problems));
        return could_not;
    }
    const auto read = read_answers(script.answers, [&](const std::vector<Setting>& settings) {
        return with(script.config, settings);
    });
    if (!read.faults.empty()) {
        for (const auto& fault : read.faults) complain(as_text(fault));
        complain(fmt::format("共 {} 处要改，什么也没有改动", read.faults.size()));
        return could_not;
    }
    const auto records = records_of(package.config);
    auto opened = records.open(here.clock);
    if (!opened) {
        complain(words(opened.error()));
        return could_not;
    }
    if (opened->aside)
        complain(fmt::format("以前的进度不能用（{}），放到 {}，从头开始", words(*opened->why),
                             *opened->aside));
    Progress progress = std::move(opened->progress);
    recorded_before = progress.was_recorded;
    for (const auto& one : questions()) {
        const auto& answered = read.answers.at(one.decision);
        const int number = static_cast<int>(one.decision) + 1;
        const auto* before = progress.find(one.decision);
        const bool same =
            before != nullptr &&
            same_answer(*before, decided_as(one.decision, answered, script, here.clock.now()));
        say(fmt::format("第 {} 步，共 {} 步  {}{}", number, decision_count, title(one.decision),
                        same && !script.again ? "：已经做过" : ""));
        if (same && !script.again) continue;
        if (!decide(one.decision, answered, script, here, records, progress, say, complain)) {
            complain("处理后再运行同一个命令，从这一步继续");
            return went_wrong;
        }
    }
    if (!progress.finished) progress.finished = here.clock.now();
    if (const auto kept = records.keep(progress); !kept) {
        complain(words(kept.error()));
        return went_wrong;
    }
    say("开通向导做完");
    return went_well;
}

int show(const std::string& config_path, const base::Clock&, const Say& say, const Say& complain) {
    const auto package = read_package(config_path);
    if (!package.problems.empty()) {
        complain(config::as_text(package.problems));
        return could_not;
    }
    const auto progress = records_of(package.config).look();
    if (!progress) {
        complain(words(progress.error()));
        return could_not;
    }
    for (const auto& one : questions()) {
        const auto* decided = progress->find(one.decision);
        std::string line = fmt::format("{:>2}  {}  ", static_cast<int>(one.decision) + 1,
                                       base::text(one.title, Locale::zh));
        if (decided == nullptr) {
            say(line + "还没有做");
            continue;
        }
        line += decided->skipped ? "跳过" : "做完";
        say(line + fmt::format("  {}  {}", base::iso8601_local(decided->at), decided->by));
        for (const auto& test : decided->tests)
            say(fmt::format("      {}  {}{}", word(test.verdict), test.test,
                            test.found.empty() ? "" : "：" + test.found));
    }
    say(progress->finished ? "开通向导做完：" + base::iso8601_local(*progress->finished)
                           : std::string("开通向导没有做完"));
    if (progress->recorded) say("已写进验收记录：" + base::iso8601_local(*progress->recorded));
    return progress->finished ? went_well : went_wrong;
}

void list(const Say& say) {
    for (const auto& one : questions()) {
        say(fmt::format("[{}]  {}  {}{}", name(one.decision), base::text(one.question, Locale::zh),
                        base::text(one.question, Locale::en),
                        one.may_be_skipped ? "  （可以 skip = true）" : ""));
        for (const auto& field : one.fields) {
            std::string line =
                fmt::format("  {:<18}{}  {}", field.key, base::text(field.label, Locale::zh),
                            base::text(field.label, Locale::en));
            std::string known;
            for (const auto& each : field.takes == Takes::verdict ? verdict_words() : field.words)
                known += (known.empty() ? "" : " | ") + std::string(each.word);
            if (!known.empty()) line += "  " + known;
            if (!field.setting.empty()) line += "  → " + std::string(field.setting);
            say(line);
        }
    }
}

int restore(const std::string& config_path, const Say& say, const Say& complain) {
    const auto package = read_package(config_path);
    if (!package.problems.empty()) {
        complain(config::as_text(package.problems));
        return could_not;
    }
    const auto records = records_of(package.config);
    const auto progress = records.look();
    const auto kept = progress ? records.keep(*progress) : base::fail(progress.error());
    if (!kept) {
        complain(words(kept.error()));
        return could_not;
    }
    say("已重新写好：" + records.settings_path());
    return went_well;
}

base::Status mark_recorded(const Records& records, const base::Clock& clock) {
    auto progress = TRY(records.look());
    progress.recorded = clock.now();
    progress.was_recorded = true;
    return records.keep(progress);
}

base::Status mark_recorded(const std::string& config_path, const base::Clock& clock) {
    const auto package = read_package(config_path);
    if (!package.problems.empty())
        return base::fail(base::FaultCode::ConfigInvalid, package.problems.front().key);
    return mark_recorded(records_of(package.config), clock);
}

}  // namespace provisioning::set_up
