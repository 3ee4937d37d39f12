// kiosk: the app of a terminal in service. Wires the parts; nothing else.
#include "app/kiosk_loop.hpp"
#include "app/staged_catalogue.hpp"
#include "app/start.hpp"
#include "provisioning/config/device_options.hpp"
#include "ui/speech/espeak_voice.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>

namespace {

int complain(const std::string& text) {
    std::fprintf(stderr, "kiosk: %s\n", text.c_str());
    return 1;
}

int run(const std::string& config_path) {
    auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty()) return complain(provisioning::config::as_text(read.problems));
    auto& config = read.config;
    if (config.terminal.realm != domain::Realm::service)
        return complain("配置里的 realm 不是 service；演示请用 kiosk-training");
    const auto configuration = app::apply_overrides(config_path, config);
    base::SystemClock clock;
    base::ServiceNotice notice(clock);
    base::DescriptorEventLog journal(2, clock);
    app::RecentEvents log(journal, clock);
    log.record(base::log::ProgramStarted{"kiosk", CW_VERSION, "service"});

    ui::shell::Interface::Options screen;
    screen.mode = config.kiosk.full_screen ? ui::shell::Mode::full_screen : ui::shell::Mode::window;
    screen.width = config.kiosk.width;
    screen.height = config.kiosk.height;
    screen.px_per_mm = static_cast<float>(config.kiosk.pixels_per_mm);
    screen.lower_edge_mm = static_cast<float>(config.kiosk.lower_edge_mm);
    screen.icon_font = config.kiosk.icon_font;
    screen.touch = config.touch;
    screen.transitions = true;
    if (!config.kiosk.rime_folder.empty()) screen.rime.shared = config.kiosk.rime_folder;
    auto interface = ui::shell::Interface::create(screen, clock);
    if (!interface) return complain(app::in_words(interface.error()));
    (*interface)->warm_glyphs(app::open_texts(config));

    app::Inbox inbox;
    inbox.on_arrival([&] { (*interface)->wake(); });
    auto devices = drivers::make_real_devices(
        provisioning::config::device_options(config), clock,
        [&](drivers::DeviceEvent event) { inbox.put(std::move(event)); });
    auto trusted = app::load_trusted(config, log);
    const app::InUse in_use{trusted.keys ? trusted.keys->version() : 0,
                            trusted.pack ? trusted.pack->version : 0, configuration};
    offline::post::PostClient post(
        {config.terminal.post_socket, config.terminal.realm},
        [&](offline::post::PostEvent event) { inbox.put(std::move(event)); });
    ui::speech::EspeakVoice voice(
        {}, [&](ui::speech::VoiceEvent event) { inbox.put(std::move(event)); });
    app::TechnicianDesk desk(app::desk_options(config, config_path), clock, log, inbox);
    app::Caretaker care(app::care_options(config), clock, log);
    app::Kiosk kiosk({clock,
                      log,
                      inbox,
                      devices,
                      post,
                      app::settings_from(config),
                      std::move(trusted.pack),
                      std::move(trusted.keys),
                      &voice,
                      nullptr,
                      config.printers.receipt_dots,
                      trusted.pack_soft_expiry,
                      &desk,
                      &log,
                      CW_VERSION,
                      config.terminal.state_folder,
                      app::TechnicianDesk::kept_pause(config.terminal.state_folder),
                      &care,
                      [&] { return app::settings_read_anew(config_path); },
                      app::SetUpDesk::went_on(config.terminal.state_folder)});
    const app::CatalogueWatch watch(config, config_path, in_use, inbox);
    app::run_loop(kiosk, **interface, clock, *devices.camera, nullptr, notice, care);
    notice.stopping();
    log.record(base::log::ProgramStopped{"kiosk"});
    return app::exit_status(kiosk.ending(), config);
}

}  // namespace

int main(int argc, char** argv) {
    std::string config_path;
    CLI::App options{"政务服务自助终端"};
    options.add_option("--config", config_path, "配置文件")->required();
    options.set_version_flag("--version", CW_VERSION);
    CLI11_PARSE(options, argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    return run(config_path);
}
