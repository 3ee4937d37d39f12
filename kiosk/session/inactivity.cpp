#include "session/inactivity.hpp"

#include <algorithm>
#include <array>

namespace session {

namespace {

using std::chrono::seconds;

enum class Class { none, browse, signed_in, input };

constexpr base::Millis slow_gap = seconds{4};
constexpr int gaps_to_judge = 5;  // fewer say nothing about a person

const domain::ModeTimes& mode_times(const Session& session, const domain::IdleTimes& times) {
    return session.comfort.elder ? times.elder : times.standard;
}

struct ClassOf {
    Class operator()(const flows::Idle&) const { return Class::none; }
    Class operator()(const flows::ChoosingService&) const { return Class::browse; }
    Class operator()(const flows::SearchingService&) const { return Class::browse; }
    Class operator()(const flows::ReadingColumn&) const { return Class::browse; }
    Class operator()(const flows::ReadingDocuments&) const { return Class::browse; }
    Class operator()(const flows::ReadingGuide&) const { return Class::browse; }
    // While it prints the page has a limit of its own; then it is the page it was asked on.
    Class operator()(const flows::TakingAlong& here) const {
        return here.paper == flows::Paper::printing ? Class::none : std::visit(*this, here.from);
    }
    Class operator()(const flows::CheckingTrade&) const { return Class::browse; }
    Class operator()(const flows::ReadingNotice&) const { return Class::browse; }
    Class operator()(const flows::AwaitingCard&) const { return Class::none; }
    Class operator()(const flows::CardRefused&) const { return Class::browse; }
    Class operator()(const flows::CheckingFace&) const { return Class::none; }
    Class operator()(const flows::AnsweringSituation&) const { return Class::input; }
    Class operator()(const flows::FillingForm&) const { return Class::input; }
    Class operator()(const flows::Reviewing&) const { return Class::input; }
    Class operator()(const flows::SigningLetter&) const { return Class::input; }
    Class operator()(const flows::ChoosingWay&) const { return Class::input; }
    Class operator()(const flows::TakingThumbPrint&) const { return Class::input; }
    Class operator()(const flows::AwaitingWitness&) const { return Class::input; }
    Class operator()(const flows::WitnessSigning&) const { return Class::input; }
    Class operator()(const flows::ViewingLetter&) const { return Class::input; }
    Class operator()(const flows::HandingIn&) const { return Class::none; }
    Class operator()(const flows::TakingCard&) const { return Class::none; }
    Class operator()(const flows::CardLeft&) const { return Class::none; }
    Class operator()(const flows::ShowingReceipt&) const { return Class::none; }
    Class operator()(const flows::AskingForProof&) const { return Class::none; }
    Class operator()(const flows::PrintingProof&) const { return Class::none; }
    Class operator()(const flows::Rating&) const { return Class::none; }
    Class operator()(const flows::Farewell&) const { return Class::none; }
    Class operator()(const flows::ChoosingProgressWay&) const { return Class::browse; }
    Class operator()(const flows::EnteringCode&) const { return Class::browse; }
    Class operator()(const flows::AskingProgress&) const { return Class::none; }
    Class operator()(const flows::SpeakingUp&) const { return Class::input; }
    Class operator()(const flows::KeepingVoice&) const { return Class::none; }
    Class operator()(const flows::VoiceKept&) const { return Class::none; }
    Class operator()(const flows::AskingReplies&) const { return Class::none; }
    Class operator()(const flows::AskingDue&) const { return Class::none; }
    Class operator()(const flows::AskingOrder&) const { return Class::none; }
    // The order's own time counts.
    Class operator()(const flows::ShowingPayCode&) const { return Class::none; }
    Class operator()(const flows::PaymentKnown& here) const {
        return here.paper == flows::Paper::printing ? Class::none : Class::signed_in;
    }
    Class operator()(const flows::AskingBooking&) const { return Class::none; }
    Class operator()(const flows::Suspended&) const { return Class::none; }
    template <class Other>
    requires requires(const Other& other) { other.below; }
    Class operator()(const Other&) const { return Class::none; }  // a clock of their own
    template <class Other>
    Class operator()(const Other&) const {
        return Class::signed_in;
    }
};

int whole_seconds_up(base::Millis left) {
    return static_cast<int>(std::max<std::int64_t>(0, (left.count() + 999) / 1000));
}

}  // namespace

void count_touch_gap(TouchPace& pace, base::Millis gap) {
    ++(gap > slow_gap ? pace.slow : pace.quick);
}

// More than half of the gaps are longer than the limit exactly when their median is.
bool is_slow(const TouchPace& pace) {
    return pace.slow + pace.quick >= gaps_to_judge && pace.slow > pace.quick;
}

std::optional<domain::IdleLimits> limits_for(const Session& session,
                                             const domain::IdleTimes& times) {
    const auto& mode = mode_times(session, times);
    domain::IdleLimits limits;
    switch (std::visit(ClassOf{}, session.state)) {
        case Class::none:
            return std::nullopt;
        case Class::browse:
            limits = mode.browse;
            break;
        case Class::signed_in:
            limits = mode.signed_in;
            break;
        case Class::input:
            limits = mode.input;
            break;
    }
    if (is_slow(session.pace)) {
        limits.quiet = limits.quiet * times.slow_percent / 100;
        limits.warning = limits.warning * times.slow_percent / 100;
    }
    if (session.comfort.elder && session.overlay == Overlay::help) limits.quiet += times.help_pause;
    return limits;
}

base::Millis first_page_limit(const Session& session, const domain::IdleTimes& times) {
    const auto& browse = mode_times(session, times).browse;
    const bool paused = session.comfort.elder && session.overlay == Overlay::help;
    return browse.quiet + browse.warning + (paused ? times.help_pause : base::Millis{});
}

int card_calls_due(base::Millis waited) {
    constexpr std::array<seconds, 4> calls{seconds{0}, seconds{5}, seconds{10}, seconds{20}};
    return static_cast<int>(
        std::count_if(calls.begin(), calls.end(), [&](seconds at) { return waited >= at; }));
}

int paper_calls_due(base::Millis waited) {
    constexpr std::array<seconds, 3> calls{seconds{0}, seconds{10}, seconds{20}};
    return static_cast<int>(
        std::count_if(calls.begin(), calls.end(), [&](seconds at) { return waited >= at; }));
}

bool paper_waits(const Session& session, base::Instant now) {
    const auto lies = [&](const auto* page) {
        return page != nullptr && page->in_tray && now - page->settled < paper_patience;
    };
    return lies(std::get_if<flows::ShowingReceipt>(&session.state)) ||
           lies(std::get_if<flows::PrintingProof>(&session.state));
}

int input_minutes(const Session& session, const domain::IdleTimes& times) {
    const auto quiet = mode_times(session, times).input.quiet;
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(quiet).count());
}

int seconds_left(const Session& session, base::Instant now, const domain::IdleTimes& times) {
    const auto limits = limits_for(session, times);
    if (!limits || session.overlay != Overlay::still_there) return 0;
    const base::Millis warning = session.hidden() ? hidden_warning : limits->warning;
    return whole_seconds_up(warning - (now - session.warned));
}

base::Millis finished_limit(const Session& session, const domain::IdleTimes& times) {
    return mode_times(session, times).finished;
}

int closing_in(const Session& session, base::Instant now, const domain::IdleTimes& times) {
    const auto limit = finished_limit(session, times);
    const auto of_paper = [&](const auto& page) {
        if (page.paper == flows::Paper::printing) return 0;
        const auto from = std::max(page.settled, session.last_touch);
        return whole_seconds_up(limit - (now - from));
    };
    if (const auto* receipt = std::get_if<flows::ShowingReceipt>(&session.state))
        return of_paper(*receipt);
    if (const auto* proof = std::get_if<flows::PrintingProof>(&session.state))
        return of_paper(*proof);
    if (const auto* rating = std::get_if<flows::Rating>(&session.state))
        return whole_seconds_up(limit - (now - rating->since));
    if (const auto* kept = std::get_if<flows::VoiceKept>(&session.state)) {
        if (kept->paper == flows::Paper::printing) return 0;
        return whole_seconds_up(limit - (now - std::max(kept->settled, session.last_touch)));
    }
    return 0;
}

}  // namespace session
