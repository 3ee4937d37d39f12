#include "ui/ime/rime_composer.hpp"

#include "base/secret.hpp"
#include "ui/ime/nine_key.hpp"
#include "ui/ime/rime_engine.hpp"

#include <algorithm>

namespace ui::ime {

namespace {

constexpr std::size_t candidates_max = 60;
constexpr int key_backspace = 0xFF08;  // as X11 names it

// What people see of the letters h s p n z.
std::string as_strokes(std::string_view keys) {
    std::string drawn;
    for (const char key : keys) {
        switch (key) {
            case 'h':
                drawn += "一";
                break;
            case 's':
                drawn += "丨";
                break;
            case 'p':
                drawn += "丿";
                break;
            case 'n':
                drawn += "丶";
                break;
            case 'z':
                drawn += "乛";
                break;
            default:
                drawn += key;
        }
    }
    return drawn;
}

bool is_key(Script script, char key) {
    switch (script) {
        case Script::pinyin:
            return (key >= 'a' && key <= 'z') || key == '\'';
        case Script::nine_key:
            return (key >= '2' && key <= '9') || key == '\'';
        case Script::strokes:
            return std::string_view("hspnz").find(key) != std::string_view::npos;
    }
    return false;
}

// Pieces already chosen, and the keys that are left behind them.
struct Preedit {
    std::string pieces, keys;
};
Preedit divided(std::string preedit) {
    const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    const auto at = std::find_if_not(preedit.rbegin(), preedit.rend(), ascii).base();
    Preedit parts{std::string(preedit.begin(), at), std::string(at, preedit.end())};
    std::replace(parts.keys.begin(), parts.keys.end(), ' ', '\'');
    base::wipe(preedit);
    return parts;
}

// Where the keys not yet read begin, and the digits up to the next divider.
struct Unread {
    std::size_t at = 0;
    std::string digits;
};
Unread unread(const std::string& keys) {
    Unread found{keys.find_first_of("23456789"), {}};
    if (found.at == std::string::npos) return {};
    // The dividers are librime's guess; the person may mean another.
    for (std::size_t i = found.at; i < keys.size(); ++i)
        if (keys[i] != '\'') found.digits += keys[i];
    return found;
}

}  // namespace

RimeComposer::RimeComposer(RimeFolders folders)
    : engine_(std::make_unique<RimeEngine>(std::move(folders))) {}
RimeComposer::~RimeComposer() {
    base::wipe(pieces_);
}

void RimeComposer::prepare() {
    engine_->prepare();
}
TextComposer::State RimeComposer::state() {
    return engine_->state();
}
bool RimeComposer::offers(Script script) {
    return engine_->offers(script);
}
bool RimeComposer::ready() {
    return engine_->ready() && engine_->offers(script_);
}

void RimeComposer::use(Script script) {
    if (script == script_) return;
    clear();
    script_ = script;
}

bool RimeComposer::type(char key) {
    if (!is_key(script_, key) || !ready()) return false;
    // A divider divides keys; it does not begin anything.
    if (key == '\'' && engine_->preedit(script_).empty()) return false;
    return engine_->key(script_, key);
}

void RimeComposer::enter(std::string_view keys) {
    engine_->clear();
    for (const char key : keys) engine_->key(script_, key);
}

void RimeComposer::erase() {
    if (!ready()) return;
    if (!engine_->preedit(script_).empty()) {
        engine_->key(script_, key_backspace);
    } else {
        base::wipe(pieces_);
        pieces_.clear();
    }
}

void RimeComposer::read_as(std::size_t reading) {
    if (script_ != Script::nine_key || !ready()) return;
    Preedit parts = divided(engine_->preedit(script_));
    const Unread rest = unread(parts.keys);
    const auto syllables = syllables_at_start(rest.digits);
    if (reading >= syllables.size()) return;
    const std::string& syllable = syllables[reading];
    std::string keys = parts.keys.substr(0, rest.at) + syllable + '\'';
    keys += rest.digits.substr(syllable.size());
    pieces_ += parts.pieces;
    enter(keys);
    base::wipe(parts.pieces);
    base::wipe(parts.keys);
    base::wipe(keys);
}

std::optional<std::string> RimeComposer::choose(std::size_t candidate) {
    if (!ready()) return std::nullopt;
    // Every key behind the pieces was erased: they are the one candidate.
    const bool only_pieces = engine_->preedit(script_).empty();
    auto chosen = only_pieces ? std::nullopt : engine_->select(script_, candidate);
    if (only_pieces && pieces_.empty()) return std::nullopt;
    if (!chosen && !only_pieces) return std::nullopt;
    std::string text = pieces_ + chosen.value_or("");
    base::wipe(pieces_);
    pieces_.clear();
    return text;
}

Composition RimeComposer::composition() {
    Composition now;
    if (engine_->state() != State::ready || !engine_->offers(script_)) return now;
    Preedit parts = divided(engine_->preedit(script_));
    const auto found = engine_->candidates(script_, candidates_max);
    for (const auto& candidate : found) now.candidates.push_back(candidate.text);
    if (found.empty() && !pieces_.empty() && parts.keys.empty()) now.candidates = {pieces_};
    now.letters = pieces_ + parts.pieces;
    if (script_ == Script::nine_key) {
        now.readings = syllables_at_start(unread(parts.keys).digits);
        now.letters += found.empty() ? parts.keys : spelled(parts.keys, found.front().hint);
        // The divider behind a reading that was chosen.
        if (now.letters.ends_with('\'')) now.letters.pop_back();
    } else {
        now.letters += script_ == Script::strokes ? as_strokes(parts.keys) : parts.keys;
    }
    base::wipe(parts.pieces);
    base::wipe(parts.keys);
    return now;
}

void RimeComposer::clear() {
    base::wipe(pieces_);
    pieces_.clear();
    if (engine_->state() == State::ready) engine_->clear();
}

}  // namespace ui::ime
