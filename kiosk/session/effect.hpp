// What the app is asked to do, in the imperative, as plain comparable data. Only app/effect_runner
// carries effects out.
#pragma once

#include "base/locale.hpp"
#include "base/secret.hpp"
#include "catalogue/application.hpp"
#include "catalogue/voice.hpp"
#include "domain/booking.hpp"
#include "domain/cabinet.hpp"
#include "domain/citizen_identity.hpp"
#include "domain/device_health.hpp"
#include "domain/identifiers.hpp"
#include "domain/local_receipt.hpp"
#include "domain/payment_order.hpp"
#include "domain/set_up/progress.hpp"
#include "domain/technician.hpp"
#include "domain/voice_reply.hpp"

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace session {

#define SESSION_EFFECT_EQUALITY(Type) friend bool operator==(const Type&, const Type&) = default

// Only whether a card lies there; nothing is read (the first page).
struct WatchForCard {
    domain::Ticket ticket;
    SESSION_EFFECT_EQUALITY(WatchForCard);
};
struct ReadCard {
    domain::Ticket ticket;
    SESSION_EFFECT_EQUALITY(ReadCard);
};
struct StopCardReader {
    SESSION_EFFECT_EQUALITY(StopCardReader);
};
// Camera and comparison run together.
struct CheckFace {
    domain::Ticket ticket;
    base::Secret<std::vector<std::uint8_t>> chip_photo;
    SESSION_EFFECT_EQUALITY(CheckFace);
};
struct StopFaceCheck {
    SESSION_EFFECT_EQUALITY(StopFaceCheck);
};
// The camera alone, for a thumb print on paper.
struct StartCamera {
    SESSION_EFFECT_EQUALITY(StartCamera);
};
struct StopCamera {
    SESSION_EFFECT_EQUALITY(StopCamera);
};
struct TakeThumbPicture {
    domain::Ticket ticket;
    SESSION_EFFECT_EQUALITY(TakeThumbPicture);
};
// The pages of the letter, to look at before it is signed.
struct DrawLetter {
    domain::Ticket ticket;
    catalogue::Submission submission;
    bool chosen = false;  // commit or ordinary; else neither is shown
    SESSION_EFFECT_EQUALITY(DrawLetter);
};
// Room on the disk for the most this form may need, before anything is typed.
struct ReserveRoom {
    domain::Ticket ticket;
    domain::SubId sub_id;
    std::string item_code;
    SESSION_EFFECT_EQUALITY(ReserveRoom);
};
// Nothing will be handed in under this id.
struct AbandonRoom {
    domain::SubId sub_id;
    SESSION_EFFECT_EQUALITY(AbandonRoom);
};
// Seal to the intake's key and hand to the post.
struct SealAndKeep {
    domain::Ticket ticket;
    catalogue::Submission submission;
    SESSION_EFFECT_EQUALITY(SealAndKeep);
};
// The same for what somebody says to the office. `unshown`: no page will show its number.
struct KeepVoice {
    domain::Ticket ticket;
    catalogue::Voice voice;
    bool unshown = false;
    SESSION_EFFECT_EQUALITY(KeepVoice);
};
struct PrintVoiceReceipt {
    domain::Ticket ticket;
    domain::LocalReceipt receipt;
    catalogue::VoiceKind kind{};
    bool copy = false;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    SESSION_EFFECT_EQUALITY(PrintVoiceReceipt);
};
// What the centre answered to one that is known by its slip, or to a person.
struct AskReplies {
    domain::Ticket ticket;
    domain::ReplyAct act{};
    std::string number;
    std::string sub_id;
    base::Secret<domain::CitizenIdentity> person;
    SESSION_EFFECT_EQUALITY(AskReplies);
};
struct PrintReceipt {
    domain::Ticket ticket;
    domain::LocalReceipt receipt;
    std::string item_code;
    std::string masked_name;
    bool copy = false;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    SESSION_EFFECT_EQUALITY(PrintReceipt);
};
struct PrintLetter {
    domain::Ticket ticket;
    catalogue::Submission submission;
    SESSION_EFFECT_EQUALITY(PrintLetter);
};
// 一次性告知: the list that a guide gives to everybody, or the one made by somebody's answers, or
// why a service ends kindly. Holds what was answered and nothing that names a person.
struct PrintList {
    domain::Ticket ticket;
    std::string item_code;
    catalogue::SituationAnswers situation{};
    std::optional<std::vector<catalogue::MaterialState>> materials{};  // none: the guide's own list
    std::vector<std::string> stop{};  // title, why, what next: in the language of the page
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    SESSION_EFFECT_EQUALITY(PrintList);
};
struct PurgePrinter {
    SESSION_EFFECT_EQUALITY(PurgePrinter);
};
// The receipt page was shown: the post need not offer the number after a restart.
struct MarkReceiptShown {
    std::string local_number;
    SESSION_EFFECT_EQUALITY(MarkReceiptShown);
};
// Sealed to the centre; ends in ProofAnswered.
struct AskProof {
    domain::Ticket ticket;
    base::Secret<domain::CitizenIdentity> person;
    std::string type;
    std::int64_t copies_max = 0;
    catalogue::SituationAnswers answers;
    domain::SubId request;
    SESSION_EFFECT_EQUALITY(AskProof);
};
// As it came: nothing is drawn.
struct PrintProof {
    domain::Ticket ticket;
    base::Secret<base::Bytes> pdf;
    int pages = 1;
    SESSION_EFFECT_EQUALITY(PrintProof);
};
struct AskProgress {
    domain::Ticket ticket;
    base::Secret<domain::CitizenIdentity> person;
    SESSION_EFFECT_EQUALITY(AskProgress);
};
// Ends in BookingAnswered.
struct AskBooking {
    domain::Ticket ticket;
    base::Secret<domain::CitizenIdentity> person;
    domain::booking::Wish wish;
    SESSION_EFFECT_EQUALITY(AskBooking);
};
// The slip of a booking; ends in PrintEnded.
struct PrintBooking {
    domain::Ticket ticket;
    domain::booking::Booking booking;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    SESSION_EFFECT_EQUALITY(PrintBooking);
};
struct LookUpReceipt {
    domain::Ticket ticket;
    std::string code;
    SESSION_EFFECT_EQUALITY(LookUpReceipt);
};
// Asks the centre about paying; ends in PaymentAnswered.
enum class PaymentWish { list, create, ask, cancel };
struct AskPayment {
    domain::Ticket ticket;
    base::Secret<domain::CitizenIdentity> person;
    PaymentWish wish{};
    std::string number{};  // create: of the fee; ask, cancel: of the order
    std::string key{};     // create: the same one makes no second order
    SESSION_EFFECT_EQUALITY(AskPayment);
};
struct PrintBill {
    domain::Ticket ticket;
    base::Secret<domain::PaymentOrders> order;  // one, paid
    std::string masked_name;
    bool copy = false;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    SESSION_EFFECT_EQUALITY(PrintBill);
};
// 请取走身份证, said again (UX-106).
struct CallForCard {
    int time = 0;  // from 1
    SESSION_EFFECT_EQUALITY(CallForCard);
};
// 还有 n 张没取, said (UX-163).
struct CallForPaper {
    int sheets = 1;
    SESSION_EFFECT_EQUALITY(CallForPaper);
};
// The scanner, where there is one, listens; the camera looks, too, where a page shows its lamp.
struct LookForCode {
    domain::Ticket ticket;
    bool camera = false;
    SESSION_EFFECT_EQUALITY(LookForCode);
};
struct StopLookingForCode {
    bool camera = false;
    SESSION_EFFECT_EQUALITY(StopLookingForCode);
};
// Operations: a card lies on the reader and nobody takes it. Whose it is, nobody knows any more.
struct ReportCardLeft {
    SESSION_EFFECT_EQUALITY(ReportCardLeft);
};
// Operations: somebody opened the cabinet. Comes before every other effect of the same step.
struct ReportCabinetOpened {
    domain::Door door{};
    bool permitted = false;
    SESSION_EFFECT_EQUALITY(ReportCabinetOpened);
};
// 停电了, said to whoever is there.
struct CallPowerOut {
    SESSION_EFFECT_EQUALITY(CallPowerOut);
};
struct LightPanel {
    int percent = 100;
    SESSION_EFFECT_EQUALITY(LightPanel);
};
// ---- looking after the terminal
struct CheckTechnician {
    domain::Ticket ticket;
    base::SecretText card_number, pin;
    SESSION_EFFECT_EQUALITY(CheckTechnician);
};
struct CheckCentreAnswer {
    domain::Ticket ticket;
    base::Instant challenged{};
    std::array<std::uint8_t, 16> nonce{};
    base::SecretText answer;
    SESSION_EFFECT_EQUALITY(CheckCentreAnswer);
};
struct AskStock {
    domain::Ticket ticket;
    SESSION_EFFECT_EQUALITY(AskStock);
};
struct RunCourier {
    domain::Ticket ticket;
    domain::CourierWork work{};
    SESSION_EFFECT_EQUALITY(RunCourier);
};
struct TryCentreNow {
    SESSION_EFFECT_EQUALITY(TryCentreNow);
};
struct ReadAudit {
    domain::Ticket ticket;
    SESSION_EFFECT_EQUALITY(ReadAudit);
};
// Ends in SuppliesRead: the ledgers of paper, and what the printer says of its toner.
struct ReadSupplies {
    domain::Ticket ticket;
    SESSION_EFFECT_EQUALITY(ReadSupplies);
};
// Ends in PaperChangeNoted: paper was brought to this printer.
struct NotePaperChange {
    domain::Ticket ticket;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    SESSION_EFFECT_EQUALITY(NotePaperChange);
};
// One line of the audit record, and of the log.
struct RecordAct {
    std::string label, act, outcome;
    SESSION_EFFECT_EQUALITY(RecordAct);
};
// Kept over a restart; none: service is resumed.
struct KeepPause {
    std::optional<domain::ServicePause> pause;
    SESSION_EFFECT_EQUALITY(KeepPause);
};
// What the wizard has to know; a torn progress is put aside.
struct ReadSetUp {
    domain::Ticket ticket;
    SESSION_EFFECT_EQUALITY(ReadSetUp);
};
// One decision, checked as the configuration is, and kept; `finished`: none is open any more.
struct KeepSetUp {
    domain::Ticket ticket;
    domain::set_up::Decided decided;
    bool finished = false;
    SESSION_EFFECT_EQUALITY(KeepSetUp);
};
// To the post office, which alone has the network.
struct InviteTerminal {
    base::SecretText invitation;
    SESSION_EFFECT_EQUALITY(InviteTerminal);
};
// To the service that may change the network; what came of it is read as Known::join.
struct JoinNetwork {
    std::string name;
    base::SecretText passphrase;
    SESSION_EFFECT_EQUALITY(JoinNetwork);
};
struct PrintTestPage {
    domain::Ticket ticket;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    SESSION_EFFECT_EQUALITY(PrintTestPage);
};
struct PlayTestSound {
    SESSION_EFFECT_EQUALITY(PlayTestSound);
};
// The program ends, and whoever started it starts it again or turns the machine off.
struct RestartProgram {
    std::string set_up_goes_on_for{};  // a technician's label, in the middle of the wizard
    SESSION_EFFECT_EQUALITY(RestartProgram);
};
struct ShutDownMachine {
    SESSION_EFFECT_EQUALITY(ShutDownMachine);
};
// Log events of the journey (base/log_events.toml).
struct LogSessionStarted {
    SESSION_EFFECT_EQUALITY(LogSessionStarted);
};
struct LogSessionEnded {
    std::string how;
    SESSION_EFFECT_EQUALITY(LogSessionEnded);
};
struct LogFault {
    std::string device;
    base::FaultCode fault{};
    SESSION_EFFECT_EQUALITY(LogFault);
};
struct LogUnknownEthnicity {
    std::string code;
    SESSION_EFFECT_EQUALITY(LogUnknownEthnicity);
};
struct LogFaceOutcome {
    std::string outcome;
    SESSION_EFFECT_EQUALITY(LogFaceOutcome);
};
struct LogRating {
    std::string item_code;
    int level = 0;
    SESSION_EFFECT_EQUALITY(LogRating);
};

#undef SESSION_EFFECT_EQUALITY

// One a line, so that parts of the journey come and go without touching one another.
// clang-format off
using Effect = std::variant<
    WatchForCard,
    ReadCard,
    StopCardReader,
    CheckFace,
    StopFaceCheck,
    StartCamera,
    StopCamera,
    TakeThumbPicture,
    DrawLetter,
    ReserveRoom,
    AbandonRoom,
    SealAndKeep,
    KeepVoice,
    PrintVoiceReceipt,
    AskReplies,
    PrintReceipt,
    PrintLetter,
    PrintList,
    PurgePrinter,
    MarkReceiptShown,
    AskProof,
    PrintProof,
    AskProgress,
    LookUpReceipt,
    AskPayment,
    PrintBill,
    CallForCard,
    CallForPaper,
    LookForCode,
    StopLookingForCode,
    ReportCardLeft,
    ReportCabinetOpened,
    CallPowerOut,
    LightPanel,
    LogSessionStarted,
    LogSessionEnded,
    LogFault,
    LogUnknownEthnicity,
    LogFaceOutcome,
    LogRating,
    CheckTechnician,
    CheckCentreAnswer,
    AskStock,
    RunCourier,
    TryCentreNow,
    ReadAudit,
    ReadSupplies,
    NotePaperChange,
    RecordAct,
    KeepPause,
    ReadSetUp,
    KeepSetUp,
    InviteTerminal,
    JoinNetwork,
    PrintTestPage,
    PlayTestSound,
    RestartProgram,
    ShutDownMachine,
    AskBooking,
    PrintBooking>;
// clang-format on
using Effects = std::vector<Effect>;

}  // namespace session
