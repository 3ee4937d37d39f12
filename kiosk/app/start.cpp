#include "app/start.hpp"

#include "base/bytes.hpp"
#include "base/messages.hpp"
#include "catalogue/pack_reader.hpp"
#include "offline/sealing/keys/trust.hpp"

#include <charconv>

namespace app {

namespace {

std::string floor_path(const provisioning::config::Config& config) {
    return config.terminal.state_folder + "/pack_floor";
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

Trusted load_trusted(const provisioning::config::Config& config, base::EventLog& log) {
    Trusted trusted;
    const auto& own = config.terminal;
    auto trust = offline::sealing::read_trust(
        {own.root_key, own.key_set, own.state_folder + "/key_set_floor"}, own.realm, own.suite);
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
    if (!pack) {
        for (const auto& problem : problems) log.record(base::log::PackProblem{problem.place});
        log.record(
            base::log::PackRejected{pack.error().code, static_cast<std::int64_t>(problems.size())});
        return trusted;
    }
    if (pack->version > floor) {
        const auto kept =
            base::write_file(floor_path(config), base::to_bytes(std::to_string(pack->version)));
        if (!kept) log.record(base::log::PackFloorNotKept{kept.error().code});
    }
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
            config.kiosk.identity_beginnings};
}

}  // namespace app
