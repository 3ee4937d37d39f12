#include "session/inactivity.hpp"

#include <algorithm>
#include <array>

namespace session {

namespace {

using std::chrono::seconds;

enum class Class { none, browse, signed_in, input };

struct ClassOf {
    Class operator()(const flows::Idle&) const { return Class::none; }
    Class operator()(const flows::ChoosingService&) const { return Class::browse; }
    Class operator()(const flows::ReadingGuide&) const { return Class::browse; }
    Class operator()(const flows::ReadingNotice&) const { return Class::browse; }
    Class operator()(const flows::AwaitingCard&) const { return Class::none; }
    Class operator()(const flows::CardRefused&) const { return Class::browse; }
    Class operator()(const flows::CheckingFace&) const { return Class::none; }
    Class operator()(const flows::AnsweringSituation&) const { return Class::input; }
    Class operator()(const flows::FillingForm&) const { return Class::input; }
    Class operator()(const flows::Reviewing&) const { return Class::input; }
    Class operator()(const flows::SigningLetter&) const { return Class::input; }
    Class operator()(const flows::HandingIn&) const { return Class::none; }
    Class operator()(const flows::TakingCard&) const { return Class::none; }
    Class operator()(const flows::ShowingReceipt&) const { return Class::none; }
    Class operator()(const flows::Rating&) const { return Class::none; }
    Class operator()(const flows::ChoosingProgressWay&) const { return Class::browse; }
    Class operator()(const flows::EnteringCode&) const { return Class::browse; }
    Class operator()(const flows::AskingProgress&) const { return Class::none; }
    template <class Other>
    Class operator()(const Other&) const {
        return Class::signed_in;
    }
};

int whole_seconds_up(base::Millis left) {
    return static_cast<int>(std::max<std::int64_t>(0, (left.count() + 999) / 1000));
}

}  // namespace

std::optional<Limits> limits_for(const Session& session) {
    // ux.md 1.4: T1, T2, T3; standard and elder.
    const bool elder = session.comfort.elder;
    switch (std::visit(ClassOf{}, session.state)) {
        case Class::none:
            return std::nullopt;
        case Class::browse:
            return elder ? Limits{seconds{120}, seconds{45}} : Limits{seconds{60}, seconds{20}};
        case Class::signed_in:
            return elder ? Limits{seconds{240}, seconds{45}} : Limits{seconds{120}, seconds{30}};
        case Class::input:
            break;
    }
    return elder ? Limits{seconds{300}, seconds{45}} : Limits{seconds{180}, seconds{45}};
}

int seconds_left(const Session& session, base::Instant now) {
    const auto limits = limits_for(session);
    if (!limits || session.overlay != Overlay::still_there) return 0;
    return whole_seconds_up(limits->warning - (now - session.warned));
}

base::Millis receipt_limit(const Session& session) {
    return seconds{session.comfort.elder ? 60 : 30};
}
base::Millis rating_limit(const Session& session) {
    return seconds{session.comfort.elder ? 60 : 30};
}

int closing_in(const Session& session, base::Instant now) {
    if (const auto* receipt = std::get_if<flows::ShowingReceipt>(&session.state)) {
        if (receipt->paper == flows::Paper::printing) return 0;
        const auto from = std::max(receipt->settled, session.last_touch);
        return whole_seconds_up(receipt_limit(session) - (now - from));
    }
    if (const auto* rating = std::get_if<flows::Rating>(&session.state))
        return whole_seconds_up(rating_limit(session) - (now - rating->since));
    return 0;
}

}  // namespace session
