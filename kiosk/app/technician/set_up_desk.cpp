#include "app/technician/set_up_desk.hpp"

#include "app/start.hpp"
#include "base/bytes.hpp"
#include "provisioning/config/set_up_settings.hpp"
#include "provisioning/set_up/enrolled_profile.hpp"
#include "provisioning/set_up/found_devices.hpp"
#include "provisioning/set_up/records.hpp"
#include "provisioning/set_up/wifi_request.hpp"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>

namespace app {

namespace {

namespace config = provisioning::config;
namespace files = std::filesystem;
using base::FaultCode;
using domain::set_up::Decided;
using domain::set_up::Known;
using provisioning::set_up::Records;

constexpr std::uintmax_t said_bytes_max = 4096;
constexpr const char* goes_on_name = "goes_on";
constexpr base::Millis goes_on_within{120'000};
constexpr std::size_t label_bytes_max = 32;
constexpr std::uintmax_t goes_on_bytes_max = 64;

// Goes back to nothing when the machine is started: what was written before is not of this running.
base::Millis since_boot() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::duration_cast<base::Millis>(std::chrono::seconds{now.tv_sec} +
                                                    std::chrono::nanoseconds{now.tv_nsec});
}

base::Result<config::Config> read_with(const std::string& path,
                                       const std::vector<domain::set_up::Setting>& settings) {
    auto read = config::read_config_with_settings(path, config::as_settings_file(settings, false));
    if (!read.problems.empty())
        return base::fail(FaultCode::ConfigInvalid,
                          read.problems.front().key + " " + read.problems.front().expected);
    return std::move(read.config);
}

Records records_of(const config::Config& config) {
    return {config.terminal.state_folder, config.terminal.id};
}

// The kind of place that was answered, beside the one that the centre invited this terminal to.
Decided with_profile_test(Decided decided, const config::Config& package) {
    const auto chosen = decided.values.find("profile");
    if (decided.decision != domain::set_up::Decision::mode || chosen == decided.values.end())
        return decided;
    if (auto test = domain::set_up::judge_profile(
            chosen->second, provisioning::set_up::enrolled_profile(package), decided.at))
        decided.tests.push_back(std::move(*test));
    return decided;
}

// What the post office said of an invitation that it could not use since then: its last line.
std::string said_in(const std::string& path, files::file_time_type since) {
    std::error_code problem;
    const auto written = files::last_write_time(path, problem);
    if (problem || written < since || files::file_size(path, problem) > said_bytes_max) return {};
    const auto bytes = base::read_file(path);
    auto text = bytes ? std::string(base::as_text(*bytes)) : std::string{};
    while (!text.empty() && text.back() == '\n') text.pop_back();
    const auto line = text.rfind('\n');
    if (line != std::string::npos) text.erase(0, line + 1);
    return base::is_valid_utf8(text) ? text : std::string{};
}

}  // namespace

base::Result<Known> SetUpDesk::known() {
    const auto package = TRY(read_with(config_path_, {}));
    auto opened = TRY(records_of(package).open(clock_));
    if (opened.why)
        log_.record(base::log::SetUpMoved{"progress", std::string(base::name(opened.why->code))});
    set_aside_ = set_aside_ || opened.aside.has_value();
    // A cut between the two files of the last decision.
    if (opened.progress.finished && !config::read_config(config_path_).config.set_up_finished)
        TRY_STATUS(records_of(package).keep(opened.progress));
    Known out;
    out.progress = std::move(opened.progress);
    out.set_aside = set_aside_;
    for (const auto& one : domain::set_up::questions())
        for (const auto& field : one.fields) {
            if (field.setting.empty()) continue;
            const auto dot = field.setting.find('.');
            out.current[std::string(field.setting)] =
                config::value_in(config_path_, std::string(field.setting.substr(0, dot)),
                                 std::string(field.setting.substr(dot + 1)));
        }
    out.current["post.proxy"] = config::value_in(config_path_, "post", "proxy");
    out.found = provisioning::set_up::found_devices();
    out.links = provisioning::set_up::network_links();
    out.clock_synchronised = provisioning::set_up::clock_is_synchronised();
    out.enrolled = trusted_keys(package).has_value();
    out.enrolled_profile = provisioning::set_up::enrolled_profile(package);
    if (!out.enrolled && invited_)
        out.said = said_in(package.terminal.feeds_folder + "/enrolment_said", *invited_);
    if (join_asked_)
        out.join = domain::set_up::join_outcome_from(said_in(
            provisioning::set_up::outcome_path(package.terminal.state_folder), *join_asked_));
    return out;
}

base::Result<Known> SetUpDesk::keep(const Decided& decided, bool finished) {
    const auto package = TRY(read_with(config_path_, {}));
    const auto records = records_of(package);
    auto progress = TRY(records.open(clock_)).progress;
    progress.put(with_profile_test(decided, package));
    [[maybe_unused]] const auto candidate =
        TRY(read_with(config_path_, domain::set_up::settings_of(progress)));
    if (finished && !progress.next() && !progress.finished) progress.finished = clock_.now();
    TRY_STATUS(records.keep(progress));
    // Also of what is changed later: that is a swap, and is recorded like the first.
    if (progress.finished) TRY_STATUS(records.wish_for_record());
    log_.record(base::log::SetUpMoved{std::string(domain::set_up::name(decided.decision)),
                                      decided.skipped ? "skipped" : "done"});
    return known();
}

base::Status SetUpDesk::invite(const base::SecretText& invitation) {
    const auto package = TRY(read_with(config_path_, {}));
    const auto folder = package.terminal.state_folder + "/set_up";
    ::mkdir(folder.c_str(), 0770);
    const auto path = folder + "/invitation";
    auto bytes = base::to_bytes(*invitation);
    // It appears whole and readable: its appearance is what the post office waits for.
    const auto fresh = path + ".new";
    const auto kept = base::write_file(fresh, bytes, 0640);
    base::wipe(bytes);
    if (!kept) return kept;
    // By the disk's clock, as what the post office says later is.
    std::error_code problem;
    const auto written = files::last_write_time(fresh, problem);
    invited_ = problem ? files::file_time_type::min() : written;
    if (::chmod(fresh.c_str(), 0640) != 0 || ::rename(fresh.c_str(), path.c_str()) != 0)
        return base::fail(FaultCode::FileUnwritable, path);
    return {};
}

base::Status SetUpDesk::join(const std::string& name, const base::SecretText& passphrase) {
    const auto package = TRY(read_with(config_path_, {}));
    const auto& folder = package.terminal.state_folder;
    join_asked_.reset();
    // What was said of the network before is no answer to this one.
    const auto said = provisioning::set_up::outcome_path(folder);
    std::error_code problem;
    files::remove(said, problem);
    if (files::exists(said, problem)) return base::fail(FaultCode::FileUnwritable, said);
    TRY_STATUS(provisioning::set_up::put_request(folder, {name, passphrase}));
    join_asked_ = files::file_time_type::min();
    return {};
}

base::Status SetUpDesk::go_on(const std::string& label) {
    const auto package = TRY(read_with(config_path_, {}));
    return records_of(package).write_paper(goes_on_name,
                                           std::to_string(since_boot().count()) + " " + label);
}

std::string SetUpDesk::went_on(const std::string& state_folder) {
    const auto path = state_folder + "/set_up/" + goes_on_name;
    std::error_code problem;
    const auto size = files::file_size(path, problem);
    base::Bytes bytes;
    if (!problem && size <= goes_on_bytes_max) bytes = base::read_file(path).value_or(bytes);
    // A file that cannot be removed would open the wizard at every start.
    if (::unlink(path.c_str()) != 0) return {};
    const auto text = base::as_text(bytes);
    std::int64_t then = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), then);
    const auto label =
        text.substr(std::min(text.size(), static_cast<std::size_t>(read.ptr - text.data()) + 1));
    const auto ago = since_boot() - base::Millis{then};
    const bool fresh = then >= 0 && ago >= base::Millis{0} && ago <= goes_on_within;
    const bool is_label = !label.empty() && label.size() <= label_bytes_max &&
                          std::ranges::all_of(label, [](char c) { return c > ' ' && c < 127; });
    return fresh && is_label ? std::string(label) : std::string{};
}

}  // namespace app
