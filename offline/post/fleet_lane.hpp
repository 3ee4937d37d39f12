// What the centre hears of this terminal and what it wants of it. A heartbeat rides behind a hello,
// on its connection, when something changed that a person should hear of, and otherwise rarely; how
// many bytes a day it may cost is bounded. What its answer brings goes to the command desk, and
// from there to the app or into a support bundle. No socket and no thread: exchanges go out by
// whoever owns the connections and come back by answered(). On the office's thread.
#pragma once

#include "offline/outbox/outbox.hpp"
#include "offline/post/command_desk.hpp"
#include "offline/post/nobody_served.hpp"
#include "offline/post/protocol.hpp"
#include "offline/post/support_errand.hpp"
#include "offline/sync/centre_client.hpp"
#include "offline/sync/clock_floor.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace offline::post {

struct FleetOptions {
    std::string software;                 // version of the post
    base::Millis every{2 * 3'600'000};    // when nothing changed
    base::Millis news_gap{60'000};        // between two that tell of changes
    std::int64_t bytes_per_day = 48'000;  // of the line, both ways, with what carries it
    // The whole command that makes a support bundle but for the file, and "--log FILE" with what
    // the app said of its devices; empty: none are made here.
    std::vector<std::string> support_command = {};
    std::string folder;  // where bundles lie until they are at the centre
    // On which the app holds a lock while a session lasts: no bundle is made then. Empty: no app.
    std::string session_lock = {};
};

// What the post knows besides; asked for when a heartbeat may go.
struct PostFacts {
    domain::OutboxStock stock;
    domain::Line line{};
    bool taking = false, revoked = false;
    std::int64_t key_set = 0;
};

class FleetLane {
  public:
    using Tell = std::function<void(const message::CommandGiven&)>;  // the app that is there
    using Upload = std::function<void(sync::Exchange)>;              // ends in uploaded(), once

    FleetLane(FleetOptions options, CommandDesk desk, const outbox::Terminal& terminal,
              const sealing::KeySet& keys, sync::ClockFloor& floor, const base::Clock& clock,
              base::EventLog& log, Tell tell, Upload upload, std::function<void()> wake);

    // --- of the app
    void app_said(const domain::AppReport& report);
    void app_gone();
    void command_done(const message::CommandDone& done);
    // Somebody wants the centre to be tried now: what is new is told with the next hello.
    void nudge() { nudged_ = true; }

    // --- of the centre
    // A hello is on its way: what is to follow it, if anything is due.
    std::optional<sync::Exchange> behind_hello(const PostFacts& facts);
    void answered(const base::Result<sync::Answer>& answer);
    void uploaded(const base::Result<sync::Answer>& answer);
    // Does what is due otherwise; the steady time by which it wants to be called again.
    base::Millis round(bool online);

    const CommandDesk& desk() const { return desk_; }

  private:
    papers::HeartbeatContent content(const PostFacts& facts) const;
    base::Result<papers::HeartbeatTaken> believe(base::ByteView body) const;
    bool may_spend(std::int64_t bytes);
    void hand_over();
    void hand(OpenCommand command);
    void care_for_bundle(bool online);
    void begin_bundle();
    void wait_for_nobody(const OpenCommand& command);
    base::Status name_bundle();
    void end_bundle(const std::string& outcome);
    void sweep_bundles();
    std::string bundle_path(std::int64_t serial) const;
    std::string being_made(std::int64_t serial) const;
    std::string report_path() const { return options_.folder + "/app-report.txt"; }
    void note(const base::Status& written);

    FleetOptions options_;
    CommandDesk desk_;
    const outbox::Terminal& terminal_;
    const sealing::KeySet& keys_;
    sync::ClockFloor& floor_;
    const base::Clock& clock_;
    base::EventLog& log_;
    Tell tell_;
    Upload upload_;
    std::function<void()> wake_;

    std::optional<domain::AppReport> app_;
    bool app_there_ = false;
    std::set<std::int64_t> handed_here_;  // serials, on the app's present connection

    // On its way: the number, and what it says.
    struct UnderWay {
        std::int64_t number = 0;
        std::string matter;
    };
    std::optional<UnderWay> under_way_;
    std::string told_;              // the matter that the centre has
    std::string certificate_told_;  // id
    bool nudged_ = false;
    bool news_ = true;          // something to be told besides the matter
    base::Millis began_{};      // steady
    base::Millis last_sent_{};  // steady
    bool ever_sent_ = false;
    // What may still be spent: grows with time up to a share of the day.
    std::int64_t purse_ = 0;
    base::Millis purse_at_{};
    std::int64_t last_cost_ = 0;

    NobodyServed nobody_served_;
    bool waits_for_nobody_ = false;  // a bundle, for the end of a session
    std::unique_ptr<SupportErrand> errand_;
    std::int64_t bundle_ = 0;  // serial of the command under way; 0: none
    bool uploading_ = false;
    bool swept_ = false;  // since the start, and since one ended: its program may have left a part
    int upload_failures_ = 0;
    base::Millis next_upload_{};
    std::optional<base::FaultCode> fault_;  // of the desk's file, said once
};

}  // namespace offline::post
