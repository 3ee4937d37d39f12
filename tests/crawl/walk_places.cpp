// Which places are one place to the walk.
#include "tests/crawl/walk_forms.hpp"

#include <algorithm>

namespace crawl {

using namespace ui::screens;
using namespace session;
using session::Overlay;
namespace samples = app::training::samples;

namespace {

constexpr std::size_t most_of_many = 2;

// What of a block tells places apart.
struct Mark {
    std::string& out;
    void operator()(const Choices& b) const {
        for (const auto& choice : b.choices) out += choice.selected ? choice.id + "*" : "";
    }
    // Of comfort: the same place in another dress.
    void operator()(const OptionRow& b) const {
        for (const auto& option : b.options)
            if (option.selected && option.id.starts_with("rate_"))
                out += option.id.substr(0, option.id.find('=')) + "*";  // rated, however
            else if (option.selected &&
                     (option.id.starts_with("pause_") || option.id.starts_with("set_up:") ||
                      option.id.starts_with("audience:")))
                out += option.id + "*";
    }
    void operator()(const Ticks& b) const {
        // Of a long list it is told apart whether none, one or several are ticked.
        constexpr std::size_t most_told_apart = 6;
        std::size_t ticked = 0;
        for (const auto& tick : b.ticks) {
            ticked += tick.ticked;
            if (b.ticks.size() <= most_told_apart) out += tick.ticked ? tick.id + "*" : "";
        }
        if (b.ticks.size() > most_told_apart) out += std::to_string(std::min(ticked, most_of_many));
    }
    void operator()(const Field& b) const {
        out += b.focused ? b.id + "!" : "";
        out += b.error.empty() ? "" : "?";
        out += !b.value || b.value->empty() ? "0" : "1";
    }
    void operator()(const DateField& b) const {
        out += b.focused ? b.id + "!" : "";
        out += b.error.empty() ? "" : "?";
        out += !b.value || b.value->empty() ? "0" : "1";
    }
    void operator()(const Notice& b) const { out += b.title; }
    void operator()(const Strip& b) const { out += b.title; }
    void operator()(const SignaturePad& b) const {
        out += b.label + (b.strokes && !b.strokes->empty() ? "signed" : "");
    }
    void operator()(const DevicePicture& b) const { out += b.busy ? "busy" : ""; }
    void operator()(const Progress& b) const { out += b.text; }
    template <class Other>
    void operator()(const Other&) const {}
};

// The same pages of two services lead to other forms.
struct ItemOf {
    template <class State>
    std::string operator()(const State& state) const {
        if constexpr (requires { state.item_code; })
            return state.item_code;
        else if constexpr (requires { state.journey.item_code; })
            return state.journey.item_code;
        else
            return {};
    }
};

}  // namespace

std::string item_of(const Session& session) {
    return std::visit(ItemOf{}, session.state);
}

std::string place_of(const Session& session, const app::Page& page) {
    std::string out = std::string(session::name(session.state)) + "/" + page.screen.name + "/" +
                      std::to_string(int(session.overlay)) + "/" + page.screen.title + "/";
    const auto item = item_of(session);
    const bool other = !item.empty() && item != samples::item_code;
    if (other) out += pages_to_come(session);
    // What lies over the form of another service lies over it however it is filled.
    if (other && session.overlay != Overlay::none &&
        std::holds_alternative<flows::FillingForm>(session.state))
        return out + item;
    for (const auto& [id, event] : page.on_press) out += id + " ";
    // Pages between two decisions look the same and lead on from where they came.
    if (const auto* here = std::get_if<flows::SettingUp>(&session.state)) {
        const auto ssid = here->values.find("ssid");
        out += std::string(domain::set_up::name(here->decision)) + std::to_string(here->colour) +
               std::to_string(here->crossed.size()) + (here->changes.empty() ? "" : "changed") +
               (here->passphrase ? "secret" : "") +
               (ssid == here->values.end() || ssid->second.empty() ? "" : "named") + " ";
    }
    if (const auto* here = std::get_if<flows::AskingBooking>(&session.state))
        out += std::to_string(static_cast<int>(here->wish.action)) + " ";
    out += item + " ";
    // Who is too old for one service is young enough for the other.
    if (const auto* person = session::person_of(session.state);
        person != nullptr && *person && other && asks_for_the_age(item))
        out += std::to_string(int((*person)->birth_date().year())) + " ";
    for (const auto& block : page.screen.blocks) std::visit(Mark{out}, block);
    return out;
}

}  // namespace crawl
