#include "app/start.hpp"

#include "app/staged_catalogue.hpp"
#include "base/bytes.hpp"
#include "base/messages.hpp"
#include "catalogue/pack_reader.hpp"
#include "offline/feeds/staged.hpp"
#include "provisioning/config/device_options.hpp"
#include "provisioning/config/overrides.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <set>

namespace app {

namespace {

std::string floor_path(const provisioning::config::Config& config) {
    return config.terminal.state_folder + "/pack_floor";
}

std::string configuration_floor_path(const provisioning::config::Config& config) {
    return config.terminal.state_folder + "/configuration_floor";
}

std::int64_t read_floor(const std::string& path) {
    std::int64_t floor = 0;
    if (const auto bytes = base::read_file(path)) {
        const auto text = base::as_text(*bytes);
        std::from_chars(text.data(), text.data() + text.size(), floor);
    }
    return floor;
}

}  // namespace

base::Result<offline::sealing::Trust> trusted_keys(const provisioning::config::Config& config) {
    const auto& own = config.terminal;
    return offline::feeds::read_trust_and_feeds(
        {own.root_key, own.key_set, own.state_folder + "/key_set_floor"}, own.feeds_folder,
        own.realm, own.suite, own.id);
}

std::int64_t read_pack_floor(const provisioning::config::Config& config) {
    return read_floor(floor_path(config));
}

base::Status keep_pack_floor(const provisioning::config::Config& config, std::int64_t version) {
    return base::write_file(floor_path(config), base::to_bytes(std::to_string(version)));
}

std::int64_t read_configuration_floor(const provisioning::config::Config& config) {
    return read_floor(configuration_floor_path(config));
}

std::int64_t apply_overrides(const std::string& config_path, provisioning::config::Config& config) {
    const auto trust = trusted_keys(config);
    if (!trust) return 0;
    const auto& own = config.terminal;
    const std::int64_t floor = read_configuration_floor(config);
    // One that this file does not take hides none of before.
    for (const auto version :
         offline::feeds::staged_versions(own.feeds_folder, offline::papers::Feed::configuration)) {
        if (version < floor) break;
        const auto staged = offline::feeds::read_staged(
            own.feeds_folder, offline::papers::Feed::configuration, version, trust->keys, own.id);
        if (!staged) continue;
        auto read = provisioning::config::read_config_with(
            config_path, std::string(base::as_text(staged->content)));
        if (!read.problems.empty()) continue;
        if (version > floor) [[maybe_unused]]
            const auto ignored = base::write_file(configuration_floor_path(config),
                                                  base::to_bytes(std::to_string(version)));
        config = std::move(read.config);
        return version;
    }
    return 0;
}

Trusted load_trusted(const provisioning::config::Config& config, base::EventLog& log) {
    Trusted trusted;
    auto trust = trusted_keys(config);
    if (!trust) {
        log.record(base::log::PackRejected{trust.error().code, 0});
        return trusted;
    }
    if (!trust->floor_kept)
        log.record(base::log::KeySetFloorNotKept{trust->floor_kept.error().code});
    trusted.keys = std::move(trust->keys);
    const auto verify = [&](base::ByteView pack, base::ByteView signature) {
        return offline::sealing::verify_pack(*trusted.keys, pack, signature);
    };
    std::vector<catalogue::PackProblem> problems;
    const auto floor = read_floor(floor_path(config));
    auto pack = catalogue::load_pack(config.kiosk.pack_folder, config.terminal.realm, floor, verify,
                                     &problems);
    std::set<std::string> seen;
    auto staged =
        look_for_staged(config, {trusted.keys->version(), pack ? pack->version : floor - 1}, seen);
    for (const auto fault : staged.refused) log.record(base::log::PackRejected{fault, 0});
    if (staged.pack) {
        pack = std::move(staged.pack->pack);
        trusted.pack_soft_expiry = staged.pack->soft_expiry;
        if (staged.floor_not_kept) log.record(base::log::PackFloorNotKept{*staged.floor_not_kept});
    }
    if (!pack) {
        for (const auto& problem : problems) log.record(base::log::PackProblem{problem.place});
        log.record(
            base::log::PackRejected{pack.error().code, static_cast<std::int64_t>(problems.size())});
        return trusted;
    }
    if (!staged.pack && pack->version > floor) {
        if (const auto kept = keep_pack_floor(config, pack->version); !kept)
            log.record(base::log::PackFloorNotKept{kept.error().code});
    }
    *pack = for_this_place(config, std::move(*pack));
    log.record(base::log::PackLoaded{pack->pack_id, pack->version,
                                     static_cast<std::int64_t>(pack->items.size())});
    trusted.pack = std::move(*pack);
    return trusted;
}

std::string open_texts(const provisioning::config::Config& config) {
    std::string texts;
    for (int id = 0; id < base::message_count; ++id)
        texts += base::text(static_cast<base::MessageId>(id), base::Locale::zh);
    // As it stands in the file, names of its keys included: the letters are in use anyway.
    if (const auto pack = base::read_file(config.kiosk.pack_folder + "/pack.json"))
        texts += base::as_text(*pack);
    return texts;
}

std::string in_words(const base::Fault& fault) {
    return std::string(base::entry(fault.code).technician_zh) + "（" +
           std::string(base::name(fault.code)) + "：" + fault.safe_detail + "）";
}

CareOptions care_options(const provisioning::config::Config& config) {
    const auto devices = provisioning::config::device_options(config);
    return {config.care, config.terminal.id, config.terminal.state_folder, devices.printer_ledger,
            devices.receipt_printer ? devices.slip_ledger : std::string{}};
}

DeskOptions desk_options(const provisioning::config::Config& config,
                         const std::string& config_path) {
    return {config.terminal.state_folder, config.kiosk.technician_roster, config.terminal.id,
            config_path};
}

int exit_status(const std::optional<Ending>& ending, const provisioning::config::Config& config) {
    constexpr int restart = 10, shut_down = 11;
    if (!ending) return 0;
    if (*ending == Ending::restart) return restart;
    auto words = config.kiosk.shut_down_command;
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (!words.empty() &&
        ::posix_spawn(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) == 0)
        while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
        }
    return shut_down;
}

session::Settings settings_from(const provisioning::config::Config& config) {
    const auto& id = config.terminal.id;
    return {config.terminal.realm,
            id,
            id.substr(0, std::min<std::size_t>(12, id.size())),
            config.kiosk.face_check_wanted,
            config.times,
            config.masking,
            config.device_places,
            config.quiet,
            config.cabinet.light,
            config.kiosk.code_scanner.kind != domain::ScannerKind::none,
            config.kiosk.identity_beginnings,
            config.terminal.set_up_required && !config.set_up_finished,
            true,
            config.kiosk.width,
            config.kiosk.height,
            config.kiosk.pixels_per_mm,
            config.kiosk.lower_edge_mm,
            config.kiosk.touch_matrix};
}

base::Result<session::Settings> settings_read_anew(const std::string& config_path) {
    auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty())
        return base::fail(base::FaultCode::ConfigInvalid, read.problems.front().key);
    apply_overrides(config_path, read.config);
    return settings_from(read.config);
}

}  // namespace app
