#include "app/speech/announcer.hpp"

#include "base/messages.hpp"
#include "base/secret.hpp"
#include "ui/speech/spoken_text.hpp"
#include "ui/widgets/key_walk.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace app {

using base::MessageId;
using ui::speech::InPlaceOfPersonal;
using ui::speech::Prompts;
using ui::widgets::Node;
using ui::widgets::Role;

namespace {

constexpr int last_seconds = 10;

std::size_t hash(const std::string& text) {
    return std::hash<std::string>{}(text);
}
std::size_t hash_of_state(const Node& node) {
    return hash(node.value) * 31 + (node.selected ? 1U : 0U);
}

// What makes it another page for the ear.
std::string page_of(const ui::widgets::SemanticTree& tree, const ui::screens::Screen& screen) {
    std::string page = screen.name + "|" + screen.title + (screen.overlay ? "|overlay" : "") +
                       (screen.locale == base::Locale::en ? "|en" : "");
    // Which part of a long page: its pager says so.
    for (const Node& node : tree.nodes())
        if (node.id == "part.on" || node.id == "part.back") page += "|" + node.id;
    if (const Node* title = tree.find("title")) page += "|" + title->text;
    return page;
}

}  // namespace

Announcer::Announcer(ui::speech::Voice* voice, ui::speech::SpeechLog* log, const base::Clock& clock)
    : voice_(voice), log_(log), clock_(clock) {}
Announcer::~Announcer() {
    end_session();
}

void Announcer::look(const Tree& tree, const ui::screens::Screen& screen) {
    if (voice_ == nullptr || !able_) return;
    locale_ = screen.locale;
    rate_ = screen.comfort.rate;
    volume_ = screen.comfort.volume;
    const int warning = screen.overlay ? screen.overlay->seconds : 0;
    // The warning is for everybody: it sounds whether or not pages speak.
    if (!screen.comfort.speech && warning == 0) {
        if (about_ != About::call) hush();
        forget_page();
        return;
    }
    std::string page = page_of(tree, screen);
    if (page != page_) {
        forget_page();
        page_ = std::move(page);
        warning_seconds_ = warning;
        say_page(tree, warning > 0);
        return;
    }
    base::wipe(page);
    if (warning > 0) {
        const int due = warning <= last_seconds                            ? 2
                        : 2 * warning <= warning_seconds_ && warnings_ < 1 ? 1
                                                                           : warnings_;
        if (due > warnings_) {
            warnings_ = due;
            say_page(tree, true);
        }
        return;
    }
    if (repeats_ != repeats_done_) return say_again(tree);
    look_at_keys(tree);
    look_at_typing(tree);
    look_at_tidings(tree);
}

void Announcer::say_page(const Tree& tree, bool with_chime) {
    Prompts prompts;
    if (std::exchange(orient_, false))
        for (const auto id : {MessageId::speech_orientation_1, MessageId::speech_orientation_2,
                              MessageId::speech_orientation_3})
            prompts.push_back({std::string(base::text(id, locale_)), false});
    for (auto& prompt : ui::speech::of_page(tree, locale_)) prompts.push_back(std::move(prompt));
    for (const auto tiding : ui::speech::tidings(tree))
        told_.insert(hash(tree.nodes()[tiding].text));
    for (const Node& node : tree.nodes())
        if (node.role == Role::field && node.selected) {
            field_ = node.id;
            typed_ = hash(node.text);
        }
    repeats_done_ = repeats_;
    say(std::move(prompts), About::page, InPlaceOfPersonal::hint, with_chime);
}

void Announcer::look_at_keys(const Tree& tree) {
    const auto focus = tree.key_focus();
    if (!focus) {
        base::wipe(place_);
        return;
    }
    const Node& node = tree.nodes()[*focus];
    const std::size_t state = hash_of_state(node);
    std::string place = ui::widgets::place_of(tree, *focus);
    if (place != place_) {
        const bool text = node.id.empty() && node.role == Role::text;
        say(ui::speech::of_stop(tree, *focus, locale_), text ? About::text : About::other);
    } else if (state != state_) {
        say(ui::speech::of_state(node, locale_), About::other, InPlaceOfPersonal::nothing);
    }
    place_ = std::move(place);
    state_ = state;
}

void Announcer::look_at_typing(const Tree& tree) {
    for (const Node& node : tree.nodes()) {
        if (node.role != Role::field || !node.selected) continue;
        std::size_t typed = hash(node.text);
        for (const Node& other : tree.nodes())
            if (other.role == Role::candidate) typed = typed * 31 + hash(other.text);
        if (field_ == node.id && typed != typed_)
            say(ui::speech::of_typing(tree, locale_), About::other, InPlaceOfPersonal::nothing);
        field_ = node.id;
        typed_ = typed;
        return;
    }
    field_.clear();
}

void Announcer::look_at_tidings(const Tree& tree) {
    std::set<std::size_t> now;
    Prompts news;
    for (const auto tiding : ui::speech::tidings(tree)) {
        const auto words = hash(tree.nodes()[tiding].text);
        if (!now.insert(words).second || told_.contains(words)) continue;
        for (auto& prompt : ui::speech::of_tiding(tree, tiding, locale_))
            news.push_back(std::move(prompt));
    }
    told_ = std::move(now);
    if (!news.empty()) add_tidings(std::move(news));
}

void Announcer::say_again(const Tree& tree) {
    repeats_done_ = repeats_;
    const auto focus = tree.key_focus();
    const int turn = (repeats_ - 1) % 3;
    if (!focus || turn == 2) {
        Prompts prompts = ui::speech::of_page(tree, locale_);
        return say(std::move(prompts), About::page);
    }
    if (turn == 1) return say(ui::speech::spelling_of(tree, *focus, locale_), About::other);
    const Node& node = tree.nodes()[*focus];
    const bool text = node.id.empty() && node.role == Role::text;
    say(ui::speech::of_stop(tree, *focus, locale_), text ? About::text : About::other);
}

Prompts Announcer::through_the_gate(Prompts prompts, InPlaceOfPersonal place) const {
    if (channel_ == ui::speech::Channel::headphones) return prompts;
    return ui::speech::for_loudspeaker(std::move(prompts), place, locale_);
}

void Announcer::say(Prompts prompts, About about, InPlaceOfPersonal place, bool with_chime) {
    Prompts open = through_the_gate(std::move(prompts), place);
    if (open.empty()) return;
    forget_sequence();
    if (with_chime) sequence_.push_back({{}, true});
    for (auto& prompt : open) sequence_.push_back({std::move(prompt), false});
    tidings_from_ = sequence_.size();
    about_ = about;
    item_ = 0;
    paused_ = false;
    begin_item();
}

// News waits until what is being said is over; only the newest waits.
void Announcer::add_tidings(Prompts prompts) {
    if (!speaking_) return say(std::move(prompts), About::other);
    Prompts open = through_the_gate(std::move(prompts), InPlaceOfPersonal::nothing);
    while (sequence_.size() > std::max(tidings_from_, item_ + 1)) {
        base::wipe(sequence_.back().prompt.text);
        sequence_.pop_back();
    }
    for (auto& prompt : open) sequence_.push_back({std::move(prompt), false});
}

void Announcer::begin_item() {
    const Item& item = sequence_[item_];
    speaking_ = true;
    if (log_ != nullptr) log_->heard({clock_.steady(), channel_, item.prompt.text});
    voice_->start({++newest_, item.chime, item.prompt.text, locale_, rate_, volume_, channel_});
}

bool Announcer::ended(ui::speech::UtteranceId id) {
    if (id != newest_ || !speaking_) return false;
    if (++item_ < sequence_.size()) {
        begin_item();
        return false;
    }
    speaking_ = false;
    return about_ == About::page || about_ == About::text;
}

void Announcer::hush() {
    if (voice_ != nullptr && speaking_) voice_->stop();
    speaking_ = false;
}

void Announcer::say_last_again() {
    if (sequence_.empty() || voice_ == nullptr || !able_) return;
    hush();
    paused_ = false;
    item_ = 0;
    begin_item();
}

void Announcer::pause_or_go_on() {
    if (paused_ && item_ < sequence_.size()) {
        paused_ = false;
        begin_item();
    } else {
        hush();
        paused_ = item_ < sequence_.size();
    }
}

void Announcer::call(std::string_view words) {
    if (voice_ == nullptr || !able_) return;
    Prompts prompts;
    for (auto& part : ui::speech::in_prompts(words, locale_)) prompts.push_back({part, false});
    say(std::move(prompts), About::call, InPlaceOfPersonal::nothing, true);
}

void Announcer::headphones(bool plugged) {
    hush();
    forget_page();
    channel_ = plugged ? ui::speech::Channel::headphones : ui::speech::Channel::loudspeaker;
    orient_ = plugged;
}

void Announcer::end_session() {
    hush();
    forget_page();
    forget_sequence();
    orient_ = paused_ = false;
    repeats_ = repeats_done_ = 0;
    if (log_ != nullptr) log_->wipe();
}

void Announcer::forget_page() {
    base::wipe(page_);
    base::wipe(place_);
    base::wipe(field_);
    told_.clear();
    warnings_ = warning_seconds_ = 0;
    state_ = typed_ = 0;
    paused_ = false;
}

void Announcer::forget_sequence() {
    for (Item& item : sequence_) base::wipe(item.prompt.text);
    sequence_.clear();
    item_ = tidings_from_ = 0;
}

}  // namespace app
