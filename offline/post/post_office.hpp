// The post office: owns the outbox on one thread, answers the app over the local socket, and lets
// three worker threads speak with the centre: for small things, for the bytes of attachments and
// for questions, so a slow parcel never holds up a citizen's question. Workers hand their answers
// over by value through a mailbox.
#pragma once

#include "base/service_notice.hpp"
#include "offline/outbox/outbox.hpp"
#include "offline/post/courier_errand.hpp"
#include "offline/post/feed_lane.hpp"
#include "offline/post/fleet_lane.hpp"
#include "offline/post/hand_in_desk.hpp"
#include "offline/post/package_lane.hpp"
#include "offline/post/post_server.hpp"
#include "offline/post/service_lane.hpp"
#include "offline/post/too_old_mark.hpp"
#include "offline/sync/centre_worker.hpp"
#include "offline/sync/delivery.hpp"
#include "offline/sync/outbox_parcels.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace offline::post {

// How the post does something with a stick: by a program of its own, so that a stick that hangs, or
// what lies on it, never reaches the process that holds the outbox.
struct CourierSetUp {
    std::string stick_folder;  // where the stick is mounted; empty: none here
    // The whole command but for the work and the folder; the program first.
    std::vector<std::string> command;
};

struct OfficeOptions {
    std::string socket_path;
    sync::CentreAddress centre;
    sync::DeliveryOptions delivery;
    CourierSetUp courier = {};
};

class PostOffice final : private PostHandler {
  public:
    PostOffice(const OfficeOptions& options, outbox::Outbox& outbox, const sealing::KeySet& keys,
               sync::ClockFloor& floor, const base::Clock& clock, base::EventLog& log,
               PostServer& server);
    // Feeds, too; before run(). `keys` is the set that this office was made with.
    void serve_feeds(feeds::FeedOptions options, feeds::FeedStore& store, store::Disk& disk,
                     const sealing::PinnedRoot& root, sealing::KeySet& keys);
    // Packages of releases, too; before run(), and only where feeds are served. Of the options only
    // what is not the terminal's own has to be set.
    void serve_packages(sync::CentreAddress repository, releases::FetchOptions options,
                        const feeds::FeedStore& feeds, releases::PackageShelf shelf,
                        const sealing::KeySet& keys);
    // Service records, too; before run().
    void serve_service_records(ServiceBook book, const OfficeOptions& options,
                               const sealing::KeySet& keys);
    // Before run(): tells the centre how this terminal is, and does what the centre commands.
    void serve_fleet(FleetOptions options, CommandDesk desk, const sealing::KeySet& keys);
    // On the office's thread. PostRefused where they are not served.
    base::Result<KeptRecord> keep_service_record(const papers::ServiceContent& content);
    // Whether the centre finds this program too old is marked for the technician; before run().
    void mark_too_old(TooOldMark mark) { too_old_ = std::move(mark); }
    // Whoever watches the program hears from it after each round; before run().
    void report_to(base::ServiceNotice& notice) { notice_ = &notice; }
    // Until `stop` is readable.
    void run(int stop);
    // From another thread: runs `work` on the office's, which owns the outbox, and waits for it.
    // False: the office ended before.
    bool on_its_thread(const std::function<void(outbox::Outbox&)>& work);
    // On the office's thread: the terminal's certificate was renewed; what waited for that goes on.
    void use(const sealing::TerminalCertificate& renewed);
    // On the office's thread, or before run(): the centre revoked this terminal. Nothing new is
    // taken from then on; what is kept stays, and goes on being delivered.
    void take_no_more();

  private:
    struct Letter {
        bool is_parcel = false;
        std::int64_t reference = 0;
        base::Result<sync::Answer> answer;
    };
    struct Errand {
        const std::function<void(outbox::Outbox&)>* work;
        bool done = false;
    };
    struct Asked {
        ClientNumber client = 0;
        std::int64_t id = 0;
        std::string kind;
    };

    void welcomed(ClientNumber client) override;
    void received(ClientNumber client, ClientMessage message) override;
    void gone(ClientNumber client) override;
    base::Millis rounds_done() override;
    void answers_sent() override;

    void on(ClientNumber client, message::Reserve& message);
    void on(ClientNumber client, message::Abandon& message);
    void on(ClientNumber client, message::AttachmentBegin& message);
    void on(ClientNumber client, message::AttachmentChunk& message);
    void on(ClientNumber client, message::AttachmentEnd& message);
    void on(ClientNumber client, message::Accept& message);
    void on(ClientNumber client, message::LookUp& message);
    void on(ClientNumber client, message::Ask& message);
    void on(ClientNumber client, message::ReceiptShown& message);
    void on(ClientNumber, message::Nudge&) {
        delivery_.nudge();
        if (feeds_) feeds_->nudge();
        if (fleet_) fleet_->nudge();
    }
    void on(ClientNumber client, message::StockAsked& message);
    void on(ClientNumber client, message::CourierBegin& message);
    void on(ClientNumber, message::Hello&) {}
    void on(ClientNumber client, message::AppReported& message);
    void on(ClientNumber, message::CommandDone& message);

    void put_letter(Letter letter);
    sync::CentreWorker::Sink letters_to(bool delivery);
    void run_errands(const std::vector<Errand*>& errands);
    void answer_question(std::int64_t reference, const base::Result<sync::Answer>& answer);
    base::Result<domain::OutboxStock> stock();
    void tell_courier();
    void tell_status();
    void follow_hello();
    bool refuses(ClientNumber client, std::int64_t id);
    void scrub_when_due();

    sync::CentreAddress centre_;
    CourierSetUp courier_set_up_;
    sync::ClockFloor& floor_;
    outbox::Outbox& outbox_;
    const base::Clock& clock_;
    base::EventLog& log_;
    PostServer& server_;
    HandInDesk desk_;

    Wake wake_;
    std::mutex mutex_;
    std::vector<Letter> letters_;  // guarded by mutex_, as are the next three
    std::vector<Errand*> errands_;
    std::condition_variable errand_done_;
    bool ended_ = false;

    std::set<ClientNumber> clients_;
    std::optional<base::Instant> last_contact_;
    std::unique_ptr<CourierErrand> courier_;  // under way, or none
    ClientNumber courier_for_ = 0;            // 0: it is gone, the errand goes on
    std::int64_t courier_id_ = 0;
    std::map<std::int64_t, Asked> questions_;
    std::int64_t next_question_ = 1;
    domain::PostStatus told_;
    domain::Line line_told_ = domain::Line::unknown;
    base::Millis next_scrub_{};  // steady; 0: not asked yet
    std::int64_t key_set_asked_for_ = 0;
    bool outbox_moved_ = true;  // since the status was last read from it
    bool revoked_ = false;
    std::optional<base::FaultCode> checkpoint_fault_;  // said once, not with every round

    sync::OutboxParcels parcels_;
    sync::CentreWorker small_worker_;  // last: they call put_letter()
    sync::CentreWorker bulk_worker_;
    sync::CentreWorker question_worker_;
    sync::Delivery delivery_;
    std::unique_ptr<FeedLane> feeds_;        // none: no feeds here
    std::unique_ptr<PackageLane> packages_;  // none: no releases here
    std::optional<TooOldMark> too_old_;
    base::ServiceNotice* notice_ = nullptr;  // none: nobody watches
    std::unique_ptr<ServiceLane> service_;   // none: no service records here
    std::unique_ptr<FleetLane> fleet_;       // none: the centre hears nothing of this terminal
    ClientNumber app_ = 0;                   // who reported last; 0: it is gone
    const sealing::KeySet& keys_;
    bool hello_went_ = false;  // in this round
};

}  // namespace offline::post
