// The app without its window: takes what happened, steps the session, carries out the effects, and
// says what the page shows. Main thread only. Owns no device and no key; main hands them in.
#pragma once

#include "app/care/caretaker.hpp"
#include "app/centre_desk.hpp"
#include "app/inbox.hpp"
#include "app/paper_worker.hpp"
#include "app/present/present.hpp"
#include "app/session_mark.hpp"
#include "app/speech/announcer.hpp"
#include "app/technician/desk.hpp"
#include "app/technician/recent_events.hpp"
#include "base/event_log.hpp"
#include "offline/sealing/sealing.hpp"
#include "session/guide_lamps.hpp"
#include "session/step.hpp"
#include "ui/shell/panel_news.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace app {

struct KioskParts {
    const base::Clock& clock;
    base::EventLog& log;
    Inbox& inbox;
    drivers::DeviceSet& devices;
    offline::post::PostClient& post;
    session::Settings settings;
    std::optional<catalogue::Pack> pack;           // none: out of service
    std::optional<offline::sealing::KeySet> keys;  // none: out of service
    ui::speech::Voice* voice = nullptr;            // none: nothing is said
    ui::speech::SpeechLog* speech_log = nullptr;   // training only
    int slip_dots = 576;                           // how wide the receipt printer's paper is
    base::Instant pack_soft_expiry{};              // the pack may be outdated from then on
    TechnicianDesk* desk = nullptr;                // none: nobody signs in here
    const RecentEvents* recent = nullptr;          // none: the technician's log page is empty
    std::string version{};                         // of this program
    std::string state_folder{};                    // whose disk the technician sees
    std::optional<domain::ServicePause> pause{};   // of before this start
    Caretaker* care = nullptr;                     // none: nothing is known of memory and paper
    // The configuration read anew, for a reload by command or because the centre sent another; a
    // fault when it has faults. None: not here.
    std::function<base::Result<session::Settings>()> reload{};
    std::string set_up_goes_on_for{};  // SetUpDesk::went_on
};

// Why the program ends by itself.
enum class Ending { restart, shut_down };

class Kiosk {
  public:
    explicit Kiosk(KioskParts parts);

    // Something a person did on the page shown.
    void act(const ui::screens::Action& action);
    // The page as it stands on the panel: what is to be said of it is said.
    void drawn(const ui::widgets::SemanticTree& tree);
    // A finger came down or a key was pressed.
    void hush() { announcer_.hush(); }
    // Takes everything that waits in the inbox; true when the page may look different now.
    bool take_incoming();
    // The panel said something about itself.
    void hear(const ui::shell::PanelNews& news);
    // Time went on: deadlines fire.
    void tick();
    // Keys of the cabinet's own pad since the last call, for the panel to walk with.
    std::vector<ui::screens::Key> take_pad_keys() { return std::exchange(pad_keys_, {}); }
    // A way to type or write is not offered here: for the technician's log.
    void input_missing(std::string_view method);

    // A technician, or the terminal itself, wants the program or the machine to end: the loop does
    // so.
    std::optional<Ending> ending() const { return ending_; }
    // Nothing of anybody's is on the screen or in memory.
    bool nobody_here() const;
    // Ends it so that it is started anew, if nobody is here.
    void begin_anew();

    const Page& page() const { return page_; }
    const session::Session& session() const { return session_; }
    const domain::PostStatus& post_status() const { return post_status_; }
    const domain::TerminalHealth& health() const { return health_; }
    // What the catalogue says may be outdated: a fact for whoever decides by it, not a refusal.
    bool catalogue_outdated() const;
    bool in_service() const { return parts_.pack && parts_.keys; }
    std::int64_t pack_version() const { return parts_.pack ? parts_.pack->version : 0; }
    // How long the loop may wait before the next tick() is due.
    base::Millis next_tick_in() const;

  private:
    void happen(const session::Event& event);
    // True when the page may look different now.
    bool receive(const drivers::DeviceEvent& event);
    bool receive(const offline::post::PostEvent& event);
    bool receive(const PaperDrawn& drawn);
    bool receive(const PaperPictured& pictured);
    bool receive(const CatalogueStaged& staged);
    bool receive(const session::TechnicianChecked& checked);
    bool receive(const session::AuditRead& read);
    bool receive(const session::SuppliesRead& read);
    bool receive(const session::SetUpKnown& known);
    bool receive(const session::SetUpKept& kept);
    bool receive(const AuditBroken&);
    session::World world() const;
    // The catalogue in use; an empty one while there is none, for the pages that need none.
    const catalogue::Pack& pack_in_use() const;
    bool steps(const session::Event& event) const;
    MachineFacts machine_facts() const;
    // Nobody is at it, and it may be taken away for a while: the first page, or a pause of service.
    bool may_be_taken() const;
    // Puts the pack and the configuration that wait in force when nobody is using the terminal.
    void switch_staged();
    void switch_pack();
    base::Status reload();
    void begin();
    // The picture that 拍摄 asked for, when its frame is there. True when it was.
    bool take_print_picture();
    // What the centre wants, when nobody is using the terminal.
    void obey();
    base::Status obey(const offline::post::CommandGiven& command);
    void tell_centre();
    void post_says(domain::PostStatus status);
    bool receive(const ui::speech::VoiceEvent& event);
    void change_health(domain::DeviceKind device, const domain::DeviceHealth& health);
    void refresh();
    void light_lamps();

    void run(const session::WatchForCard& effect);
    void run(const session::ReadCard& effect);
    void run(const session::StopCardReader& effect);
    void run(const session::CheckFace& effect);
    void run(const session::StopFaceCheck& effect);
    void run(const session::StartCamera& effect);
    void run(const session::StopCamera& effect);
    void run(const session::TakeThumbPicture& effect);
    void run(const session::DrawLetter& effect);
    void run(const session::ReserveRoom& effect);
    void run(const session::AbandonRoom& effect);
    void run(const session::SealAndKeep& effect);
    void run(const session::KeepVoice& effect);
    void run(const session::PrintVoiceReceipt& effect);
    void run(const session::AskReplies& effect);
    void run(const session::PrintReceipt& effect);
    void run(const session::PrintLetter& effect);
    void run(const session::PrintList& effect);
    void run(const session::PurgePrinter& effect);
    void run(const session::MarkReceiptShown& effect);
    void run(const session::AskProof& effect);
    void run(const session::PrintProof& effect);
    void run(const session::AskProgress& effect);
    void run(const session::AskBooking& effect);
    void run(const session::PrintBooking& effect);
    void run(const session::LookUpReceipt& effect);
    void run(const session::AskPayment& effect);
    void run(const session::PrintBill& effect);
    void run(const session::CallForCard& effect);
    void run(const session::CallForPaper& effect);
    void run(const session::LookForCode& effect);
    void run(const session::StopLookingForCode& effect);
    void run(const session::ReportCardLeft& effect);
    void run(const session::ReportCabinetOpened& effect);
    void run(const session::CallPowerOut& effect);
    void run(const session::LightPanel& effect);
    void run(const session::CheckTechnician& effect);
    void run(const session::CheckCentreAnswer& effect);
    void run(const session::AskStock& effect);
    void run(const session::RunCourier& effect);
    void run(const session::TryCentreNow& effect);
    void run(const session::ReadAudit& effect);
    void run(const session::ReadSupplies& effect);
    void run(const session::NotePaperChange& effect);
    void run(const session::RecordAct& effect);
    void run(const session::KeepPause& effect);
    void run(const session::ReadSetUp& effect);
    void run(const session::KeepSetUp& effect);
    void run(const session::InviteTerminal& effect);
    void run(const session::JoinNetwork& effect);
    void run(const session::PrintTestPage& effect);
    void run(const session::PlayTestSound& effect);
    void run(const session::RestartProgram& effect);
    void run(const session::ShutDownMachine& effect);
    void run(const session::LogSessionStarted& effect);
    void run(const session::LogSessionEnded& effect);
    void run(const session::LogFault& effect);
    void run(const session::LogUnknownEthnicity& effect);
    void run(const session::LogFaceOutcome& effect);
    void run(const session::LogRating& effect);

    KioskParts parts_;
    PaperWorker papers_;
    SessionMark mark_;
    Announcer announcer_;
    CentreDesk centre_;
    session::Session session_;
    domain::TerminalHealth health_;
    domain::PostStatus post_status_;
    std::optional<StagedPack> next_pack_;             // waits for Idle
    std::optional<std::int64_t> next_configuration_;  // its version; waits for Idle
    Page page_;
    std::string logged_page_;
    domain::Lamps lamps_;  // as the cabinet was told last
    std::vector<ui::screens::Key> pad_keys_;
    domain::SessionId session_in_effect_ = 0;  // whose effects run, for the log
    base::Millis card_read_started_{};
    // What was sealed last. A second try hands over the same bytes, so that a post that had kept
    // them after all answers with the same receipt.
    std::optional<offline::post::AcceptRequest> sealed_;
    // Seals and hands over, a second time the same bytes.
    void hand_over(domain::Ticket ticket, const domain::SubId& sub_id, const std::string& item_code,
                   std::int64_t item_version, const std::function<base::SecretText()>& plaintext);
    // Kept without a page that shows the number: it must not be offered after a restart.
    std::vector<domain::Ticket> unshown_;
    catalogue::Pack no_pack_;
    bool audit_broken_ = false;
    std::optional<Ending> ending_;
    // A picture of a thumb print is due: of a frame later than `after`.
    struct PrintWanted {
        domain::Ticket ticket;
        std::uint64_t after = 0;
        base::Millis since{};
    };
    std::optional<PrintWanted> print_wanted_;
    // Makes an answer of the centre, or why there is none, the event that step() takes.
    using ReadAnswer = std::function<session::Event(base::Result<base::SecretText>)>;
    struct OpenQuestion {
        domain::Ticket ticket;
        offline::post::QuestionKind kind{};
        std::optional<offline::sealing::SealedQuestion> sealed;  // none: it could not be sealed
        ReadAnswer read;
    };
    void ask_centre(domain::Ticket ticket, offline::post::QuestionKind kind,
                    const base::SecretText& question, ReadAnswer read);
    void answered(const offline::post::AskFinished& finished);

    // Under way; their keys die with the answers or the session.
    std::vector<OpenQuestion> questions_;
};

}  // namespace app
