// kiosk-technician: looks at a terminal's devices, tests them, and does with pictures from files
// what the drivers do live. Wires the parts; nothing else.
#include "base/bytes.hpp"
#include "drivers/id_card/wires/reader_wire.hpp"
#include "drivers/printer/queue/queue_document_printer.hpp"
#include "drivers/usb/usb_class_transport.hpp"
#include "offline/courier/local_call.hpp"
#include "provisioning/config/device_options.hpp"
#include "provisioning/diagnostics/inspection.hpp"
#include "provisioning/diagnostics/keyboard.hpp"
#include "provisioning/diagnostics/support_command.hpp"
#include "provisioning/set_up/enrolled_profile.hpp"
#include "provisioning/set_up/screen_record.hpp"
#include "provisioning/set_up/script.hpp"
#include "provisioning/set_up/set_up_checks.hpp"
#include "provisioning/set_up/surroundings.hpp"
#include "provisioning/technician/card_recording.hpp"
#include "provisioning/technician/catalogue_main.hpp"
#include "provisioning/technician/device_commands.hpp"
#include "provisioning/technician/interruption.hpp"
#include "provisioning/udev/udev_rules.hpp"
#include "provisioning/usbguard/usbguard_rules.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <thread>

namespace {

namespace diagnostics = provisioning::diagnostics;
namespace set_up = provisioning::set_up;
namespace technician = provisioning::technician;

void print(const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);  // a watch is followed as it comes
}
void prompt(const std::string& question) {
    std::printf("%s", question.c_str());
    std::fflush(stdout);
}
void complain(const std::string& line) {
    std::fprintf(stderr, "kiosk-technician: %s\n", line.c_str());
}

std::string scanner_place(const domain::CodeScanner& scanner) {
    return scanner.kind == domain::ScannerKind::serial ? scanner.port : "USB";
}

// What the configuration says this terminal has.
std::vector<technician::Device> devices_of(const provisioning::config::Config& config) {
    using domain::DeviceKind;
    const auto& kiosk = config.kiosk;
    std::vector<technician::Device> devices{
        {DeviceKind::id_card_reader,
         kiosk.card_reader_port.empty() ? "USB" : kiosk.card_reader_port,
         {}},
        {DeviceKind::camera, kiosk.camera_device, {}},
        {DeviceKind::face_comparison, kiosk.models_folder, {}},
        {DeviceKind::document_printer, config.printers.document_queue, {}},
        {DeviceKind::headphones, {}, {}}};
    if (config.printers.receipt_printer)
        devices.push_back({DeviceKind::receipt_printer, "USB", {}});
    if (!kiosk.document_camera.empty())
        devices.push_back({DeviceKind::document_camera, kiosk.document_camera, {}});
    if (kiosk.code_scanner.kind != domain::ScannerKind::none)
        devices.push_back({DeviceKind::code_scanner, scanner_place(kiosk.code_scanner), {}});
    if (config.cabinet.is_there())
        devices.push_back({DeviceKind::cabinet, config.cabinet.chip, {}});
    return devices;
}

// Where it stands written what became of their paper.
technician::PaperRecords paper_of(const drivers::RealDeviceOptions& options) {
    technician::PaperRecords records;
    if (!options.document_queue.empty()) {
        records.document_ledger = options.printer_ledger;
        const drivers::printer::QueuePrinterOptions installed;
        records.cupsd_settings = installed.spooler_settings;
        records.cups_service = installed.spooler_service;
        records.ask_error_policy = [options] { return drivers::ask_error_policy(options); };
    }
    if (options.receipt_printer) records.slip_ledger = options.slip_ledger;
    return records;
}

struct Arguments {
    std::string config, test, recording;
    std::vector<std::string> pictures;
    std::string picture_a, picture_b, models;
    bool watch = false, ledger = false, rules = false;
    diagnostics::Inspection inspection;
    diagnostics::SupportRequest support;
    std::string answers;
    bool show = false, list = false, example = false, restore = false, no_record = false;
    bool lay_out_record = false, sign_record = false;
    set_up::Script script;
    std::string post = set_up::post_program();
    std::string wifi_request, wifi_said;
    set_up::JoinTool joining;
};

technician::Bench bench_of(const provisioning::config::Config& config,
                           const drivers::RealDeviceOptions& options, const base::Clock& clock,
                           const technician::Interruption& interruption) {
    return {[&] {
                return drivers::id_card::ask_module(drivers::make_card_reader_wire(options),
                                                    interruption.token());
            },
            [&] {
                return drivers::printer::escpos::ask_printer(
                    drivers::make_receipt_printer_transport(options));
            },
            [&](drivers::DeviceSink sink) {
                return drivers::make_real_devices(options, clock, std::move(sink));
            },
            devices_of(config),
            paper_of(options),
            clock,
            print,
            interruption.token()};
}

// What a person before the terminal adds: ears, and a hand that holds a page before the scanner.
void attend(technician::Bench& bench, bool somebody) {
    bench.say_aloud = [](const std::string& sentence) {
        return technician::say_aloud(sentence, {});
    };
    if (somebody)
        bench.ask = diagnostics::line_at_the_keyboard(prompt);
    else
        bench.read_back_limit = base::Millis{0};
}

// What was found of the panel on itself; of a panel that was exchanged only what was found since
// the last record.
std::function<std::optional<technician::RecordedTest>()> panel_of(const set_up::Records& records,
                                                                  bool exchanged) {
    return [records, exchanged]() -> std::optional<technician::RecordedTest> {
        const auto progress = records.look();
        if (!progress) return std::nullopt;
        return set_up::panel_record(*progress, exchanged ? progress->recorded : std::nullopt);
    };
}

// Before the app has the devices: what the record of a set-up on the screen will say.
int lay_out_record(const set_up::DueRecord& due, const set_up::Records& records,
                   technician::Bench& bench, const diagnostics::InspectedTerminal& terminal,
                   diagnostics::Inspection inspection) {
    inspection.kind = due.kind;
    inspection.technician = due.technician;
    const auto findings = diagnostics::look_around(bench, terminal, inspection);
    if (const auto laid = set_up::lay_out(records, findings); !laid) {
        complain(std::string(base::entry(laid.error().code).technician_zh));
        return technician::could_not;
    }
    print("验收记录等着签名：" + diagnostics::conclusion(findings.checks));
    return technician::went_well;
}

int run_inspection(Arguments& arguments) {
    auto read = provisioning::config::read_config(arguments.config);
    if (!read.problems.empty()) {
        complain(provisioning::config::as_text(read.problems));
        return technician::could_not;
    }
    const auto& config = read.config;
    arguments.inspection.ask = diagnostics::at_the_keyboard(prompt);
    if (!arguments.answers.empty()) {
        auto answers = diagnostics::answers_of(arguments.answers);
        if (!answers) {
            complain("--answers 里看不懂：" + answers.error().safe_detail);
            return technician::could_not;
        }
        arguments.inspection.ask = std::move(*answers);
    }
    const auto options = provisioning::config::device_options(config);
    const base::SystemClock clock;
    const technician::Interruption interruption;
    technician::Bench bench = bench_of(config, options, clock, interruption);
    attend(bench, arguments.answers.empty());
    const set_up::Records records(config.terminal.state_folder, config.terminal.id);
    bench.panel_record =
        panel_of(records, arguments.inspection.kind == offline::papers::ServiceKind::swap);
    if (const auto progress = records.look())
        arguments.inspection.before = set_up::set_up_checks(
            *progress, config.terminal.set_up_required, clock.now(),
            domain::set_up::judge_profile(config.kiosk.profile, set_up::enrolled_profile(config),
                                          clock.now()));
    else
        complain("开通向导的进度不能用：" + progress.error().safe_detail);
    const diagnostics::InspectedTerminal terminal{
        config.terminal.id,
        config.terminal.realm,
        config.terminal.state_folder,
        config.terminal.post_socket,
        offline::courier::call_socket_in(config.post.outbox_folder),
        CW_VERSION,
        config.terminal.feeds_folder,
        config.updates.folder};
    if (arguments.lay_out_record) {
        const auto due = set_up::due_record(records);
        if (!due) {
            complain("开通向导的进度不能用：" + due.error().safe_detail);
            return technician::could_not;
        }
        if (*due) return lay_out_record(**due, records, bench, terminal, arguments.inspection);
        print("没有要写的验收记录");
        return technician::went_well;
    }
    if (arguments.sign_record)
        return set_up::sign_what_waits(config, terminal.post_line, clock, print, complain);
    if (!arguments.support.to.empty())
        return diagnostics::write_support_bundle(bench, terminal, arguments.support, complain);
    return diagnostics::inspect(bench, terminal, arguments.inspection, complain);
}

// Without the panel's controller in the rules nobody could touch the terminal any more, so whoever
// asks has to say where it hangs.
int write_usbguard_rules(const std::string& config_path, const std::string& touch,
                         const std::vector<std::string>& built_in) {
    const auto read = provisioning::config::read_config(config_path);
    if (!read.problems.empty()) {
        complain(provisioning::config::as_text(read.problems));
        return technician::could_not;
    }
    provisioning::usbguard::Cabinet cabinet;
    if (touch != "none") {
        cabinet.touch = domain::usb_id_from(touch);
        if (!cabinet.touch) {
            complain("--touch 要写 VVVV:PPPP 或 none：" + touch);
            return technician::could_not;
        }
    }
    for (const auto& text : built_in) {
        const auto id = domain::usb_id_from(text);
        if (!id) {
            complain("--built-in 要写 VVVV:PPPP：" + text);
            return technician::could_not;
        }
        cabinet.built_in.push_back(*id);
    }
    std::fputs(provisioning::usbguard::rules(read.config, cabinet).c_str(), stdout);
    return technician::went_well;
}

// The decisions, then the commissioning record with what they showed; after the first one it says
// that something was changed.
int run_set_up(Arguments& arguments) {
    auto& script = arguments.script;
    script.config = arguments.config;
    script.by = arguments.inspection.technician;
    const base::SystemClock clock;
    if (arguments.restore) return set_up::restore(script.config, print, complain);
    if (arguments.show) return set_up::show(script.config, clock, print, complain);
    const auto text = base::read_file(arguments.answers);
    if (!text) {
        complain("读不了 " + arguments.answers);
        return technician::could_not;
    }
    script.answers = base::as_text(*text);
    bool recorded_before = false;
    {
        const technician::Interruption interruption;
        // Of one configuration after the other: each bench drives by options that have to stay.
        std::vector<std::unique_ptr<drivers::RealDeviceOptions>> options;
        set_up::Machine machine{script.config, arguments.post, {}, "/", arguments.joining};
        machine.bench = [&](const provisioning::config::Config& config) {
            options.push_back(std::make_unique<drivers::RealDeviceOptions>(
                provisioning::config::device_options(config)));
            auto bench = bench_of(config, *options.back(), clock, interruption);
            attend(bench, false);  // the file answers
            return bench;
        };
        const auto done =
            set_up::run_script(script, set_up::surroundings_of(std::move(machine), clock, print),
                               recorded_before, print, complain);
        if (done != technician::went_well) return done;
    }
    if (arguments.no_record) return technician::went_well;
    arguments.answers.clear();
    arguments.inspection.kind = recorded_before ? offline::papers::ServiceKind::swap
                                                : offline::papers::ServiceKind::commissioning;
    const int inspected = run_inspection(arguments);
    if (inspected == technician::could_not) return inspected;
    if (const auto marked = set_up::mark_recorded(script.config, clock); !marked) {
        complain(std::string(base::entry(marked.error().code).technician_zh));
        return technician::could_not;
    }
    return inspected;
}

int run_devices(const Arguments& arguments) {
    auto read = provisioning::config::read_config(arguments.config);
    if (!read.problems.empty()) {
        complain(provisioning::config::as_text(read.problems));
        return technician::could_not;
    }
    if (arguments.rules) {
        std::fputs(provisioning::udev::configured_rules(read.config).c_str(), stdout);
        return technician::went_well;
    }
    const auto options = provisioning::config::device_options(read.config);

    const auto paper = paper_of(options);
    if (arguments.ledger)
        return technician::show_ledgers(paper, print) ? technician::went_well
                                                      : technician::went_wrong;

    const base::SystemClock clock;
    const technician::Interruption interruption;
    technician::Bench bench = bench_of(read.config, options, clock, interruption);
    attend(bench, true);
    bench.panel_record =
        panel_of({read.config.terminal.state_folder, read.config.terminal.id}, false);
    if (arguments.watch) {
        technician::watch_devices(bench);
        return technician::went_well;
    }
    if (!arguments.recording.empty()) {
        if (!options.card_reader_port.empty()) {
            complain("读卡器在串口上；只能录 USB 读卡器");
            return technician::could_not;
        }
        return technician::record_card(bench, drivers::make_card_reader_transport(options),
                                       arguments.recording)
                   ? technician::went_well
                   : technician::could_not;
    }
    for (const auto& test : technician::device_tests())
        if (arguments.test == test.name)
            return technician::test_device(bench, test) ? technician::went_well
                                                        : technician::went_wrong;
    return technician::list_devices(bench) ? technician::went_well : technician::went_wrong;
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App options{"终端维护：查看和测试设备，核对二维码和人脸图片，检查和签名事项包"};
    options.set_version_flag("--version", CW_VERSION);
    options.require_subcommand(1);

    auto* devices = options.add_subcommand(
        "devices", "列出全部设备；watch 持续查看，test 逐个测试，ledger 看打印记录，record 录通信");
    devices->add_option("--config", arguments.config, "终端的配置文件")->required();
    devices->require_subcommand(0, 1);
    devices->add_subcommand("list", "列出全部设备和状态（默认）");
    auto* watch = devices->add_subcommand("watch", "先列出，再随时报告变化，按 Ctrl-C 结束");
    auto* test = devices->add_subcommand("test", "测试一个设备");
    std::string tests = "测试哪个：";
    std::vector<std::string> names;
    for (const auto& one : technician::device_tests()) {
        tests += std::string("\n") + one.name + "  " + one.what;
        names.emplace_back(one.name);
    }
    test->add_option("kind", arguments.test, tests)->required()->check(CLI::IsMember(names));

    auto* ledger = devices->add_subcommand(
        "ledger", "看打了多少张、哪些不知打没打成、cups 设置；不用停下 kiosk");
    auto* rules = devices->add_subcommand(
        "rules",
        "写出这台终端配置里点名的设备的 udev 规则（机柜板、读卡器、扫码器、凭条打印机、屏幕亮度）");
    devices->add_subcommand("record", "录下读一次卡的 USB 通信，给技术支持；不含卡上的人")
        ->add_option("file", arguments.recording, "写到哪个文件")
        ->required();

    auto& inspection = arguments.inspection;
    auto* report = options.add_subcommand(
        "report", "看整台终端能不能用，先说有问题的；不用动手，不用停下收发程序");
    auto* commission = options.add_subcommand(
        "commission", "验收：逐个测试设备，由人确认，写出由终端签名的验收记录并上传");
    auto* swap = options.add_subcommand(
        "swap", "换了设备以后：只测换上的那些，写出由终端签名的更换记录并上传");
    for (auto* one : {report, commission, swap}) {
        one->add_option("--config", arguments.config, "终端的配置文件")->required();
        one->add_option("--pdf", inspection.pdf, "把报告写成 PDF");
        one->add_option("--json", inspection.json, "把记录写成 JSON");
        one->add_option("--words", inspection.words, "给程序看的：每行一项和它的结论");
        one->add_option("--by", inspection.technician, "维护人员的代号，如 T-0007");
    }
    std::vector<std::string> only;
    commission->add_option("--only", only, "只测这些设备")
        ->delimiter(',')
        ->check(CLI::IsMember(names));
    swap->add_option("devices", only, "换上的设备")
        ->required()
        ->delimiter(',')
        ->check(CLI::IsMember(names));
    for (auto* one : {commission, swap})
        one->add_option("--answers", arguments.answers,
                        "脚本代人回答，如 printer=yes,slip=no；没有写的算跳过");

    auto* wizard = options.add_subcommand(
        "set-up", "开通：按文件里的回答逐步设置，中断后从那一步继续，最后写出验收记录");
    wizard->add_option("--config", arguments.config, "终端的配置文件");
    auto* wizard_ways = wizard->add_option_group("做什么");
    wizard_ways->add_option("--answers", arguments.answers, "十二项的回答（TOML）；有错先全部列出");
    wizard_ways->add_flag("--show", arguments.show, "看做到哪一步");
    wizard_ways->add_flag("--list", arguments.list, "列出十二项和它们的键");
    wizard_ways->add_flag("--example", arguments.example, "写出一份可以照着改的回答");
    wizard_ways->add_flag("--restore", arguments.restore, "设置文件丢了或坏了，按进度重新写");
    wizard_ways->add_flag(
        "--record", arguments.lay_out_record,
        "屏幕上做完的开通：看一遍全部设备，写好待签名的验收记录（程序启动前由系统运行）");
    wizard_ways->add_flag("--sign-record", arguments.sign_record,
                          "把写好的验收记录交给收发程序签名（由系统以收发程序的帐号运行）");
    wizard_ways->require_option(1);
    wizard->add_flag("--again", arguments.script.again, "回答没有变的也重做");
    wizard->add_flag("--no-record", arguments.no_record, "做完不写验收记录");
    wizard->add_option("--by", inspection.technician, "维护人员的代号，如 T-0007");
    wizard->add_option("--pdf", inspection.pdf, "把报告写成 PDF");
    wizard->add_option("--json", inspection.json, "把记录写成 JSON");
    wizard->add_option("--post", arguments.post, "登记时用的 kiosk-post");

    auto* join = options.add_subcommand(
        "join", "连接开通向导要的无线网络；要求写在文件里，读后即删，密码不留下");
    join->add_option("--request", arguments.wifi_request, "三行的要求文件")->required();
    join->add_option("--said", arguments.wifi_said, "结果写到哪个文件，一个词");
    for (auto* one : {wizard, join})
        one->add_option("--nmcli", arguments.joining.nmcli, "NetworkManager 的 nmcli");

    auto* support = options.add_subcommand(
        "support-bundle", "把日志、配置、状况写进一个文件给技术支持；与人和密钥有关的内容先拿掉");
    support->add_option("file", arguments.support.to, "写到哪个文件（.tar.gz）")->required();
    support->add_option("--config", arguments.config, "终端的配置文件")->required();
    support->add_option("--log", arguments.support.logs, "再放进这些文本文件");
    support->add_flag("!--no-journal", arguments.support.journal, "不放系统日志里的事件");
    support->add_option("--max-bytes", arguments.support.bytes_max,
                        "文件最多多少字节；放不下时最旧的日志先不放");
    support->add_flag("!--no-devices", arguments.support.devices,
                      "不去碰设备（收发程序用：它看不到设备）");

    auto* read_code =
        options.add_subcommand("read-code", "读出图片里的二维码，一个一行；没有就是 none");
    read_code->add_option("picture", arguments.pictures, "图片（PNG、JPEG、WebP）")->required();

    auto* compare = options.add_subcommand("compare-faces", "比对两张图片里的人脸");
    compare->add_option("a", arguments.picture_a, "图片")->required();
    compare->add_option("b", arguments.picture_b, "图片")->required();
    compare->add_option("--models", arguments.models, "人脸模型的文件夹")->required();

    std::string touch;
    std::vector<std::string> built_in;
    auto* usbguard = options.add_subcommand(
        "usbguard-rules", "写出这台终端的 USBGuard 规则：只放行认识的设备，键盘和 U 盘一律不行");
    usbguard->add_option("--config", arguments.config, "终端的配置文件")->required();
    usbguard->add_option("--touch", touch, "触摸屏的 VVVV:PPPP；不在 USB 上就写 none")->required();
    usbguard->add_option("--built-in", built_in, "柜内另有的设备 VVVV:PPPP，可以写多次");

    const auto catalogue = technician::add_catalogue(options, print, complain);

    try {
        options.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {  // --help comes this way, too
        return options.exit(wrong) == 0 ? technician::went_well : technician::could_not;
    }
    if (const auto command = catalogue()) return command();
    if (usbguard->parsed()) return write_usbguard_rules(arguments.config, touch, built_in);
    arguments.watch = watch->parsed();
    arguments.ledger = ledger->parsed();
    arguments.rules = rules->parsed();
    if (read_code->parsed()) return technician::read_codes(arguments.pictures, print, complain);
    if (compare->parsed())
        return technician::compare_faces(arguments.picture_a, arguments.picture_b, arguments.models,
                                         print, complain);
    if (wizard->parsed()) {
        if (arguments.list) set_up::list(print);
        if (arguments.example) std::fputs(set_up::example_answers().c_str(), stdout);
        if (arguments.list || arguments.example) return technician::went_well;
        if (!arguments.config.empty() && (arguments.lay_out_record || arguments.sign_record))
            return run_inspection(arguments);
        if (!arguments.config.empty()) return run_set_up(arguments);
        complain("要写 --config");
        return technician::could_not;
    }
    if (join->parsed())
        return set_up::run_join(arguments.wifi_request, arguments.wifi_said, arguments.joining,
                                print, complain);
    if (support->parsed()) arguments.support.config = arguments.config;
    if (report->parsed() || support->parsed()) return run_inspection(arguments);
    if (commission->parsed() || swap->parsed()) {
        using offline::papers::ServiceKind;
        inspection.kind = swap->parsed() ? ServiceKind::swap : ServiceKind::commissioning;
        inspection.guided = true;
        inspection.only = {only.begin(), only.end()};
        return run_inspection(arguments);
    }
    return run_devices(arguments);
}
