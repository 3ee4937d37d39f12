// What happened, in the past tense. Presses come from the screens through the app; results come
// from devices and the post and carry the ticket of their request; time is an event too.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "catalogue/application.hpp"
#include "domain/booking.hpp"
#include "domain/cabinet.hpp"
#include "domain/comfort.hpp"
#include "domain/face_verdict.hpp"
#include "domain/id_card_record.hpp"
#include "domain/identifiers.hpp"
#include "domain/local_receipt.hpp"
#include "domain/post_status.hpp"
#include "domain/proof_paper.hpp"
#include "domain/strokes.hpp"
#include "domain/thumb_print.hpp"
#include "flows/choose_service/choose_service_states.hpp"
#include "flows/maintain/maintain_states.hpp"
#include "flows/pay/pay_events.hpp"
#include "session/asking_events.hpp"
#include "session/maintenance_events.hpp"

#include <string>
#include <variant>
#include <vector>

namespace session {

// ---- on every page
struct Touched {};  // anything pressed, typed or drawn: somebody is there
struct WentBack {};
struct WentHome {};
struct Ended {};
struct DisownedIdentity {};  // 不是本人
struct HelpOpened {};
struct HelpClosed {};
struct ElderModeToggled {};
struct ComfortOpened {};  // 声音与显示
struct ComfortClosed {};
struct ComfortChosen {
    domain::Comfort comfort;
};
struct ComfortCodeOpened {};   // 带走我的设置
struct ComfortScanOpened {};   // 扫描设置码
struct ElderOfferDeclined {};  // 就用现在的
struct LanguageToggled {};
struct KeypadUsed {};  // one of the five keys moved on or asked to hear it again
struct HeadphonesPlugged {};
struct HeadphonesUnplugged {};
struct SpeechRan {};    // the page is still being said: nobody can have answered yet
struct PageHeard {};    // its words were said to the end
struct StayChosen {};   // on an overlay
struct LeaveChosen {};  // on an overlay
struct TimePassed {};

// ---- choosing
struct ServicesOpened {};
struct GuidesOpened {};
struct ItemChosen {
    std::string item_code;
};
struct AudienceChosen {  // 个人, 法人
    catalogue::Audience audience{};
};
struct TopicChosen {
    std::string topic_id;  // or flows::no_topic
};
struct SearchOpened {};  // 搜一搜
struct ColumnOpened {
    std::string column_id;
};
struct ColumnDoorOpened {
    flows::ColumnDoor door{};
};
struct DocumentsOpened {};  // 政务公开, all of it
struct DocumentChosen {
    std::string document_id;
};
struct GuidePageOpened {
    flows::GuidePage page{};
    std::size_t material = 0;  // of GuidePage::material: which
};
struct ListPrintWanted {};   // 打印一次性告知单, or again
struct TradeCheckOpened {};  // 查负面清单
struct ItemStarted {};
struct ProgressOpened {};
struct KeptNumberSeen {  // the first screen's offer after a restart
    std::string local_number;
};

// ---- identifying
struct NoticeAccepted {};
struct IdentityConfirmed {};
struct CardTriedAgain {};
struct FaceConsented {};
struct FaceRefused {};
struct FaceTriedAgain {};

// ---- filling
struct QuestionAnswered {
    std::string question, value;
};
struct FieldFocused {
    std::string key;
};
struct TextTyped {
    std::string key;
    base::SecretText text;
};
struct OptionPicked {
    std::string key, value;
};
struct PlaceNotListed {  // it will be written by hand
    std::string key;
};
struct PageCompleted {};
struct PageReopened {
    std::size_t page = 0;
};
struct MaterialsAccepted {};
struct FieldRevealed {  // 显示 on a masked row; only one at a time
    std::string key;
};
struct FieldHidden {};  // 隐藏
struct ReviewAccepted {};

// ---- signing
struct LetterTurned {};  // to the next page of the letter
struct ClauseTicked {
    std::size_t clause = 0;
};
struct UndertakingChosen {
    catalogue::Undertaking undertaking{};
};
struct SignatureDrawn {
    base::Secret<domain::Strokes> strokes;
};
struct OtherWaysOpened {};  // 换一种方式
struct WayChosen {
    catalogue::SignatureWay way{};
};
struct ClauseConfirmed {};     // the one that was read
struct ThumbConsented {};      // to the camera taking the print
struct ThumbPictureWanted {};  // 拍摄
struct ThumbRetaken {};        // 重拍
struct ThumbConfirmed {};
struct LetterViewed {};  // 看看打印出来的样子
struct LetterSubmitted {};

// ---- handing in
struct HandInTriedAgain {};
struct CardDeclaredTaken {};
struct ReceiptPrintedAgain {};
struct LetterCopyWanted {};
struct ReceiptTaken {};
struct Rated {
    int level = 0;  // 1 非常满意 … 5 非常不满意
};
struct RatingSkipped {};
struct GoodbyeRead {};

// ---- a paper that the centre makes out
struct ProofPrinted {};      // 打印, and again when nothing came out
struct ProofWantedAgain {};  // 再试一次

// ---- an appointment
struct BookingOpened {
    std::string item_code{};  // empty: no matter was named
};
struct BookingNew {};
struct BookingChangeWanted {
    std::string number;
};
struct BookingCancelWanted {
    std::string number;
};
struct BookingPointChosen {
    std::string point;
};
struct BookingDayChosen {
    std::string date;
};
struct BookingTimeChosen {
    std::string slot;
};
struct BookingConfirmed {};
struct BookingTriedAgain {};
struct BookingPrintWanted {};

// ---- results
struct CardSeen {
    domain::Ticket ticket;
};
// A card that has had its turn lies where the next one is awaited.
struct CardInTheWay {
    domain::Ticket ticket;
};
struct CardRead {
    domain::Ticket ticket;
    base::Result<base::Secret<domain::IdCardRecord>> record;
};
struct CardRemoved {
    domain::Ticket ticket;
};
// The reader cannot tell whether the card is still there: nothing may wait for it.
struct CardWatchEnded {
    domain::Ticket ticket;
};
struct FaceGuided {
    domain::Ticket ticket;
    domain::FaceMeasures measures;
};
struct FaceChecked {
    domain::Ticket ticket;
    base::Result<domain::FaceVerdict> verdict;
};
// Whether the form that was opened will find room at its end.
struct RoomReserved {
    domain::Ticket ticket;
    base::Status reserved;
};
struct SubmissionKept {
    domain::Ticket ticket;
    base::Result<domain::LocalReceipt> receipt;
};
struct PageOfPrintDone {
    domain::Ticket ticket;
    int page = 0, pages = 0;
};
enum class PrintResult { printed, spoiled, unknown };
struct PrintEnded {
    domain::Ticket ticket;
    base::Result<PrintResult> result;
    bool in_tray = false;  // the printer sees the paper lie there and will say when it is taken
};
struct PaperTaken {
    domain::Ticket ticket;
};
// The presence sensor, where there is one, saw somebody come or the last one go. It cannot tell
// people apart: another face in front of the screen is not recognised and never logs anybody
// in.
struct PresenceChanged {
    bool somebody = false;
};
// The cabinet was opened. A technician who is permitted to do so opens it without ending
// anything.
struct DoorOpened {
    domain::Door door{};
    bool permitted = false;
};
struct DoorClosed {
    domain::Door door{};
};
// Mains went or came back, or the battery has come to its limits.
struct PowerChanged {
    domain::PowerLevel level{};
};
// Camera or scanner read a code, whatever it is; what nobody asked for is not acted upon.
struct CodeSeen {
    domain::Ticket ticket;
    base::SecretText text;
};

// The paper was looked at by then: what is not genuine comes as PaperNotGenuine.
struct ProofAnswered {
    domain::Ticket ticket;
    base::Result<domain::ProofAnswer> answer;
};
struct BookingAnswered {
    domain::Ticket ticket;
    base::Result<domain::booking::Answer> answer;
};
struct ThumbPictureTaken {
    domain::Ticket ticket;
    domain::ThumbPicture picture;
};
struct LetterDrawn {
    domain::Ticket ticket;
    base::Result<std::vector<base::Secret<domain::Picture>>> pages;
};

// One a line, so that parts of the journey come and go without touching one another.
// clang-format off
using Event = std::variant<
    Touched,
    WentBack,
    WentHome,
    Ended,
    DisownedIdentity,
    HelpOpened,
    HelpClosed,
    ElderModeToggled,
    ComfortOpened,
    ComfortClosed,
    ComfortChosen,
    ComfortCodeOpened,
    ComfortScanOpened,
    ElderOfferDeclined,
    LanguageToggled,
    KeypadUsed,
    HeadphonesPlugged,
    HeadphonesUnplugged,
    SpeechRan,
    PageHeard,
    StayChosen,
    LeaveChosen,
    TimePassed,
    ServicesOpened,
    GuidesOpened,
    ItemChosen,
    AudienceChosen,
    TopicChosen,
    SearchOpened,
    ColumnOpened,
    ColumnDoorOpened,
    DocumentsOpened,
    DocumentChosen,
    GuidePageOpened,
    ListPrintWanted,
    TradeCheckOpened,
    ItemStarted,
    ProgressOpened,
    KeptNumberSeen,
    NoticeAccepted,
    IdentityConfirmed,
    CardTriedAgain,
    FaceConsented,
    FaceRefused,
    FaceTriedAgain,
    QuestionAnswered,
    FieldFocused,
    TextTyped,
    OptionPicked,
    PlaceNotListed,
    PageCompleted,
    PageReopened,
    MaterialsAccepted,
    FieldRevealed,
    FieldHidden,
    ReviewAccepted,
    LetterTurned,
    ClauseTicked,
    UndertakingChosen,
    SignatureDrawn,
    OtherWaysOpened,
    WayChosen,
    ClauseConfirmed,
    ThumbConsented,
    ThumbPictureWanted,
    ThumbRetaken,
    ThumbConfirmed,
    LetterViewed,
    LetterSubmitted,
    HandInTriedAgain,
    CardDeclaredTaken,
    ReceiptPrintedAgain,
    LetterCopyWanted,
    ReceiptTaken,
    Rated,
    RatingSkipped,
    GoodbyeRead,
    ProofPrinted,
    ProofWantedAgain,
    ProgressByCardChosen,
    ProgressByCodeChosen,
    ProgressCaseOpened,
    ReceiptScanOpened,
    CodeSubmitted,
    SpeakUpOpened,
    VoiceTopicChosen,
    TriedToggled,
    VoiceWritten,
    VoiceUnnamed,
    VoiceNamed,
    VoiceSubmitted,
    ReasonToggled,
    DimensionRated,
    RatingSubmitted,
    RepliesOpened,
    ReplyJudged,
    PayOpened,
    DueChosen,
    PayConfirmed,
    PayWaysOpened,
    PayAskedAgain,
    BillWanted,
    PayFinished,
    BookingOpened,
    BookingNew,
    BookingChangeWanted,
    BookingCancelWanted,
    BookingPointChosen,
    BookingDayChosen,
    BookingTimeChosen,
    BookingConfirmed,
    BookingTriedAgain,
    BookingPrintWanted,
    CardSeen,
    CardRead,
    CardInTheWay,
    CardRemoved,
    CardWatchEnded,
    FaceGuided,
    FaceChecked,
    RoomReserved,
    SubmissionKept,
    PageOfPrintDone,
    PrintEnded,
    PaperTaken,
    PresenceChanged,
    DoorOpened,
    DoorClosed,
    PowerChanged,
    CodeSeen,
    ProofAnswered,
    ProgressAnswered,
    RepliesAnswered,
    PaymentAnswered,
    BookingAnswered,
    ThumbPictureTaken,
    LetterDrawn,
    TechnicianCalled,
    TechnicianByAnswer,
    TechnicianByCard,
    TechnicianAnswerScan,
    TechnicianSubmitted,
    TechnicianLeft,
    MaintenanceViewOpened,
    CourierOpened,
    CourierWanted,
    CentreTryWanted,
    PauseOpened,
    PauseReasonChosen,
    PauseLengthChosen,
    PauseConfirmed,
    MaintenanceAsked,
    MaintenanceConfirmed,
    CleaningWanted,
    PauseFound,
    TechnicianChecked,
    StockKnown,
    CourierSaid,
    CourierFinished,
    AuditRead,
    SuppliesRead,
    PaperChangeNoted,
    SetUpOpened,
    SetUpAnswered,
    SetUpNext,
    SetUpSkipped,
    SetUpConfirmed,
    SetUpTestWanted,
    SetUpTestTapped,
    SetUpScanWanted,
    SetUpJoinWanted,
    SetUpLater,
    SetUpReviewed,
    SetUpRestartAsked,
    SetUpFound,
    RevocationTold,
    SetUpKnown,
    SetUpKept>;
// clang-format on

}  // namespace session
