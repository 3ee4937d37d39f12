// The state folder of a training terminal for the kill tests, made by the enrolment itself, and
// submissions that the real intake takes.
#pragma once

#include "offline/outbox/outbox.hpp"
#include "offline/sealing/sealing.hpp"
#include "provisioning/enrolment/training_keys.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

namespace power_loss {

inline const std::string terminal_id = "000101001001001";

inline base::Bytes file(const std::string& path) {
    return base::read_file(path).value();
}

// Without a pack, an empty one is signed: the post never reads it.
inline void make_state(const std::string& folder, int port, std::string pack = {},
                       domain::SuiteId suite = domain::SuiteId::one) {
    if (pack.empty()) std::ofstream(pack = folder + "/unsigned.json") << "{}";
    const auto made = provisioning::enrolment::make_training_keys(
        {folder, terminal_id, pack, suite}, [](const std::string&, bool) {});
    if (!made) throw std::runtime_error(made.error().safe_detail);
    std::ofstream(folder + "/kiosk.toml")
        << "[terminal]\nrealm = \"training\"\nsuite = \"" << domain::name(suite) << "\"\nid = \""
        << terminal_id << "\"\nstate_folder = \".\"\n"
        << "root_key = \"keys/root.pub\"\nkey_set = \"keys/key_set.json\"\n"
        << "post_socket = \"post.sock\"\n"
        << "[kiosk]\nwidth = 1080\nheight = 1920\npack_folder = \"pack\"\nicon_font = "
           "\"none.ttf\"\n"
        << "rime_folder = \"none\"\n"
        << "[post]\noutbox_folder = \"outbox\"\nterminal_key = \"post/terminal.key\"\n"
        << "terminal_certificate = \"post/terminal.cert\"\n"
        << "intake_url = \"http://127.0.0.1:" << port << "\"\n"
        << "backoff_base_ms = 20\nbackoff_cap_ms = 100\nfirst_contact_jitter_ms = 0\n"
        << "[intake]\nfolder = \"intake\"\nlisten_port = " << port << "\npack_folder = \"pack\"\n";
}

inline offline::sealing::PinnedRoot root_of(const std::string& folder) {
    return offline::sealing::PinnedRoot::parse(file(folder + "/keys/root.pub")).value();
}
inline offline::sealing::KeySet keys_of(const std::string& folder) {
    return offline::sealing::KeySet::verify(file(folder + "/keys/key_set.json"), root_of(folder))
        .value();
}
inline offline::outbox::Terminal terminal_of(const std::string& folder) {
    return {offline::sealing::TerminalCertificate::verify(file(folder + "/post/terminal.cert"),
                                                          root_of(folder))
                .value(),
            offline::sealing::SigningKey::parse(file(folder + "/post/terminal.key"), "terminal-key",
                                                domain::Realm::training)
                .value()};
}

// For the sample county's pack, `spaces` bytes larger than it has to be. Its rules are asked for
// the day that stands in it, whatever day the test runs.
inline const std::string sample_pack = "kiosk/catalogue/packs/sample_county/pack.json";
inline const base::Instant captured{base::Millis{1795311960000}};  // 2026-11-22T09:46:00+08:00
inline base::Bytes submission_of(const domain::SubId& id, std::size_t spaces) {
    static const base::Bytes whole = file("tests/fuzz/corpus/submission/whole.json");
    static const std::string id_there = "00112233445566778899aabbccddeeff";
    std::string text(base::as_text(whole));
    text.replace(text.find(id_there), id_there.size(), id.text());
    return base::to_bytes(text + std::string(spaces, ' '));
}

}  // namespace power_loss
