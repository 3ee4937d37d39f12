#include "session/step.hpp"

#include "base/assert.hpp"
#include "flows/scan_code/scan_code_steps.hpp"
#include "session/inactivity.hpp"
#include "session/machine.hpp"

#include <algorithm>
#include <string>

namespace session {

namespace {

using namespace flows;

template <class T, class... Some>
constexpr bool one_of = (std::is_same_v<T, Some> || ...);

// Anything a person did; results and time are not.
bool is_touch(const Event& event) {
    return std::visit(
        [](const auto& e) {
            using E = std::decay_t<decltype(e)>;
            // clang-format off
            return !one_of<E,
                TimePassed,
                SpeechRan,
                PageHeard,
                HeadphonesUnplugged,
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
                PauseFound,
                TechnicianChecked,
                StockKnown,
                CourierSaid,
                CourierFinished,
                AuditRead,
                SuppliesRead,
                PaperChangeNoted,
                SetUpFound,
                SetUpKnown,
                SetUpKept,
                RevocationTold>;
            // clang-format on
        },
        event);
}

// What would be lost by leaving now: asked once before it goes.
bool leaving_loses_answers(const State& state) {
    const auto* along = std::get_if<TakingAlong>(&state);
    return (along != nullptr && std::holds_alternative<CheckingMaterials>(along->from)) ||
           std::holds_alternative<FillingForm>(state) ||
           std::holds_alternative<CheckingMaterials>(state) ||
           std::holds_alternative<Reviewing>(state) ||
           std::holds_alternative<SigningLetter>(state) ||
           std::holds_alternative<ChoosingWay>(state) ||
           std::holds_alternative<TakingThumbPrint>(state) ||
           std::holds_alternative<AwaitingWitness>(state) ||
           std::holds_alternative<WitnessSigning>(state) ||
           std::holds_alternative<ViewingLetter>(state) ||
           std::holds_alternative<HandInProblem>(state) ||
           std::holds_alternative<SpeakingUp>(state) || std::holds_alternative<VoiceProblem>(state);
}

bool may_leave(const State& state) {
    return !std::holds_alternative<HandingIn>(state) &&
           !std::holds_alternative<KeepingVoice>(state) &&
           !std::holds_alternative<TakingCard>(state) && !std::holds_alternative<CardLeft>(state) &&
           !std::holds_alternative<Suspended>(state);
}

// Paper in the tray comes first: who wants to go is reminded of it. True when that held them.
bool reminded_of_paper(Machine& machine) {
    if (!paper_waits(machine.session, machine.world.now)) return false;
    const auto remind = [&](auto& page) {
        page.take_asked = true;
        machine.run(CallForPaper{std::max(page.pages, 1)});
    };
    if (auto* receipt = std::get_if<ShowingReceipt>(&machine.session.state))
        remind(*receipt);
    else if (auto* proof = std::get_if<PrintingProof>(&machine.session.state))
        remind(*proof);
    return true;
}

// Help and the settings are whole pages over the state's.
bool is_page(Overlay overlay) {
    return overlay == Overlay::help || overlay == Overlay::comfort ||
           overlay == Overlay::comfort_code || overlay == Overlay::comfort_scan;
}

// 声音 and 求助, pressed again on their own pages, close them; 返回 leads from the code's pages to
// the settings.
bool handle_page_above(const Event& event, Machine& machine) {
    Session& session = machine.session;
    const bool of_code =
        session.overlay == Overlay::comfort_code || session.overlay == Overlay::comfort_scan;
    const bool again = (as<HelpOpened>(event) && session.overlay == Overlay::help) ||
                       (as<ComfortOpened>(event) && session.overlay == Overlay::comfort);
    if (of_code && (as<WentBack>(event) || as<ComfortOpened>(event)))
        session.overlay = Overlay::comfort;
    else if (again || as<HelpClosed>(event) || as<ComfortClosed>(event) || as<WentBack>(event))
        session.overlay = Overlay::none;
    else if (as<ComfortCodeOpened>(event))
        session.overlay = Overlay::comfort_code;
    else if (as<ComfortScanOpened>(event))
        session.overlay = uses_camera(session.state) ? session.overlay : Overlay::comfort_scan;
    else
        return false;
    return true;
}

// 返回 leads here from the help overlay and the warnings too, so overlays come first.
bool handle_overlay(const Event& event, Machine& machine) {
    Session& session = machine.session;
    if (session.overlay == Overlay::none) return false;
    if (is_page(session.overlay)) return handle_page_above(event, machine);
    if (session.overlay == Overlay::leave && as<LeaveChosen>(event)) {
        machine.end("ended");
        return true;
    }
    if (session.overlay == Overlay::still_there && as<LeaveChosen>(event)) {
        machine.end("ended");
        return true;
    }
    // Keys go between the two answers of a question; over the warning any key stays.
    if (session.overlay == Overlay::leave && as<KeypadUsed>(event)) return true;
    if (as<HeadphonesPlugged>(event)) {
        if (session.overlay == Overlay::still_there) session.overlay = Overlay::none;
        return false;
    }
    // Any other touch stays, and the page below does not feel it.
    if (is_touch(event)) {
        session.overlay = Overlay::none;
        session.hidden_since.reset();
        return true;
    }
    return false;
}

// Told before anything was typed, or hardly: the guide says that it is not possible here now, and
// where else. Without an answer the form goes on; what comes of it is said when it is handed in.
void refuse_without_room(const RoomReserved& answer, Machine& machine) {
    Session& session = machine.session;
    if (!session.room || session.room->ticket != answer.ticket || answer.reserved) return;
    const auto fault = answer.reserved.error().code;
    if (fault == base::FaultCode::PostUnreachable) return;
    const auto* form = std::get_if<FillingForm>(&session.state);
    const auto* materials = std::get_if<CheckingMaterials>(&session.state);
    if (const auto* along = std::get_if<TakingAlong>(&session.state))
        materials = std::get_if<CheckingMaterials>(&along->from);
    if (form == nullptr && materials == nullptr) return;
    machine.run(LogFault{"post", fault});
    session.lift_curtain();
    session.overlay = Overlay::none;
    session.last_touch = machine.world.now;
    const std::string item = (form ? form->journey : materials->journey).item_code;
    machine.go(ReadingGuide{item, GuidePage::overview, true});
}

// Room that was held for a submission which is not in anybody's hands any more.
void give_room_back(Machine& machine) {
    Session& session = machine.session;
    if (!session.room) return;
    const auto* open = submission_of(session.state);
    if (open != nullptr && *open == session.room->sub_id) return;
    machine.run(AbandonRoom{session.room->sub_id});
    session.room.reset();
}

// Whoever goes away from a code that was not paid: it should not be paid any more. Money that comes
// all the same is the centre's to keep and to show.
void cancel_left_order(const ShowingPayCode& left, Machine& machine) {
    const auto& state = machine.session.state;
    if (std::holds_alternative<ShowingPayCode>(state) ||
        std::holds_alternative<PaymentKnown>(state))
        return;
    machine.run(AskPayment{machine.new_ticket(),
                           left.person,
                           PaymentWish::cancel,
                           left.order->all.at(0).order_no,
                           {}});
}

bool handle_everywhere(const Event& event, Machine& machine) {
    Session& session = machine.session;
    if (as<HelpOpened>(event)) {
        session.overlay = Overlay::help;
    } else if (as<ElderModeToggled>(event)) {
        const bool elder = !session.comfort.elder;
        session.comfort = elder ? domain::Comfort::for_elders() : session.found;
        session.elder_offer.reset();
    } else if (as<ElderOfferDeclined>(event)) {
        session.elder_offer.reset();
    } else if (as<ComfortOpened>(event)) {
        session.overlay = Overlay::comfort;
    } else if (const auto* chosen = as<ComfortChosen>(event)) {
        session.comfort = chosen->comfort;
        session.settings_came = false;
    } else if (as<KeypadUsed>(event)) {
        // Whoever begins with the keys may not see that speech can be switched on (UX-190).
        if (session.idle() && session.as_found()) session.comfort.speech = true;
    } else if (as<HeadphonesPlugged>(event)) {
        session.comfort.speech = true;
    } else if (as<HeadphonesUnplugged>(event)) {
        session.comfort.speech = false;  // never on into the loudspeaker (UX-185)
    } else if (as<SpeechRan>(event)) {
        if (session.elder_offer) session.elder_offer = machine.world.now;  // still being told
        if (session.overlay != Overlay::still_there) session.last_touch = machine.world.now;
    } else if (as<LanguageToggled>(event)) {
        session.locale = session.locale == base::Locale::zh ? base::Locale::en : base::Locale::zh;
    } else if (as<Ended>(event) || as<DisownedIdentity>(event)) {
        if (!may_leave(session.state) || reminded_of_paper(machine)) return true;
        // A signed application that may be kept already is not thrown away by one tap.
        if (std::holds_alternative<HandInProblem>(session.state))
            session.overlay = Overlay::leave;
        else
            machine.end(as<Ended>(event) ? "ended" : "not_me");
    } else if (as<WentHome>(event)) {
        if (!may_leave(session.state) || reminded_of_paper(machine)) return true;
        if (leaving_loses_answers(session.state))
            session.overlay = Overlay::leave;
        else
            machine.end("ended");
    } else if (const auto* presence = as<PresenceChanged>(event)) {
        session.nobody = !presence->somebody;
        if (presence->somebody || session.idle())
            session.nobody_since.reset();
        else if (!session.nobody_since)
            session.nobody_since = machine.world.now;
    } else if (const auto* room = as<RoomReserved>(event)) {
        refuse_without_room(*room, machine);
    } else if (const auto* unwatched = as<CardWatchEnded>(event)) {
        if (unwatched->ticket.session == session.id)
            session.card_watched = session.card_unread = false;
        return false;
    } else if (const auto* removed = as<CardRemoved>(event)) {
        if (removed->ticket.session == session.id)
            session.card_present = session.card_unread = false;
        return false;  // pages may wait for it as well
    } else {
        return false;
    }
    return true;
}

// The citizen has left with personal data on the page: hide it at once, then warn, then end. Who
// comes back says so with a touch; the sensor alone lifts nothing, for it may see somebody else.
void watch_the_place(Machine& machine) {
    Session& session = machine.session;
    const auto now = machine.world.now;
    if (!session.hidden()) {
        if (!session.nobody_since || now - *session.nobody_since < absence_until_hidden) return;
        // 请取走身份证 says nothing about anybody and must be seen from afar.
        if (!shows_a_person(session.state) || std::holds_alternative<TakingCard>(session.state))
            return;
        session.overlay = Overlay::curtain;
        session.hidden_since = now;
    } else if (session.overlay == Overlay::still_there) {
        if (now - session.warned >= hidden_warning) machine.end("timed_out");
    } else if (limits_for(session, machine.world.settings.times) &&
               now - *session.hidden_since >= hidden_until_warned) {
        session.overlay = Overlay::still_there;
        session.warned = now;
    }
}

// What was offered or begun over the page is over when its time is.
void watch_what_is_offered(Machine& machine) {
    Session& session = machine.session;
    const auto now = machine.world.now;
    if (session.elder_offer && now - *session.elder_offer >= elder_offer_time)
        session.elder_offer.reset();
}

int minute_of_day(base::Instant now) {
    const auto time = base::local_time_hh_mm(now);  // 09:41
    return 60 * std::stoi(time.substr(0, 2)) + std::stoi(time.substr(3));
}

// How whoever comes now finds the terminal.
domain::Comfort found_comfort(const World& world) {
    domain::Comfort comfort;
    if (world.settings.quiet.holds(minute_of_day(world.now)))
        comfort.volume = world.settings.quiet.volume;
    return comfort;
}

// Nobody has touched anything for long: warn, then end. Modes chosen on the first page fall back
// too.
void watch_the_clock(Machine& machine) {
    Session& session = machine.session;
    const auto now = machine.world.now;
    const bool touched_first_page =
        session.idle() && (!session.as_found() || session.overlay != Overlay::none);
    if (touched_first_page) {
        if (now - session.last_touch >= first_page_limit(session, machine.world.settings.times))
            machine.end("timed_out");
        return;
    }
    const auto limits = limits_for(session, machine.world.settings.times);
    if (!limits) return;
    if (session.overlay == Overlay::still_there) {
        if (now - session.warned >= limits->warning) machine.end("timed_out");
    } else if (now - session.last_touch >= limits->quiet) {
        session.overlay = Overlay::still_there;
        session.warned = now;
    }
}

}  // namespace

const catalogue::ServiceItem& Machine::item(const std::string& code) const {
    const auto* found = world.pack.find_item(code);
    KIOSK_ASSERT(found != nullptr);
    return *found;
}

void Machine::end(std::string how) {
    const bool gone = session.idle() || std::holds_alternative<Farewell>(session.state) ||
                      std::holds_alternative<Suspended>(session.state) ||
                      below(session.state) != nullptr;
    const bool somebody = !gone || session.overlay != Overlay::none || !session.as_found();
    if (somebody) run(LogSessionEnded{std::move(how)});
    // A page that was up until somebody or time ended it was seen; one that a crash took was not.
    if (const auto* page = std::get_if<ShowingReceipt>(&session.state))
        run(MarkReceiptShown{page->receipt.local_number});
    if (const auto* page = std::get_if<VoiceKept>(&session.state))
        run(MarkReceiptShown{page->receipt.local_number});
    run(StopFaceCheck{});
    run(StopCardReader{});
    run(PurgePrinter{});
    std::optional<CardLeft> left;
    const bool told_when_it_goes = session.card_present && session.card_watched;
    if (told_when_it_goes || session.card_unread) {
        left = CardLeft{session.id, world.now, 0, false};
        if (const auto* taking = std::get_if<TakingCard>(&session.state)) {
            left->since = taking->since;
            left->calls = taking->calls;
        }
    }
    Session fresh;
    fresh.id = session.id + 1;
    fresh.last_request = session.last_request;
    fresh.last_touch = world.now;
    fresh.nobody = session.nobody;
    fresh.power = session.power;
    fresh.revoked = session.revoked;
    fresh.room = session.room;  // until the step ends, which gives it back
    fresh.found = fresh.comfort = found_comfort(world);
    session = std::move(fresh);
    if (left) {
        // The reader goes on looking at the card it has read, and says when it is gone.
        left->calls = call_for_card(left->since, left->calls);
        go(std::move(*left));
        // A card that was not read is seen only by looking for one.
        if (!told_when_it_goes) run(WatchForCard{new_ticket()});
    } else {
        run(WatchForCard{new_ticket()});
    }
}

namespace {

// The panel is dimmed for nobody only while nothing is going on.
bool is_dimmed(const Session& session) {
    return session.nobody && session.idle() && session.overlay == Overlay::none;
}

}  // namespace

int Machine::call_for_card(base::Instant since, int calls) {
    const int due = card_calls_due(std::chrono::duration_cast<base::Millis>(world.now - since));
    while (calls < due) run(CallForCard{++calls});
    return calls;
}

Step begin(const World& world) {
    Session session;
    Machine machine{session, world, {}};
    session.id = 1;
    session.last_touch = world.now;
    session.found = session.comfort = found_comfort(world);
    machine.run(WatchForCard{machine.new_ticket()});
    follow_the_page(machine, {});
    return {std::move(session), std::move(machine.effects)};
}

Step step(Session session, const Event& event, const World& world) {
    Machine machine{session, world, {}};
    const bool was_idle = session.idle();
    const bool was_dimmed = is_dimmed(session);
    const CodeScan listened = session.scan;
    const char* const page_before = name(session.state);
    const auto* code_page = std::get_if<ShowingPayCode>(&session.state);
    const auto code_shown = code_page ? std::optional(*code_page) : std::nullopt;
    // The hour may have changed since the last person left.
    if (was_idle && session.as_found()) session.found = session.comfort = found_comfort(world);
    if (is_touch(event)) session.scan.note.reset();
    if (is_touch(event) && session.overlay == Overlay::none) {
        // The first touch of a session follows nothing.
        if (!was_idle)
            count_touch_gap(session.pace, std::chrono::duration_cast<base::Millis>(
                                              world.now - session.last_touch));
        session.last_touch = world.now;
    }
    if (handle_cabinet(event, machine) || handle_technician_called(event, machine)) {
        // Done: nothing else may come before it.
    } else if (!handle_code(event, machine) && !handle_overlay(event, machine) &&
               !handle_maintenance(event, machine) && !handle_speaking_up(event, machine) &&
               !handle_everywhere(event, machine)) {
        // The handler gets a copy: a transition replaces the state it came from.
        const State here = session.state;
        std::visit([&](const auto& state) { handle(state, event, machine); }, here);
    } else if (is_touch(event)) {
        session.last_touch = world.now;
    }
    // What lies over the page is another page: nothing is left revealed under it.
    if (auto* review = std::get_if<Reviewing>(&session.state);
        review != nullptr && session.overlay != Overlay::none)
        review->revealed.clear();
    if (is_touch(event)) {  // whatever the sensor says
        session.nobody_since.reset();
        session.nobody = false;
    }
    if (as<TimePassed>(event)) {
        watch_what_is_offered(machine);
        watch_the_codes(machine);
        watch_the_place(machine);
        if (!session.hidden()) watch_the_clock(machine);
        watch_the_technician(machine);
        suspend_where_due(machine);
    }
    note_what_was_tried(page_before, machine);
    if (session.overlay != Overlay::comfort) session.settings_came = false;
    give_room_back(machine);
    if (code_shown) cancel_left_order(*code_shown, machine);
    follow_the_page(machine, listened);
    if (const bool dimmed = is_dimmed(session); dimmed != was_dimmed) {
        const auto& light = world.settings.light;
        machine.run(LightPanel{dimmed ? light.dim_percent : light.bright_percent});
    }
    const bool begun = !session.idle() && !std::holds_alternative<Suspended>(session.state) &&
                       below(session.state) == nullptr;
    if (was_idle && begun) machine.effects.insert(machine.effects.begin(), LogSessionStarted{});
    return {std::move(session), std::move(machine.effects)};
}

}  // namespace session
