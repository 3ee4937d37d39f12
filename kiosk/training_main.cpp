// kiosk-training: the same app with emulated devices, a panel and a control socket to drive them,
// the realm "training" and a permanent 演示 band. Wires the parts; nothing else.
#include "app/kiosk_loop.hpp"
#include "app/staged_catalogue.hpp"
#include "app/start.hpp"
#include "app/training/gallery/gallery.hpp"
#include "app/training/panel_commands.hpp"
#include "app/training/script_player.hpp"
#include "base/messages.hpp"
#include "drivers/emulation/emulated_devices.hpp"
#include "provisioning/config/config.hpp"
#include "ui/speech/espeak_voice.hpp"
#include "ui/speech/silent_voice.hpp"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

base::Millis real_now() {
    return std::chrono::duration_cast<base::Millis>(
        std::chrono::steady_clock::now().time_since_epoch());
}

struct Arguments {
    std::string config, control, clock, people, faces, printer_output, gallery, icon_font;
    std::string pages = "*";  // of the gallery
    bool window = false, headless = false;
    std::string size;
    int wait_s = 15;
};

int complain(const std::string& text) {
    std::fprintf(stderr, "kiosk-training: %s\n", text.c_str());
    return 1;
}

// Where provisioning/setup puts the icon font.
std::string usual_icon_font() {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    const std::string folder = cache != nullptr && *cache != 0 ? cache
                               : home != nullptr               ? std::string(home) + "/.cache"
                                                               : std::string();
    return folder + "/citizen-window/icons/tabler-icons.ttf";
}

int draw_gallery(const Arguments& arguments) {
    app::training::gallery::GalleryPlan plan;
    plan.folder = arguments.gallery;
    plan.icon_font = arguments.icon_font.empty() ? usual_icon_font() : arguments.icon_font;
    plan.pages = arguments.pages;
    // For somebody who waits, not for a file.
    plan.drawn = [shown = ::isatty(STDERR_FILENO) != 0](int done, int all) {
        if (!shown) return;
        std::fprintf(stderr, "\r已画 %d / %d", done, all);
        if (done == all) std::fputc('\n', stderr);
    };
    const auto pictures = app::training::gallery::draw_gallery(plan);
    if (!pictures)
        return complain(std::string(base::name(pictures.error().code)) + "：" +
                        pictures.error().safe_detail);
    std::printf("%zu 张图，目录页：%s/index.html\n", pictures->size(), arguments.gallery.c_str());
    return 0;
}

int run(const Arguments& arguments, base::Millis process_started) {
    auto read = provisioning::config::read_config(arguments.config);
    if (!read.problems.empty()) return complain(provisioning::config::as_text(read.problems));
    auto& config = read.config;
    if (config.terminal.realm != domain::Realm::training)
        return complain("配置里的 realm 不是 training；正式终端请用 kiosk");
    const auto configuration = app::apply_overrides(arguments.config, config);
    if (!arguments.size.empty() && std::sscanf(arguments.size.c_str(), "%dx%d", &config.kiosk.width,
                                               &config.kiosk.height) != 2)
        return complain("--size 要写成 1080x1920");

    base::Instant fixed;
    if (!arguments.clock.empty() && !base::parse_iso8601(arguments.clock, fixed))
        return complain("--clock 要写成 2026-11-22T09:41:00+08:00");
    base::SystemClock system_clock;
    base::ManualClock manual_clock(fixed);
    const bool manual = !arguments.clock.empty();
    const base::Clock& clock =
        manual ? static_cast<const base::Clock&>(manual_clock) : system_clock;
    base::DescriptorEventLog journal(2, clock);
    app::RecentEvents log(journal, clock);
    log.record(base::log::ProgramStarted{"kiosk-training", CW_VERSION, "training"});

    const base::SystemClock real_clock;
    base::ServiceNotice notice(real_clock);
    app::training::TouchClock touch_clock;
    ui::shell::Interface::Options screen;
    screen.mode = arguments.headless                              ? ui::shell::Mode::headless
                  : arguments.window || !config.kiosk.full_screen ? ui::shell::Mode::window
                                                                  : ui::shell::Mode::full_screen;
    screen.width = config.kiosk.width;
    screen.height = config.kiosk.height;
    screen.px_per_mm = static_cast<float>(config.kiosk.pixels_per_mm);
    screen.lower_edge_mm = static_cast<float>(config.kiosk.lower_edge_mm);
    screen.icon_font = config.kiosk.icon_font;
    screen.touch = config.touch;
    screen.transitions = screen.mode != ui::shell::Mode::headless;
    if (!config.kiosk.rime_folder.empty()) screen.rime.shared = config.kiosk.rime_folder;
    screen.hide_cursor = screen.mode == ui::shell::Mode::full_screen;
    auto interface = ui::shell::Interface::create(screen, touch_clock);
    if (!interface) return complain(app::in_words(interface.error()));
    (*interface)->warm_glyphs(app::open_texts(config));

    app::Inbox inbox;
    inbox.on_arrival([&] { (*interface)->wake(); });
    drivers::emulation::EmulationOptions emulation;
    emulation.people_folder = arguments.people;
    emulation.faces_folder = arguments.faces;
    emulation.models_folder = config.kiosk.models_folder;
    emulation.photo_decoder = config.kiosk.photo_decoder;
    emulation.printer_output_folder = arguments.printer_output;
    emulation.face = config.face;
    emulation.scanner = config.kiosk.code_scanner.kind;
    emulation.receipt_printer = config.printers.receipt_printer;
    emulation.state_folder = config.terminal.state_folder;
    emulation.slip_ledger = config.terminal.state_folder + "/printer/slips.ledger";
    auto emulated = drivers::emulation::EmulatedDevices::create(
        emulation, system_clock, [&](drivers::DeviceEvent event) { inbox.put(std::move(event)); });
    if (!emulated) return complain(emulated.error().safe_detail);
    auto devices = emulated->take_devices();

    auto trusted = app::load_trusted(config, log);
    const app::InUse in_use{trusted.keys ? trusted.keys->version() : 0,
                            trusted.pack ? trusted.pack->version : 0, configuration};
    offline::post::PostClient post(
        {config.terminal.post_socket, config.terminal.realm},
        [&](offline::post::PostEvent event) { inbox.put(std::move(event)); });
    // Without a display nobody listens either: what would be said is read from the log.
    const auto speak = [&](ui::speech::VoiceEvent event) { inbox.put(std::move(event)); };
    std::unique_ptr<ui::speech::Voice> voice;
    if (arguments.headless)
        voice = std::make_unique<ui::speech::SilentVoice>(speak);
    else
        voice = std::make_unique<ui::speech::EspeakVoice>(ui::speech::EspeakOptions{}, speak);
    ui::speech::SpeechLog speech_log;
    app::TechnicianDesk desk(app::desk_options(config, arguments.config), clock, log, inbox);
    app::Caretaker care(app::care_options(config), clock, log);
    app::Kiosk kiosk({clock,
                      log,
                      inbox,
                      devices,
                      post,
                      app::settings_from(config),
                      std::move(trusted.pack),
                      std::move(trusted.keys),
                      voice.get(),
                      &speech_log,
                      config.printers.receipt_dots,
                      trusted.pack_soft_expiry,
                      &desk,
                      &log,
                      CW_VERSION,
                      config.terminal.state_folder,
                      app::TechnicianDesk::kept_pause(config.terminal.state_folder),
                      &care,
                      [&] { return app::settings_read_anew(arguments.config); },
                      app::SetUpDesk::went_on(config.terminal.state_folder)});
    const app::CatalogueWatch watch(config, arguments.config, in_use, inbox);

    std::unique_ptr<app::training::ControlSocket> socket;
    if (!arguments.control.empty()) {
        auto opened =
            app::training::ControlSocket::open(arguments.control, [&] { (*interface)->wake(); });
        if (!opened) return complain(opened.error().safe_detail);
        socket = std::move(*opened);
    }
    ui::training_panel::TrainingPanel panel(
        std::string(base::text(base::MessageId::panel_handle, base::Locale::zh)),
        app::training::panel_commands(base::Locale::zh,
                                      emulation.scanner != domain::ScannerKind::none));
    app::training::ScriptPlayer player(
        {kiosk, **interface, manual ? &manual_clock : nullptr, touch_clock,
         [&](std::string_view line) { return emulated->command(line); },
         [&] { return emulated->card_replied_at().count(); }, process_started, speech_log,
         base::Millis{arguments.wait_s * 1000}},
        socket.get(), arguments.headless ? nullptr : &panel);
    app::run_loop(kiosk, **interface, clock, *devices.camera, &player, notice, care);
    notice.stopping();
    log.record(base::log::ProgramStopped{"kiosk-training"});
    return app::exit_status(kiosk.ending(), config);
}

}  // namespace

int main(int argc, char** argv) {
    const auto process_started = real_now();
    Arguments arguments;
    CLI::App options{"政务服务自助终端（演示）：仿真设备，数据不作数"};
    options.add_option("--config", arguments.config, "配置文件");
    options.add_option("--people", arguments.people, "仿真证件的人物文件夹");
    options.add_option("--faces", arguments.faces, "仿真摄像头的图片文件夹");
    options.add_option("--printer-output", arguments.printer_output, "打印出来的 PDF 放在哪里");
    options.add_option("--control", arguments.control, "控制套接字：逐行发命令");
    options.add_option("--wait", arguments.wait_s, "脚本的一步最多等几秒；慢的机器上写大些")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    options.add_option("--clock", arguments.clock, "固定的演示时间，如 2026-11-22T09:41:00+08:00");
    options.add_option("--size", arguments.size, "画面大小，如 1080x1920");
    options.add_flag("--window", arguments.window, "在窗口里运行");
    options.add_flag("--headless", arguments.headless, "不要显示器");
    options.add_option("--gallery", arguments.gallery,
                       "把每个页面按每种显示方式、语言和屏幕画成图片，连同目录页放进这个文件夹");
    options.add_option("--pages", arguments.pages,
                       "只画这些页面，如 'form_* elder/*/small'（页面 显示方式/语言/屏幕）");
    options.add_option("--icon-font", arguments.icon_font, "图册用的图标字体 tabler-icons.ttf");
    options.set_version_flag("--version", CW_VERSION);
    CLI11_PARSE(options, argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    if (!arguments.gallery.empty()) return draw_gallery(arguments);
    if (arguments.config.empty() || arguments.people.empty()) {
        complain("需要 --config 和 --people（或者用 --gallery 只画页面图册），见 --help");
        return 2;
    }
    return run(arguments, process_started);
}
