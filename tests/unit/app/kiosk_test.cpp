// The app without its window: what comes in late, from a session that is over, changes nothing.
#include "app/kiosk.hpp"

#include "../session/samples.hpp"
#include "domain/comfort_code.hpp"
#include "provisioning/enrolment/training_keys.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace app {
namespace {

using session::samples::Walker;

domain::DeviceHealth ready() {
    return {domain::DeviceState::ready, domain::Supply::unknown, std::nullopt};
}

struct IdleReader final : drivers::IdCardReader {
    void start_read(domain::Ticket ticket) override { asked = ticket; }
    void start_watch(domain::Ticket) override {}
    void stop() override {}
    domain::DeviceHealth health() const override { return ready(); }
    domain::Ticket asked;
};
struct DarkCamera final : drivers::Camera {
    void start() override { running = true; }
    void stop() override { running = false; }
    bool running = false;
    const base::LatestValue<domain::Frame>& frames() const override { return none; }
    domain::DeviceHealth health() const override { return ready(); }
    base::LatestValue<domain::Frame> none;
};
struct IdleFaceChecker final : drivers::FaceChecker {
    void start_check(domain::Ticket, base::Secret<std::vector<std::uint8_t>>) override {}
    void stop() override {}
    domain::DeviceHealth health() const override { return ready(); }
};
struct CountingPrinter final : drivers::DocumentPrinter {
    void print(domain::Ticket ticket, drivers::PrintJob) override { printed.push_back(ticket); }
    void purge() override { ++purged; }
    void paper_changed(domain::Ticket ticket) override { changed.push_back(ticket); }
    domain::DeviceHealth health() const override { return ready(); }
    std::vector<domain::Ticket> printed, changed;
    int purged = 0;
};

struct BlindCodeReader final : drivers::CodeReader {
    void start(domain::Ticket ticket, drivers::LookWith) override { asked = ticket; }
    void stop() override { asked.reset(); }
    std::optional<domain::Ticket> asked;
};
struct NoJack final : drivers::Headphones {
    domain::DeviceHealth health() const override { return {}; }
};

struct LitCabinet final : drivers::Cabinet {
    void light(const domain::Lamps& wanted) override { lamps.push_back(wanted); }
    void set_brightness(int percent) override { brightness.push_back(percent); }
    domain::DeviceHealth health() const override { return ready(); }
    std::vector<domain::Lamps> lamps;
    std::vector<int> brightness;
};

offline::sealing::KeySet keys() {
    using offline::sealing::SigningKey;
    const auto realm = domain::Realm::training;
    const auto root = SigningKey::generate();
    const auto intake = offline::sealing::IntakeKeys::generate(realm);
    const auto set =
        provisioning::enrolment::key_set_of(intake, SigningKey::generate().public_key());
    return offline::sealing::KeySet::verify(set.issue(root).value(), {realm, root.public_key()})
        .value();
}

struct Terminal {
    Terminal() {
        auto idle = std::make_unique<IdleReader>();
        card_reader = idle.get();
        devices.id_card_reader = std::move(idle);
        auto dark = std::make_unique<DarkCamera>();
        camera = dark.get();
        devices.camera = std::move(dark);
        devices.face_checker = std::make_unique<IdleFaceChecker>();
        auto blind = std::make_unique<BlindCodeReader>();
        code_reader = blind.get();
        devices.code_reader = std::move(blind);
        devices.headphones = std::make_unique<NoJack>();
        auto counting = std::make_unique<CountingPrinter>();
        printer = counting.get();
        devices.document_printer = std::move(counting);
        auto lit = std::make_unique<LitCabinet>();
        cabinet = lit.get();
        devices.cabinet = std::move(lit);
        kiosk.emplace(KioskParts{clock, log, inbox, devices, post, Walker{}.terminal.settings,
                                 session::samples::pack(), keys()});
    }
    void comes_in(Incoming item) {
        inbox.put(std::move(item));
        EXPECT_TRUE(kiosk->take_incoming());
    }

    base::ManualClock clock{Walker{}.terminal.now};
    struct KeptLog final : base::EventLog {
        void write_line(std::string line) override { lines += line + "\n"; }
        std::string lines;
    } log;
    Inbox inbox;
    drivers::DeviceSet devices;
    IdleReader* card_reader = nullptr;
    CountingPrinter* printer = nullptr;
    LitCabinet* cabinet = nullptr;
    DarkCamera* camera = nullptr;
    BlindCodeReader* code_reader = nullptr;
    offline::post::PostClient post{{"/nonexistent/post.sock"}, [](auto) {}};
    std::optional<Kiosk> kiosk;
};

PaperDrawn paper_for(domain::SessionId session) {
    return {{session, 7}, drivers::PrintJob{"receipt", 1, {}}};
}

TEST(kiosk, a_paper_drawn_for_somebody_who_has_left_is_not_printed) {
    Terminal terminal;
    const auto first = terminal.kiosk->session().id;
    terminal.comes_in(paper_for(first));
    ASSERT_EQ(terminal.printer->printed.size(), 1U);

    // 我要办理, and then 结束: the next session begins.
    terminal.kiosk->act(ui::screens::Pressed{"services"});
    ASSERT_EQ(terminal.kiosk->page().screen.name, "services");
    terminal.kiosk->act(ui::screens::Pressed{"end"});
    ASSERT_NE(terminal.kiosk->session().id, first);
    EXPECT_GE(terminal.printer->purged, 1);

    terminal.comes_in(paper_for(first));
    EXPECT_EQ(terminal.printer->printed.size(), 1U);
    terminal.comes_in(paper_for(terminal.kiosk->session().id));
    EXPECT_EQ(terminal.printer->printed.size(), 2U);
}

TEST(kiosk, a_slip_goes_to_the_receipt_printer_and_a_pdf_to_the_other) {
    Terminal terminal;
    auto counting = std::make_unique<CountingPrinter>();
    auto* slips = counting.get();
    terminal.devices.receipt_printer = std::move(counting);
    const auto session = terminal.kiosk->session().id;
    drivers::PrintJob job{"receipt", 1, {}};
    job.slip = base::Secret(domain::BitPicture{8, 1, {0xFF}});
    terminal.comes_in(PaperDrawn{{session, 7}, job});
    EXPECT_EQ(slips->printed.size(), 1U);
    EXPECT_EQ(terminal.printer->printed.size(), 0U);
    terminal.comes_in(paper_for(session));
    EXPECT_EQ(slips->printed.size(), 1U);
    EXPECT_EQ(terminal.printer->printed.size(), 1U);
    // Both forget when the session ends.
    terminal.kiosk->act(ui::screens::Pressed{"services"});
    terminal.kiosk->act(ui::screens::Pressed{"end"});
    EXPECT_GE(slips->purged, 1);
    EXPECT_GE(terminal.printer->purged, 1);
}

TEST(kiosk, a_code_of_settings_before_the_camera_sets_them_and_the_camera_rests) {
    Terminal terminal;
    terminal.kiosk->act(ui::screens::Pressed{"comfort"});
    terminal.kiosk->act(ui::screens::Pressed{"comfort_scan"});
    ASSERT_EQ(terminal.kiosk->page().screen.name, "comfort_scan");
    ASSERT_TRUE(terminal.code_reader->asked);
    EXPECT_TRUE(terminal.camera->running);
    const auto ticket = *terminal.code_reader->asked;
    terminal.comes_in(
        drivers::DeviceEvent{drivers::CodeSeen{ticket, base::SecretText("rm -rf /; CWC1:")}});
    EXPECT_EQ(terminal.kiosk->page().screen.name, "comfort_scan");
    EXPECT_TRUE(terminal.kiosk->session().scan.note);
    const auto wish = domain::Comfort::for_elders();
    terminal.comes_in(drivers::DeviceEvent{
        drivers::CodeSeen{ticket, base::SecretText(domain::comfort_code(wish))}});
    EXPECT_EQ(terminal.kiosk->page().screen.name, "comfort");
    EXPECT_EQ(terminal.kiosk->page().screen.comfort, wish);
    EXPECT_FALSE(terminal.camera->running);
    EXPECT_FALSE(terminal.code_reader->asked);
    EXPECT_EQ(terminal.log.lines.find("CWC1"), std::string::npos);
}

CatalogueStaged staged_pack(std::int64_t version, base::Instant soft_expiry = {}) {
    CatalogueStaged staged;
    staged.pack = StagedPack{session::samples::pack(), soft_expiry};
    staged.pack->pack.version = version;
    return staged;
}

TEST(kiosk, a_staged_pack_waits_until_nobody_uses_the_terminal) {
    Terminal terminal;
    const auto before = terminal.kiosk->pack_version();
    terminal.kiosk->act(ui::screens::Pressed{"services"});
    terminal.comes_in(staged_pack(before + 1));
    EXPECT_EQ(terminal.kiosk->pack_version(), before);
    EXPECT_EQ(terminal.kiosk->page().screen.name, "services");
    terminal.kiosk->act(ui::screens::Pressed{"end"});
    EXPECT_EQ(terminal.kiosk->pack_version(), before + 1);
    // Nobody is there: at once.
    terminal.comes_in(staged_pack(before + 2));
    EXPECT_EQ(terminal.kiosk->pack_version(), before + 2);
    EXPECT_NE(terminal.log.lines.find("PackLoaded"), std::string::npos);
}

TEST(kiosk, a_catalogue_that_comes_while_the_cabinet_stands_open_waits_until_it_is_closed) {
    Terminal terminal;
    terminal.kiosk.emplace(KioskParts{terminal.clock, terminal.log, terminal.inbox,
                                      terminal.devices, terminal.post, Walker{}.terminal.settings,
                                      std::nullopt, keys()});
    ASSERT_EQ(terminal.kiosk->page().screen.name, "out_of_service");
    using drivers::DeviceEvent;
    terminal.comes_in(DeviceEvent{drivers::PowerChanged{{domain::PowerLevel::low}}});
    terminal.comes_in(DeviceEvent{drivers::DoorOpened{domain::Door::service}});
    EXPECT_NE(
        terminal.log.lines.find(R"({"event":"CabinetOpened","door":"service","permitted":0})"),
        std::string::npos);
    terminal.comes_in(staged_pack(7));
    EXPECT_EQ(terminal.kiosk->page().screen.name, "out_of_service");
    terminal.comes_in(DeviceEvent{drivers::DoorClosed{domain::Door::service}});
    EXPECT_EQ(terminal.kiosk->page().screen.name, "home");
    EXPECT_EQ(terminal.kiosk->session().power, domain::PowerLevel::low);
}

// What kiosk-update asks before it takes the screen away.
TEST(kiosk, a_session_holds_the_lock_that_keeps_an_update_away) {
    std::string folder = std::filesystem::temp_directory_path() / "cw-mark-XXXXXX";
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    Terminal terminal;
    KioskParts parts{terminal.clock,           terminal.log,  terminal.inbox,
                     terminal.devices,         terminal.post, Walker{}.terminal.settings,
                     session::samples::pack(), keys()};
    parts.state_folder = folder;
    const auto mask = ::umask(0077);  // of the app's unit
    terminal.kiosk.emplace(std::move(parts));
    ::umask(mask);
    const int file = ::open((folder + "/session.lock").c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_GE(file, 0);
    struct stat state {};
    ASSERT_EQ(::fstat(file, &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0640U) << "the post looks at it, too, whatever the app's umask";
    const auto free = [&] {
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) return false;
        ::flock(file, LOCK_UN);
        return true;
    };
    EXPECT_TRUE(free());
    terminal.kiosk->act(ui::screens::Pressed{"services"});
    EXPECT_FALSE(free());
    terminal.kiosk->act(ui::screens::Pressed{"end"});
    EXPECT_TRUE(free());
    terminal.kiosk->act(ui::screens::Pressed{"services"});
    terminal.kiosk.reset();
    EXPECT_TRUE(free()) << "the kernel gives it back";
    ::close(file);
    std::filesystem::remove_all(folder);
}

TEST(kiosk, a_pack_past_its_soft_expiry_stays_in_use_and_is_said_to_be_outdated) {
    Terminal terminal;
    terminal.comes_in(staged_pack(9, terminal.clock.now() + base::Millis{1000}));
    EXPECT_FALSE(terminal.kiosk->catalogue_outdated());
    terminal.clock.forward(base::Millis{1000});
    EXPECT_TRUE(terminal.kiosk->catalogue_outdated());
    EXPECT_EQ(terminal.kiosk->pack_version(), 9);
}

TEST(kiosk, headphones_begin_speech_and_unplugging_ends_it) {
    Terminal terminal;
    terminal.comes_in(drivers::DeviceEvent{drivers::HeadphonesChanged{true}});
    EXPECT_TRUE(terminal.kiosk->session().comfort.speech);
    terminal.comes_in(drivers::DeviceEvent{drivers::HeadphonesChanged{false}});
    EXPECT_FALSE(terminal.kiosk->session().comfort.speech);
}

TEST(kiosk, what_the_panel_says_of_itself_is_logged_and_kept_for_the_technician) {
    Terminal terminal;
    const auto session = terminal.kiosk->session().id;
    const base::Fault fault{base::FaultCode::TouchPanelFlickers, {}};
    terminal.kiosk->hear(
        {domain::DeviceHealth{domain::DeviceState::degraded, domain::Supply::unknown, fault},
         {"HanaMinB.ttf"},
         {{"cjk_ext_g", 2}}});
    EXPECT_EQ(terminal.kiosk->health().panel.fault, fault);
    for (
        const char* line :
        {R"({"event":"FontMissing","file":"HanaMinB.ttf"})",
         R"({"event":"GlyphsMissing","block":"cjk_ext_g","count":2})",
         R"({"event":"DeviceHealthChanged","device":"panel","health":"degraded","fault":"TouchPanelFlickers"})"})
        EXPECT_NE(terminal.log.lines.find(line), std::string::npos) << terminal.log.lines;
    EXPECT_EQ(terminal.kiosk->session().id, session);
}

TEST(kiosk, paper_that_runs_low_or_out_is_told_to_operations_once) {
    Terminal terminal;
    const auto paper_is = [&](domain::Supply supply) {
        domain::DeviceHealth health{domain::DeviceState::ready, supply, std::nullopt};
        terminal.comes_in(drivers::DeviceEvent{
            drivers::HealthChanged{domain::DeviceKind::document_printer, health}});
    };
    const auto told = [&](const std::string& supply) {
        const std::string line =
            R"({"event":"SupplyChanged","device":"document_printer","supply":")" + supply + R"("})";
        int times = 0;
        for (std::size_t at = 0; (at = terminal.log.lines.find(line, at)) != std::string::npos;
             ++at)
            ++times;
        return times;
    };
    paper_is(domain::Supply::plenty);
    EXPECT_EQ(told("low"), 0);
    paper_is(domain::Supply::low);
    paper_is(domain::Supply::low);
    EXPECT_EQ(told("low"), 1);
    paper_is(domain::Supply::out);
    EXPECT_EQ(told("out"), 1);
}

TEST(kiosk, the_cabinet_opened_is_in_the_log_before_anything_that_follows_from_it) {
    Terminal terminal;
    terminal.kiosk->act(ui::screens::Pressed{"services"});
    terminal.log.lines.clear();
    terminal.comes_in(drivers::DeviceEvent{drivers::DoorOpened{domain::Door::tamper}});
    const std::string first = R"({"event":"CabinetOpened","door":"tamper","permitted":0})";
    EXPECT_EQ(terminal.log.lines.find("{\"event\""), terminal.log.lines.find(first))
        << terminal.log.lines;
    EXPECT_NE(terminal.log.lines.find(R"("how":"cabinet_opened")"), std::string::npos);
    EXPECT_EQ(terminal.kiosk->page().screen.name, "suspended");
    terminal.comes_in(drivers::DeviceEvent{drivers::DoorClosed{domain::Door::tamper}});
    EXPECT_NE(terminal.log.lines.find(R"({"event":"CabinetClosed","door":"tamper"})"),
              std::string::npos);
    EXPECT_EQ(terminal.kiosk->page().screen.name, "home");
}

TEST(kiosk, lamps_follow_the_page_and_are_told_only_when_they_change) {
    Terminal terminal;
    EXPECT_TRUE(terminal.cabinet->lamps.empty());
    for (const char* id :
         {"services", "topic:elderly", "item:990511001000", "start", "notice_accept"})
        terminal.kiosk->act(ui::screens::Pressed{id});
    ASSERT_EQ(terminal.kiosk->page().screen.name, "place_card");
    terminal.kiosk->tick();
    ASSERT_EQ(terminal.cabinet->lamps.size(), 1U);
    EXPECT_EQ(terminal.cabinet->lamps.back()[domain::Lamp::id_card_reader],
              domain::LampState::slow);
    terminal.kiosk->act(ui::screens::Pressed{"end"});
    ASSERT_EQ(terminal.cabinet->lamps.size(), 2U);
    EXPECT_EQ(terminal.cabinet->lamps.back(), domain::Lamps{});
}

TEST(kiosk, the_panel_is_bright_from_the_start_and_follows_the_sensor) {
    Terminal terminal;
    terminal.comes_in(drivers::DeviceEvent{drivers::PresenceChanged{false}});
    terminal.comes_in(drivers::DeviceEvent{drivers::PresenceChanged{true}});
    EXPECT_EQ(terminal.cabinet->brightness, (std::vector<int>{100, 40, 100}));
}

TEST(kiosk, keys_of_the_cabinets_pad_are_the_five_keys_of_the_panel) {
    Terminal terminal;
    for (const auto key : {domain::PadKey::next, domain::PadKey::previous, domain::PadKey::select,
                           domain::PadKey::repeat, domain::PadKey::help})
        terminal.comes_in(drivers::DeviceEvent{drivers::PadKeyPressed{key}});
    using ui::screens::Key;
    EXPECT_EQ(terminal.kiosk->take_pad_keys(),
              (std::vector{Key::next, Key::previous, Key::select, Key::repeat, Key::help}));
    EXPECT_TRUE(terminal.kiosk->take_pad_keys().empty());
}

TEST(kiosk, what_is_left_of_the_power_is_in_the_log_and_on_the_page) {
    Terminal terminal;
    terminal.comes_in(
        drivers::DeviceEvent{drivers::PowerChanged{{domain::PowerLevel::low, 30, std::nullopt}}});
    EXPECT_NE(
        terminal.log.lines.find(
            R"({"event":"PowerChanged","level":"low","charge_percent":30,"minutes_left":-1})"),
        std::string::npos)
        << terminal.log.lines;
    EXPECT_FALSE(terminal.kiosk->page().screen.power_band.empty());
}

}  // namespace
offline::post::PostEvent told(domain::CommandKind kind, const std::string& text = {}) {
    static std::int64_t serial = 0;
    return offline::post::CommandGiven{
        ++serial, kind, {text, Walker{}.terminal.now + std::chrono::hours{2}}};
}
bool says(const Kiosk& kiosk, const std::string& text) {
    for (const auto& block : kiosk.page().screen.blocks)
        if (const auto* strip = std::get_if<ui::screens::Strip>(&block))
            if (strip->title == text) return true;
    return false;
}

TEST(kiosk, a_notice_of_the_centre_stands_on_the_first_page_until_its_end) {
    Terminal terminal;
    terminal.comes_in(told(domain::CommandKind::notice, "今天下午三点停机"));
    EXPECT_TRUE(says(*terminal.kiosk, "今天下午三点停机"));
    terminal.clock.forward(std::chrono::hours{3});
    terminal.kiosk->tick();
    EXPECT_FALSE(says(*terminal.kiosk, "今天下午三点停机"));
}

TEST(kiosk, a_command_waits_until_nobody_is_using_the_terminal) {
    Terminal terminal;
    terminal.kiosk->act(ui::screens::Pressed{"services"});
    terminal.comes_in(told(domain::CommandKind::restart));
    terminal.kiosk->tick();
    EXPECT_FALSE(terminal.kiosk->ending());
    EXPECT_EQ(terminal.kiosk->page().screen.name, "services");
    terminal.kiosk->act(ui::screens::Pressed{"end"});
    terminal.kiosk->tick();
    ASSERT_TRUE(terminal.kiosk->ending());
    EXPECT_EQ(*terminal.kiosk->ending(), Ending::restart);
}

TEST(kiosk, a_restart_waits_for_the_card_that_was_left_on_the_reader_of_a_closed_terminal) {
    Terminal terminal;
    for (const char* id :
         {"services", "topic:elderly", "item:990511001000", "start", "notice_accept"})
        terminal.kiosk->act(ui::screens::Pressed{id});
    ASSERT_EQ(terminal.kiosk->page().screen.name, "place_card");
    const auto owner = terminal.card_reader->asked;
    terminal.comes_in(drivers::DeviceEvent{drivers::CardInTheWay{owner}});
    terminal.comes_in(drivers::DeviceEvent{drivers::DoorOpened{domain::Door::service}});
    ASSERT_EQ(terminal.kiosk->page().screen.name, "suspended");
    terminal.comes_in(told(domain::CommandKind::restart));
    terminal.kiosk->tick();
    EXPECT_FALSE(terminal.kiosk->ending());
    terminal.comes_in(drivers::DeviceEvent{drivers::CardRemoved{owner}});
    terminal.kiosk->tick();
    ASSERT_TRUE(terminal.kiosk->ending()) << "closed as it is, nobody is there";
    EXPECT_EQ(*terminal.kiosk->ending(), Ending::restart);
}

TEST(kiosk, a_reload_takes_new_settings_and_one_with_faults_changes_nothing) {
    Terminal terminal;
    base::Result<session::Settings> read =
        base::fail(base::FaultCode::ConfigInvalid, "kiosk.width");
    KioskParts parts{terminal.clock,           terminal.log,  terminal.inbox,
                     terminal.devices,         terminal.post, Walker{}.terminal.settings,
                     session::samples::pack(), keys()};
    parts.reload = [&] { return read; };
    terminal.kiosk.emplace(std::move(parts));
    const auto before = terminal.cabinet->brightness;
    terminal.comes_in(told(domain::CommandKind::reload));
    EXPECT_EQ(terminal.cabinet->brightness, before);
    auto settings = Walker{}.terminal.settings;
    settings.light.bright_percent = 37;
    read = settings;
    terminal.comes_in(told(domain::CommandKind::reload));
    EXPECT_EQ(terminal.cabinet->brightness.back(), 37);
}

TEST(kiosk, a_configuration_that_comes_during_a_session_waits_for_its_end) {
    Terminal terminal;
    auto settings = Walker{}.terminal.settings;
    KioskParts parts{terminal.clock, terminal.log, terminal.inbox,           terminal.devices,
                     terminal.post,  settings,     session::samples::pack(), keys()};
    settings.light.bright_percent = 37;
    int read = 0;
    parts.reload = [&]() -> base::Result<session::Settings> {
        ++read;
        return settings;
    };
    terminal.kiosk.emplace(std::move(parts));
    CatalogueStaged staged;
    staged.configuration = 4;
    terminal.kiosk->act(ui::screens::Pressed{"services"});
    terminal.comes_in(staged);
    terminal.kiosk->tick();
    EXPECT_EQ(read, 0);
    EXPECT_EQ(terminal.kiosk->page().screen.name, "services");
    EXPECT_EQ(terminal.log.lines.find("FeedTaken"), std::string::npos);
    terminal.kiosk->act(ui::screens::Pressed{"end"});
    EXPECT_EQ(read, 1);
    EXPECT_EQ(terminal.cabinet->brightness.back(), 37);
    EXPECT_NE(
        terminal.log.lines.find(R"({"event":"FeedTaken","feed":"configuration","version":4})"),
        std::string::npos)
        << terminal.log.lines;
    terminal.kiosk->tick();
    EXPECT_EQ(read, 1) << "once for each that comes";
    // Nobody is there: at once.
    staged.configuration = 5;
    terminal.comes_in(staged);
    EXPECT_EQ(read, 2);
}

}  // namespace app
